import { Client, type ClientBase } from "pg";
import type { DataSource } from "typeorm";
import { openLog } from "../changes/store.js";
import { prepareJobs } from "../jobs/boss.js";

const lockKey = 7_264_831;

/**
 * Brings the database up to date: migrations, then what every start prepares. One process at a time, by an advisory
 * lock on a connection of its own: TypeORM takes no lock, and replicas that start together would crash (TRAPS 9).
 */
export async function migrate(
  url: string,
  dataSource: DataSource,
  prepare: (client: ClientBase) => Promise<void>,
): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lockKey]);
    await dataSource.runMigrations({ transaction: "each" });
    await prepareJobs(client);
    await client.query("BEGIN");
    await openLog(client);
    await prepare(client);
    await client.query("COMMIT");
  } finally {
    // Ends the session and with it the lock, and a transaction that failed.
    await client.end();
  }
}
