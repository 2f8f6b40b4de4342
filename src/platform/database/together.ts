import type { Pool } from "pg";
import { type Context, signedIn, systemContext, type Viewer } from "../context.js";
import { Refusal } from "../errors.js";
import { databaseFacts } from "../log.js";
import { Gathering, type Outcome } from "./gathering.js";
import { claimKeys, dropKeys, hashOf, keepResults, type Repeatable } from "./idempotency.js";
import { transact, type Transaction } from "./transact.js";

/** What one person asks for. */
export interface Call<Input> {
  viewer: Viewer;
  input: Input;
}

/** What each of some calls has come to so far: a refusal is the end of its call, and of no other. */
export type Each<Thing> = (Thing | Refusal)[];

/** Takes those that are not refused a step further; what refuses one is its own. */
export const eachOf = <Thing, Next>(things: Each<Thing>, step: (thing: Thing) => Next): Each<Next> =>
  things.map((thing) => {
    if (thing instanceof Refusal) return thing;
    try {
      return step(thing);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  });

/** Those that are not refused. */
export const passed = <Thing>(things: Each<Thing>): Thing[] =>
  things.filter((thing): thing is Thing => !(thing instanceof Refusal));

/**
 * A mutation that many call at once: as `transactOnce`, but calls that come while others are under way are one
 * transaction. Its recipe does for all what it would do for one, in statements over all of them.
 */
export function together<Input extends Repeatable, Result extends object>(
  operation: string,
  recipe: (tx: Transaction, calls: Call<Input>[]) => Promise<Each<Result>>,
): (ctx: Context, input: Input) => Promise<Result> {
  // A process may have several nodes, as tests do.
  const gatherings = new WeakMap<Pool, Gathering<Call<Input>, Result>>();
  return (ctx, input) => {
    const viewer = signedIn(ctx);
    let gathering = gatherings.get(ctx.pool);
    if (!gathering) {
      const system = systemContext(ctx);
      const work = (calls: Call<Input>[]): Promise<Outcome<Result>[]> =>
        transact(system, operation, (tx) => allOnce(tx, calls, recipe));
      gatherings.set(ctx.pool, (gathering = new Gathering(work, { apart: keyOf, alone: leftNothing })));
    }
    return gathering.add({ viewer, input });
  };
}

/** A call with the key of another is answered by what that one came to. */
const keyOf = ({ viewer, input }: Call<Repeatable>): string | null =>
  input.idempotencyKey ? `${viewer.personId} ${input.idempotencyKey}` : null;

/**
 * PostgreSQL has refused a value, a row or a lock, and so all of the transaction. After a lost connection nobody knows
 * whether it was committed: to try again could count everybody twice.
 */
const leftNothing = (error: unknown): boolean => /^(22|23|40|55)/.test(databaseFacts(error).code ?? "");

async function allOnce<Input extends Repeatable, Result extends object>(
  tx: Transaction,
  calls: Call<Input>[],
  recipe: (tx: Transaction, calls: Call<Input>[]) => Promise<Each<Result>>,
): Promise<Outcome<Result>[]> {
  const keys = calls.map(({ viewer, input: { idempotencyKey: key, ...rest } }) =>
    key ? { personId: viewer.personId, key, inputHash: hashOf(rest) } : null,
  );
  const known = await claimKeys<Result>(tx, keys);
  const fresh = calls.filter((_, n) => !known[n]);
  const made = fresh.length > 0 ? await recipe(tx, fresh) : [];
  const all = known.map((earlier) => earlier ?? made.shift()!);
  const isNew = (n: number): boolean => !known[n];
  await keepResults(
    tx,
    keys.map((key, n) => (isNew(n) && key && !(all[n] instanceof Refusal) ? { ...key, result: all[n]! } : null)),
  );
  await dropKeys(
    tx,
    keys.filter((_, n) => isNew(n) && all[n] instanceof Refusal),
  );
  return all.map((one) => (one instanceof Refusal ? { error: one } : { result: one }));
}
