import { createHash } from "node:crypto";
import { validateSync } from "class-validator";
import { type FieldFault, Refusal } from "../../platform/errors.js";
import { isTimeZone } from "../../platform/time.js";
import type { City, CityFinder } from "../cities/index.js";
import { identifierPattern, newEvent, type NewEvent, ReviewStatus, timesOf } from "../events/index.js";
import { formats } from "./import.formats.js";
import { RowInput } from "./import.inputs.js";
import type { EventImport } from "./import.js";
import type { Row } from "./import.rows.js";
import type { EventImportFormat } from "./import.values.js";

/** What an import knows a row by, whatever else changes in it; null when the row doesn't say. */
export function keyOf(row: Row, format: EventImportFormat): string | null {
  const identity = formats[format].identity(row);
  if (identity.every((part) => part === null)) return null;
  return createHash("sha256")
    .update(JSON.stringify([format, ...identity]))
    .digest("hex");
}

/** What others know the row by; null where that is no identifier of an event. */
export function identifierOf(row: Row, format: EventImportFormat): string | null {
  const identifier = formats[format].identifier?.(row) ?? "";
  return identifierPattern.test(identifier) ? identifier : null;
}

/** Notes a fault in each row that is there twice; the first of them stands. */
export function rejectDoubles(rows: Row[], format: EventImportFormat): void {
  const lines = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row, format);
    const first = key === null ? undefined : lines.get(key);
    if (first !== undefined) row.reject(formats[format].identityColumn, `is there twice: see line ${first}`);
    else if (key !== null) lines.set(key, row.line);
  }
}

type Import = Pick<EventImport, "format" | "campaignId" | "createdBy" | "publish">;

/** The event that a row becomes; null, and at least one fault, when it becomes none. */
export function eventOf(row: Row, cities: CityFinder, of: Import): NewEvent | null {
  // Its cells stand in the wrong columns: nothing that is read of them would be true.
  if (row.ragged) return null;
  const { cityOf, said, beside, columnOf } = formats[of.format];
  const reject = (property: string, reason: string): void => void row.reject(columnOf[property] ?? property, reason);
  const city = cityOf(row, cities);
  const input = Object.assign(new RowInput(), said(row, city));
  const more = beside?.(row);
  for (const { property, constraints } of validateSync(input))
    for (const reason of Object.values(constraints ?? {})) reject(property, reason);
  try {
    if (!city || row.faults.length > 0) return checkTimes(input, city);
    const event = newEvent(input, city, of.campaignId, of.createdBy);
    const review = of.publish ? ReviewStatus.APPROVED : ReviewStatus.DRAFT;
    return { ...event, ...more, review, importKey: keyOf(row, of.format) };
  } catch (error) {
    for (const { path, reason } of faultsOf(error)) reject(path.replace("input.", ""), reason);
    return null;
  }
}

/** Times are checked by making an event; where there will be none, they are still told of with the row's other faults. */
function checkTimes(input: RowInput, city: City | null): null {
  const timeZone = input.timeZone ?? city?.timeZone;
  if (input.startsOn && timeZone && isTimeZone(timeZone)) timesOf(input, timeZone);
  return null;
}

function faultsOf(error: unknown): FieldFault[] {
  if (error instanceof Refusal) return error.extensions["fields"] as FieldFault[];
  throw error;
}
