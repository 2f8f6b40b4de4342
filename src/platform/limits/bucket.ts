import { LRUCache } from "lru-cache";

const minute = 60_000;
/** So many callers are known at a time; whoever was not seen for longest is begun with anew. */
const mostCallers = 100_000;
/** A clock that is put back by more would leave buckets empty for as long. */
const setBackMs = 1_000;

/** What a charge came to, and what the caller has after it. */
export interface Bill {
  /** The bucket's name, as the headers have it. */
  policy: string;
  requested: number;
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
    private readonly policy: string,
    private readonly perMinute: number,
    private readonly clock: () => number,
  ) {
    this.#msPerPoint = minute / perMinute;
  }

  /** Takes the points; what costs more than a bucket holds is taken from a full one, which then owes the rest. */
  charge(caller: string, points: number): Bill {
    const now = this.#now();
    const fullAt = this.#fullAtOf(caller, now);
    const lacking = fullAt + Math.min(points, this.perMinute) * this.#msPerPoint - now - minute;
    // Less than a hundredth of a point is how numbers are rounded.
    if (lacking > this.#msPerPoint / 100) return this.#bill(points, fullAt - now, seconds(lacking));
    return this.#take(caller, points, now);
  }

  /** Takes the points in any case: they were used before their number was known. */
  owe(caller: string, points: number): Bill {
    return this.#take(caller, points, this.#now());
  }

  remaining(caller: string): number {
    const now = this.#now();
    return this.#remaining(this.#fullAtOf(caller, now) - now);
  }

  #now(): number {
    const now = this.clock();
    if (now < this.#latest - setBackMs) this.#fullAt.clear();
    this.#latest = now;
    return now;
  }

  #fullAtOf = (caller: string, now: number): number => Math.max(this.#fullAt.get(caller) ?? 0, now);

  #take(caller: string, points: number, now: number): Bill {
    const fullAt = this.#fullAtOf(caller, now) + points * this.#msPerPoint;
    this.#fullAt.set(caller, fullAt);
    return this.#bill(points, fullAt - now, 0);
  }

  #remaining = (untilFullMs: number): number =>
    Math.max(0, this.perMinute - Math.ceil(untilFullMs / this.#msPerPoint - 0.01));

  #bill(requested: number, untilFullMs: number, waitSeconds: number): Bill {
    const { policy, perMinute: limit } = this;
    const remaining = this.#remaining(untilFullMs);
    return { policy, requested, limit, remaining, resetSeconds: seconds(untilFullMs), waitSeconds };
  }
}

const seconds = (ms: number): number => Math.ceil(ms / 1_000);
