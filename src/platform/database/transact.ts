import { setTimeout as wait } from "node:timers/promises";
import type { EntityManager } from "typeorm";
import type { Context } from "../context.js";
import { databaseFacts } from "../log.js";
import type { NewChange } from "../changes/change.js";
import { writeChanges } from "../changes/store.js";

declare const transaction: unique symbol;

/** A context whose writes belong together; only it can record a change. */
export interface Transaction extends Context {
  readonly [transaction]: true;
  /** What is being done, as the API names it; the audit trail keeps it. */
  readonly operation: string;
  /** Changes that this transaction will add to the log, just before it commits. */
  readonly recorded: NewChange[];
  /** Queues that have new jobs once this transaction has committed. */
  readonly enqueued: Set<string>;
}

const attempts = 5;
// node-postgres reports the number, never the condition's name (TRAPS 16).
const worthAnotherTry = new Set(["40001", "40P01"]);

/**
 * Runs a recipe in one transaction, again from the start when PostgreSQL gave it up for another's sake
 * (serialization failure, deadlock). The recipe must have no effect outside of the database.
 */
export async function transact<Result>(
  ctx: Context,
  operation: string,
  recipe: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(ctx, operation, recipe);
    } catch (error) {
      if (attempt === attempts || !worthAnotherTry.has(databaseFacts(error).code ?? "")) throw error;
      await wait(2 ** attempt * 5 * Math.random());
    }
  }
}

async function once<Result>(
  ctx: Context,
  operation: string,
  recipe: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const recorded: NewChange[] = [];
  const enqueued = new Set<string>();
  const result = await ctx.db.transaction(async (db: EntityManager) => {
    const tx = { ...ctx, db, recorded, enqueued, operation } as unknown as Transaction;
    const answer = await recipe(tx);
    await writeChanges(tx, recorded);
    return answer;
  });
  if (recorded.length > 0) ctx.changes.wake();
  ctx.jobs.wake(enqueued);
  return result;
}
