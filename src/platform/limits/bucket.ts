import { LRUCache } from "lru-cache";

const minute = 60_000;
/** So many callers are known at a time; whoever was not seen for longest is begun with anew. */
const mostCallers = 100_000;
/** A clock that is put back by more would leave buckets empty for as long. */
const setBackMs = 1_000;

/** What a caller has in a bucket after a charge. */
export interface Level {
  /** Points of a full bucket. */
  limit: number;
  remaining: number;
  /** Until it is full again. */
  resetSeconds: number;
  /** 0: the charge was taken; else it was not, and this long it would not be. */
  waitSeconds: number;
}

/**
 * Buckets of so many points, one for each caller, that fill again evenly within a minute. Of each it is only known when it
 * will be full: the generic cell rate algorithm.
 */
export class Buckets {
  readonly #fullAt = new LRUCache<string, number>({ max: mostCallers });
  readonly #msPerPoint: number;
  #latest = 0;

  constructor(
    readonly perMinute: number,
    private readonly now: () => number,
  ) {
    this.#msPerPoint = minute / perMinute;
  }

  /** Takes the points; what costs more than a bucket holds is taken from a full one, which then owes the rest. */
  charge(caller: string, points: number): Level {
    const [now, fullAt] = this.#read(caller);
    const lacking = fullAt + Math.min(points, this.perMinute) * this.#msPerPoint - now - minute;
    // Less than a hundredth of a point is how numbers are rounded.
    if (lacking > this.#msPerPoint / 100) return { ...this.#level(fullAt - now), waitSeconds: seconds(lacking) };
    return this.#take(caller, points, [now, fullAt]);
  }

  /** Takes the points in any case: they were used before their number was known. */
  owe(caller: string, points: number): Level {
    return this.#take(caller, points, this.#read(caller));
  }

  remaining(caller: string): number {
    const [now, fullAt] = this.#read(caller);
    return this.#level(fullAt - now).remaining;
  }

  #read(caller: string): [now: number, fullAt: number] {
    const now = this.now();
    if (now < this.#latest - setBackMs) this.#fullAt.clear();
    this.#latest = now;
    return [now, Math.max(this.#fullAt.get(caller) ?? 0, now)];
  }

  #take(caller: string, points: number, [now, fullAt]: [number, number]): Level {
    const later = fullAt + points * this.#msPerPoint;
    this.#fullAt.set(caller, later);
    return { ...this.#level(later - now), waitSeconds: 0 };
  }

  #level(untilFullMs: number): Omit<Level, "waitSeconds"> {
    const taken = Math.ceil(untilFullMs / this.#msPerPoint - 0.01);
    const remaining = Math.max(0, this.perMinute - taken);
    return { limit: this.perMinute, remaining, resetSeconds: seconds(untilFullMs) };
  }
}

const seconds = (ms: number): number => Math.ceil(ms / 1_000);
