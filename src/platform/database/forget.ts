import type { Pool } from "pg";

/** So many rows a statement: all of a day of action at once would take longer than a statement may. */
const usual = 10_000;

/** Does an act (`DELETE FROM …`, or an UPDATE after which the condition holds no more) to all rows of a table, some at a time. */
export async function someAtATime(
  pool: Pool,
  act: string,
  { table, where, values, rows = usual }: { table: string; where: string; values: unknown[]; rows?: number },
): Promise<void> {
  const few = `${act} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${where} LIMIT ${rows}))`;
  for (let done = rows; done === rows;) done = (await pool.query(few, values)).rowCount ?? 0;
}

/** Deletes what is past its time. */
export const forget = (pool: Pool, table: string, where: string, before: Date): Promise<void> =>
  someAtATime(pool, `DELETE FROM ${table}`, { table, where, values: [before] });
