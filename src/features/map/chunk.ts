import { columnOf, keyOf, rowOf } from "./grid.js";
import { type MapPoint, sumCount, summed } from "./point.js";

const idPairs = 8;

export const pointKey = ({ longitude, latitude }: MapPoint): number => keyOf(columnOf(longitude), rowOf(latitude));

/** Some points as columns, which take a fifth of the memory that objects would; it never changes. */
export class Chunk {
  readonly length: number;
  readonly keys: Float64Array;
  /** The sums of the first n points, from n = 0 to all: those of a stretch are a difference. */
  readonly sums: Float64Array;
  /** The first moment at which a number changes by the clock alone. */
  readonly changesAt: number;
  /** Smallest and largest longitude and latitude. */
  west = Infinity;
  south = Infinity;
  east = -Infinity;
  north = -Infinity;
  readonly #places: Float64Array;
  readonly #changes: Float64Array;
  /** Pairs of bytes, eight an id. */
  readonly #ids: Uint16Array;
  readonly #titles: string[];
  readonly #kinds: MapPoint["kind"][];

  constructor(points: readonly MapPoint[]) {
    const { length } = points;
    this.length = length;
    this.keys = new Float64Array(length);
    this.sums = new Float64Array((length + 1) * sumCount);
    this.#places = new Float64Array(length * 2);
    this.#changes = new Float64Array(length);
    this.#ids = bytesOf(points.map(({ id }) => id).join(""));
    this.#titles = points.map(({ title }) => title);
    this.#kinds = points.map(({ kind }) => kind);
    points.forEach((point, index) => this.#put(point, index));
    this.changesAt = this.#changes.reduce((first, at) => Math.min(first, at), Infinity);
  }

  #put(point: MapPoint, index: number): void {
    const { longitude, latitude, low, high, openPlaces } = point;
    this.keys[index] = pointKey(point);
    this.#places[2 * index] = longitude;
    this.#places[2 * index + 1] = latitude;
    this.#changes[index] = point.changesAt;
    const values = [longitude, latitude, low ?? 0, high ?? 0, low === null ? 0 : 1, openPlaces];
    const at = index * sumCount;
    for (let n = 0; n < sumCount; n++) this.sums[at + sumCount + n] = this.sums[at + n]! + values[n]!;
    if (longitude < this.west) this.west = longitude;
    if (longitude > this.east) this.east = longitude;
    if (latitude < this.south) this.south = latitude;
    if (latitude > this.north) this.north = latitude;
  }

  longitude = (index: number): number => this.#places[2 * index]!;
  latitude = (index: number): number => this.#places[2 * index + 1]!;

  at(index: number): MapPoint {
    const sum = (which: number): number =>
      this.sums[(index + 1) * sumCount + which]! - this.sums[index * sumCount + which]!;
    const reports = sum(summed.reporting) > 0;
    return {
      id: this.#idAt(index),
      longitude: this.longitude(index),
      latitude: this.latitude(index),
      title: this.#titles[index]!,
      kind: this.#kinds[index]!,
      low: reports ? sum(summed.low) : null,
      high: reports ? sum(summed.high) : null,
      openPlaces: sum(summed.openPlaces),
      changesAt: this.#changes[index]!,
    };
  }

  all = (): MapPoint[] => Array.from({ length: this.length }, (_, index) => this.at(index));

  /** Whether one of these is here. */
  has(ids: IdSet): boolean {
    for (let index = 0; index < this.length; index++)
      if (ids.maybe(this.#ids[index * idPairs]!) && ids.has(this.#idAt(index))) return true;
    return false;
  }

  /** The first point whose key is not below this one. */
  seek(key: number): number {
    let [first, last] = [0, this.length];
    while (first < last) {
      const middle = (first + last) >>> 1;
      if (this.keys[middle]! < key) first = middle + 1;
      else last = middle;
    }
    return first;
  }

  #idAt(index: number): string {
    const hex = Buffer.from(this.#ids.buffer, index * idPairs * 2, idPairs * 2).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}

const bytesOf = (ids: string): Uint16Array<ArrayBuffer> =>
  new Uint16Array(Uint8Array.from(Buffer.from(ids.replaceAll("-", ""), "hex")).buffer);

/** Ids to look for among very many: most are told apart by two of their bytes. */
export class IdSet {
  readonly #ids: Set<string>;
  readonly #beginnings = new Uint8Array(2 ** 16);

  constructor(ids: Iterable<string>) {
    this.#ids = new Set(ids);
    for (const id of this.#ids) this.#beginnings[bytesOf(id)[0]!] = 1;
  }

  maybe = (beginning: number): boolean => this.#beginnings[beginning] === 1;
  has = (id: string): boolean => this.#ids.has(id);
}
