import { Client } from "pg";
import { openScratch } from "../../src/platform/database/scratch.js";

/** A database that is thrown away with the benchmark. */
export interface BenchDatabase {
  url: string;
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** A new database, on the server of `at` or on an embedded one; `durable`: each commit waits for the disk, as in production. */
export async function openDatabase({
  at,
  durable,
}: { at?: string | undefined; durable?: boolean } = {}): Promise<BenchDatabase> {
  const scratch = await openScratch(at, durable);
  const url = await scratch.create();
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    url,
    query: async <Row extends object>(sql: string, values?: unknown[]) => (await client.query<Row>(sql, values)).rows,
    async close() {
      await client.end();
      await scratch.drop(url);
      await scratch.stop();
    },
  };
}
