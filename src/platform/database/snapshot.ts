import type { Pool, PoolClient, QueryResultRow } from "pg";

/** Statements that all read the database as it was at one moment. */
export type Snapshot = Pick<PoolClient, "query">;

interface Query {
  text: string;
  values: unknown[];
}

/**
 * What some work reads of one moment, as it is asked for. It holds a connection until then: whoever asks must not be slow
 * for PostgreSQL ends transactions that are idle for ten seconds.
 */
export async function* inSnapshot<Part>(
  pool: Pool,
  work: (snapshot: Snapshot) => AsyncGenerator<Part>,
): AsyncGenerator<Part> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    yield* work(client);
  } finally {
    await client.query("ROLLBACK").then(
      () => client.release(),
      (lost: Error) => client.release(lost),
    );
  }
}

/** The rows of a query, so many at a time; none of the batches is empty but the first where there are no rows at all. */
export async function* batchesOf<Row extends QueryResultRow>(
  snapshot: Snapshot,
  { text, values }: Query,
  size = 1_000,
): AsyncGenerator<Row[]> {
  await snapshot.query(`DECLARE batches NO SCROLL CURSOR FOR ${text}`, values);
  const fetch = async (): Promise<Row[]> => (await snapshot.query<Row>(`FETCH ${size} FROM batches`)).rows;
  let rows = await fetch();
  yield rows;
  while (rows.length === size && (rows = await fetch()).length > 0) yield rows;
}
