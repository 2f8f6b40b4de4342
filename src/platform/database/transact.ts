import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import type { EntityManager } from "typeorm";
import type { Context } from "../context.js";
import { databaseFacts } from "../log.js";
import type { NewChange } from "../changes/change.js";
import { pipelined } from "./pipelined.js";
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
  const result = await begun(ctx, async (db, commit) => {
    const tx = { ...ctx, db, recorded, enqueued, operation } as unknown as Transaction;
    const answer = await recipe(tx);
    // PostgreSQL makes a ROLLBACK of the COMMIT where the log's rows are refused.
    await pipelined([writeChanges(tx, recorded), commit()]);
    return answer;
  });
  ctx.reads.forget();
  if (recorded.length > 0) ctx.changes.wake();
  ctx.jobs.wake(enqueued);
  return result;
}

/**
 * A transaction whose beginning is sent with what is asked first, and its end with what is written last. TypeORM's own waits
 * for each of them by itself: two trips more, while locks are held.
 */
async function begun<Result>(
  { db }: Context,
  work: (db: EntityManager, commit: () => Promise<unknown>) => Promise<Result>,
): Promise<Result> {
  const runner = db.dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as Client;
    const start = client.query("START TRANSACTION");
    // Without it each statement would be kept by itself: no other may follow.
    start.catch(() => client.end());
    // What TypeORM would do in a transaction of its own, it is to do in this one.
    Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
    try {
      const [, result] = await pipelined([start, work(runner.manager, () => client.query("COMMIT"))]);
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
  }
}
