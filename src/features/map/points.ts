import { setImmediate as turn } from "node:timers/promises";
import { Chunk, IdSet, pointKey } from "./chunk.js";
import { type MapPoint, sumCount } from "./point.js";
import { orderOf } from "./order.js";

/** A chunk holds at most so many points: as many are written again when one of them changes. */
const most = 512;
const bits = 10;
const mask = 2 ** bits - 1;

/** A place among the points: the number of the chunk, and that of the point in it. */
export type Place = number;

/** West, south, east and north of some points. */
export type Extent = [number, number, number, number];

/**
 * Points in the order of the curve, in chunks: each cell of the map is one stretch from a place to another, found by two
 * searches, and its sums are the difference of the sums up to its ends. A change writes one chunk again.
 */
export class Points {
  #chunks: Chunk[] = [];
  #counts = new Float64Array(1);
  #sums = new Float64Array(sumCount);
  #changesAt = Infinity;

  /** Puts batches of points into order, a few at a time: nobody waits for all of them. */
  static async build(batches: readonly Chunk[]): Promise<Points> {
    const points = new Points();
    const starts = startsOf(batches);
    const order = await orderOf(batches, starts.at(-1)!);
    const chunks: Chunk[] = [];
    for (let first = 0; first < order.length; first += most) {
      chunks.push(new Chunk(Array.from(order.subarray(first, first + most), (n) => pointOf(batches, starts, n))));
      if (chunks.length % 8 === 0) await turn();
    }
    points.#take(chunks);
    return points;
  }

  get size(): number {
    return this.#counts.at(-1)!;
  }

  /** The first moment at which a number changes by the clock alone. */
  get changesAt(): number {
    return this.#changesAt;
  }

  /** Those whose numbers have changed by the clock alone. */
  changedBy(now: number): string[] {
    const due = this.#chunks.filter(({ changesAt }) => changesAt <= now);
    return due.flatMap((chunk) => chunk.all().flatMap(({ id, changesAt }) => (changesAt <= now ? [id] : [])));
  }

  get start(): Place {
    return 0;
  }
  get end(): Place {
    return this.#chunks.length << bits;
  }

  /** The first place whose point is not before this key. */
  seek(key: number): Place {
    let [first, last] = [0, this.#chunks.length];
    while (first < last) {
      const middle = (first + last) >>> 1;
      if (this.#chunks[middle]!.keys.at(-1)! < key) first = middle + 1;
      else last = middle;
    }
    const chunk = this.#chunks[first];
    return chunk ? (first << bits) | chunk.seek(key) : this.end;
  }

  keyAt = (place: Place): number => this.#chunks[place >>> bits]!.keys[place & mask]!;
  /** The place behind a point's. */
  after(place: Place): Place {
    const number = place >>> bits;
    return (place & mask) + 1 < this.#chunks[number]!.length ? place + 1 : (number + 1) << bits;
  }
  at = (place: Place): MapPoint => this.#chunks[place >>> bits]!.at(place & mask);

  count = (from: Place, to: Place): number => this.#rank(to) - this.#rank(from);

  /** Adds the sums of a stretch to others. */
  addSums(from: Place, to: Place, into: Float64Array): void {
    for (let which = 0; which < sumCount; which++) into[which]! += this.#sumTo(to, which) - this.#sumTo(from, which);
  }

  /** Widens an extent by the points of a stretch. */
  widen(extent: Extent, from: Place, to: Place): void {
    this.#eachChunk(from, to, (chunk, first, last) => {
      if (last - first === chunk.length) include(extent, chunk.west, chunk.south, chunk.east, chunk.north);
      else
        for (let n = first; n < last; n++) {
          const [longitude, latitude] = [chunk.longitude(n), chunk.latitude(n)];
          include(extent, longitude, latitude, longitude, latitude);
        }
    });
  }

  /** The places of a stretch whose points pass a test. */
  filter(from: Place, to: Place, test: (longitude: number, latitude: number) => boolean): Place[] {
    const passed: Place[] = [];
    this.#eachChunk(from, to, (chunk, first, last, number) => {
      for (let n = first; n < last; n++)
        if (test(chunk.longitude(n), chunk.latitude(n))) passed.push((number << bits) | n);
    });
    return passed;
  }

  /** Takes these ids out, and puts these points in. */
  update(ids: Iterable<string>, points: readonly MapPoint[]): void {
    const gone = new IdSet(ids);
    const coming = new Map<number, MapPoint[]>();
    for (const point of points) {
      const number = Math.min(this.seek(pointKey(point)) >>> bits, Math.max(0, this.#chunks.length - 1));
      coming.set(number, [...(coming.get(number) ?? []), point]);
    }
    const chunks = this.#chunks.length > 0 ? this.#chunks : [new Chunk([])];
    this.#take(
      chunks.flatMap((chunk, number) => {
        const come = coming.get(number) ?? [];
        if (come.length === 0 && !chunk.has(gone)) return [chunk];
        return cut([...chunk.all().filter(({ id }) => !gone.has(id)), ...come]);
      }),
    );
  }

  #take(chunks: Chunk[]): void {
    this.#chunks = chunks;
    this.#counts = startsOf(chunks);
    this.#changesAt = chunks.reduce((first, { changesAt }) => Math.min(first, changesAt), Infinity);
    this.#sums = new Float64Array((chunks.length + 1) * sumCount);
    chunks.forEach(({ length, sums }, number) => {
      const [at, all] = [number * sumCount, length * sumCount];
      for (let n = 0; n < sumCount; n++) this.#sums[at + sumCount + n] = this.#sums[at + n]! + sums[all + n]!;
    });
  }

  #rank = (place: Place): number => this.#counts[place >>> bits]! + (place & mask);

  #sumTo(place: Place, which: number): number {
    const number = place >>> bits;
    const inside = place & mask;
    const before = this.#sums[number * sumCount + which]!;
    return inside === 0 ? before : before + this.#chunks[number]!.sums[inside * sumCount + which]!;
  }

  #eachChunk(from: Place, to: Place, each: (chunk: Chunk, first: number, last: number, number: number) => void): void {
    for (let number = from >>> bits; number << bits < to; number++) {
      const chunk = this.#chunks[number]!;
      const last = number === to >>> bits ? to & mask : chunk.length;
      each(chunk, number === from >>> bits ? from & mask : 0, last, number);
    }
  }
}

function include(extent: Extent, west: number, south: number, east: number, north: number): void {
  if (west < extent[0]) extent[0] = west;
  if (south < extent[1]) extent[1] = south;
  if (east > extent[2]) extent[2] = east;
  if (north > extent[3]) extent[3] = north;
}

/** Points in order, as chunks of equal size. */
function cut(points: MapPoint[]): Chunk[] {
  const sorted = points.map((point) => ({ point, key: pointKey(point) })).sort((a, b) => a.key - b.key);
  const parts = Math.ceil(sorted.length / most);
  const size = Math.ceil(sorted.length / parts);
  return Array.from(
    { length: parts },
    (_, n) => new Chunk(sorted.slice(n * size, (n + 1) * size).map(({ point }) => point)),
  );
}

/** How many points are before each chunk, and in all. */
function startsOf(chunks: readonly Chunk[]): Float64Array<ArrayBuffer> {
  const starts = new Float64Array(chunks.length + 1);
  chunks.forEach(({ length }, n) => (starts[n + 1] = starts[n]! + length));
  return starts;
}

function pointOf(batches: readonly Chunk[], starts: Float64Array, n: number): MapPoint {
  let [first, last] = [0, batches.length - 1];
  while (first < last) {
    const middle = (first + last + 1) >>> 1;
    if (starts[middle]! <= n) first = middle;
    else last = middle - 1;
  }
  return batches[first]!.at(n - starts[first]!);
}
