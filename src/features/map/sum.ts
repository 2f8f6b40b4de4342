import { type MapPoint, sumCount, summed } from "./point.js";
import type { Extent, Place, Points } from "./points.js";

/** What the points of a cell come to, put together from stretches. */
export class Sum {
  count = 0;
  readonly #sums = new Float64Array(sumCount);
  readonly #stretches: [from: Place, to: Place][] = [];

  constructor(readonly points: Points) {}

  add(from: Place, to: Place): void {
    this.count += this.points.count(from, to);
    this.points.addSums(from, to, this.#sums);
    this.#stretches.push([from, to]);
  }

  /** The point, where there is one only. */
  get only(): MapPoint | null {
    return this.count === 1 ? this.points.at(this.#stretches[0]![0]) : null;
  }

  get longitude(): number {
    return this.#mean(summed.longitude);
  }
  get latitude(): number {
    return this.#mean(summed.latitude);
  }

  get reporting(): number {
    return this.#sums[summed.reporting]!;
  }
  /** Null where nobody reports. */
  get low(): number | null {
    return this.reporting > 0 ? this.#sums[summed.low]! : null;
  }
  get high(): number | null {
    return this.reporting > 0 ? this.#sums[summed.high]! : null;
  }
  get openPlaces(): number {
    return this.#sums[summed.openPlaces]!;
  }

  get extent(): Extent {
    const extent: Extent = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [from, to] of this.#stretches) this.points.widen(extent, from, to);
    return extent;
  }

  /** A sum of fractions is not exact in its last digits: these are thousandths of a millimetre. */
  #mean = (which: number): number => Math.round((this.#sums[which]! / this.count) * 1e9) / 1e9;
}
