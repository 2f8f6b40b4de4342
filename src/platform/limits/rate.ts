import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { ErrorReason, Refusal } from "../errors.js";

/** So many of something a minute for one caller, on this node; callers are known by a key that is kept in memory only. */
export function rateLimit(perMinute: number): (caller: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (caller) => {
    try {
      await limiter.consume(caller);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.ceil(error.msBeforeNext / 1_000);
      throw new Refusal("RATE_LIMITED", `Too many requests; try again in ${seconds} seconds.`, {
        reason: ErrorReason.TOO_MANY_REQUESTS,
        retryable: true,
      });
    }
  };
}
