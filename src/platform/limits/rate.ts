import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Services } from "../context.js";
import { tooMany } from "./rates.js";

type Limit = (node: Pick<Services, "jobs">, caller: string) => Promise<void>;

/** So many of something a minute for one caller, on this node; callers are known by a key that is kept in memory only. */
export function rateLimit(perMinute: number): Limit {
  // A process may have several nodes, as tests do: what one has counted is nothing to the others.
  const limiters = new WeakMap<object, RateLimiterMemory>();
  return async ({ jobs }, caller) => {
    const limiter = limiters.get(jobs) ?? new RateLimiterMemory({ points: perMinute, duration: 60 });
    limiters.set(jobs, limiter);
    try {
      await limiter.consume(caller);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw tooMany(Math.ceil(error.msBeforeNext / 1_000));
    }
  };
}
