import type { ClientBase, Pool } from "pg";
import PgBoss from "pg-boss";
import { queues } from "./queue.js";

/**
 * A job whose worker was killed runs again within a minute: 20 s until it counts as lost, at most two rounds of
 * maintenance until that is noticed, 2 s of pause and a poll. Retries go on for about a day, ever more rarely.
 */
const settings = {
  schema: "pgboss",
  schedule: false,
  expireInSeconds: 20,
  maintenanceIntervalSeconds: 10,
  retryLimit: 16,
  retryDelay: 1,
  retryBackoff: true,
  archiveCompletedAfterSeconds: 3_600,
  deleteAfterDays: 3,
};

/** pg-boss on our own pool, for a database that {@link prepareJobs} has prepared. */
export const createBoss = (pool: Pool): PgBoss =>
  new PgBoss({ ...settings, migrate: false, db: { executeSql: (text, values) => execute(pool, text, values) } });

async function execute(pool: Pool, text: string, values: unknown[] | undefined): Promise<{ rows: unknown[] }> {
  if (values) return pool.query(text, values);
  // Maintenance comes as BEGIN … COMMIT in one text: a failure leaves a transaction that nobody else may be given.
  const client = await pool.connect();
  try {
    const result = await client.query(text);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Makes pg-boss's tables, or brings them up to date, and a place for each queue. One process at a time may do so. */
export async function prepareJobs(client: ClientBase): Promise<void> {
  const boss = new PgBoss({
    ...settings,
    supervise: false,
    db: { executeSql: (text, values) => client.query(text, values) },
  });
  await boss.start();
  const there = new Set((await boss.getQueues()).map(({ name }) => name));
  for (const { name, everySeconds } of queues().filter((queue) => !there.has(queue.name)))
    await boss.createQueue(name, { name, policy: everySeconds === undefined ? "standard" : "singleton" });
  await boss.stop({ graceful: false });
}
