import { LocalDate } from "../../platform/graphql/scalars.js";
import type { Point } from "../cities/index.js";

/** What is wrong with a row: the column's name, or null for the row as a whole. */
export interface Fault {
  field: string | null;
  reason: string;
}

/** A row of a file. Whatever is read of it that is not right is noted in its faults. */
export class Row {
  readonly faults: Fault[] = [];
  #point: Point | null | undefined;

  constructor(
    /** The line on which it begins. */
    readonly line: number,
    private readonly cells: ReadonlyMap<string, string>,
    /** It has more or fewer cells than the header. */
    readonly ragged: boolean,
  ) {}

  /** The row as it is now, to be judged: a transaction that is run again judges anew. */
  copy(): Row {
    const row = new Row(this.line, this.cells, this.ragged);
    row.faults.push(...this.faults);
    return row;
  }

  /** Notes a fault. */
  reject(field: string | null, reason: string): null {
    this.faults.push({ field, reason });
    return null;
  }

  /** What a column says; null when it is empty. */
  text(column: string): string | null {
    return this.cells.get(column)?.trim() || null;
  }

  /** A column that is 1 for yes, 0 or empty for no. */
  flag(column: string): boolean {
    const text = this.text(column) ?? "0";
    if (text !== "0" && text !== "1") this.reject(column, "must be 1, 0 or empty");
    return text === "1";
  }

  day(column: string): string | null {
    try {
      return LocalDate.parseValue(this.text(column) ?? "") as string;
    } catch (error) {
      return this.reject(column, (error as Error).message);
    }
  }

  /** Hours and minutes on a clock, such as 14:30. */
  clock(column: string): string | null {
    const text = this.text(column);
    if (text === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return text;
    return this.reject(column, "must be a time from 00:00 to 23:59, or empty while it is to be announced");
  }

  /** The point of the columns `lat` and `lng`; null when it is not known. */
  point(): Point | null {
    this.#point = this.#point === undefined ? this.#readPoint() : this.#point;
    return this.#point;
  }

  #readPoint(): Point | null {
    const [latitude, longitude] = [this.#degrees("lat", 90), this.#degrees("lng", 180)];
    if (latitude === undefined || longitude === undefined) return null;
    if (latitude !== null && longitude !== null) return { latitude, longitude };
    if (latitude !== longitude)
      this.reject(latitude === null ? "lat" : "lng", "is missing: give both coordinates or none");
    return null;
  }

  /** Undefined when it is no such number. */
  #degrees(column: string, most: number): number | null | undefined {
    const text = this.text(column);
    if (text === null) return null;
    const degrees = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (Math.abs(degrees) <= most) return degrees;
    this.reject(column, `must be degrees from -${most} to ${most}, such as 44.95`);
    return undefined;
  }
}
