import type { Config } from "../config.js";
import { ErrorReason, Refusal } from "../errors.js";
import { type Bill, Buckets } from "./bucket.js";

export type { Bill };

/** Who is charged: a key, a signed-in person, else an address; known in memory only. */
export interface Caller {
  kind: "anonymous" | "signed-in" | "key";
  id: string;
}

/** What is asked for: reads never use up what changes need. */
export type Use = "reads" | "changes";

/** A call takes a server as long as about ten objects. */
const callPrice = 10;
/** Parsing and validating so many characters takes as long as an object. */
const charactersAPoint = 50;

/** What a call costs that asks for so many objects, by a text of which so many characters had to be read. */
export const priceOf = ({ cost, unread }: { cost: number; unread: number }): number =>
  callPrice + cost + Math.ceil(unread / charactersAPoint);

/** The buckets of a node. */
export class Rates {
  readonly #buckets = new Map<string, Buckets>();

  constructor({ rates }: Pick<Config, "rates">, now: () => Date) {
    for (const [kind, perMinute] of Object.entries(rates))
      for (const use of ["reads", "changes"] satisfies Use[])
        if (perMinute > 0) {
          const policy = policyOf(kind, use);
          this.#buckets.set(policy, new Buckets(policy, perMinute, () => now().getTime()));
        }
  }

  /** Charges a caller; null where there is no limit. Whether it was granted, the bill says. */
  charge({ kind, id }: Caller, points: number, use: Use = "reads"): Bill | null {
    return this.#buckets.get(policyOf(kind, use))?.charge(id, points) ?? null;
  }

  /** Whether there is not enough left for any call. */
  isEmpty({ kind, id }: Caller): boolean {
    const bucket = this.#buckets.get(policyOf(kind, "reads"));
    return bucket !== undefined && bucket.remaining(id) < callPrice;
  }

  /** Charges for what is already done. */
  owe({ kind, id }: Caller, points: number): Bill | null {
    return this.#buckets.get(policyOf(kind, "reads"))?.owe(id, points) ?? null;
  }
}

const policyOf = (kind: string, use: Use): string => (use === "reads" ? kind : `${kind}-${use}`);

/** The headers of draft-ietf-httpapi-ratelimit-headers: `t` is when the bucket is full again. */
export const billHeaders = ({ policy, limit, remaining, resetSeconds, waitSeconds }: Bill): Record<string, string> => ({
  "ratelimit-policy": `"${policy}";q=${limit};w=60`,
  ratelimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
  ...(waitSeconds > 0 ? { "retry-after": String(waitSeconds) } : {}),
});

/** What a GraphQL answer says of its price. */
export const costOf = ({ requested, limit, remaining, resetSeconds }: Bill): object => ({
  requested,
  limit,
  remaining,
  resetSeconds,
});

/** Refuses what was not granted. */
export function granted(bill: Bill | null): void {
  if (!bill || bill.waitSeconds === 0) return;
  const { requested, remaining, limit } = bill;
  const price = `this costs ${requested} points, and of your ${limit} a minute ${remaining} are left`;
  throw tooMany(bill.waitSeconds, price);
}

/** Refuses one of too many requests, and says when it would not be. */
export const tooMany = (seconds: number, why?: string): Refusal =>
  new Refusal("RATE_LIMITED", `Too many requests${why ? `: ${why}` : ""}; try again in ${inWords(seconds)}.`, {
    reason: ErrorReason.TOO_MANY_REQUESTS,
    retryable: true,
    retryAfterSeconds: seconds,
    ...(why ? { status: 429 } : {}),
  });

const inWords = (seconds: number): string => (seconds === 1 ? "1 second" : `${seconds} seconds`);
