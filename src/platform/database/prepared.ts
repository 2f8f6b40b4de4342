import type { PoolClient, QueryResultRow } from "pg";
import type { Context } from "../context.js";

type Reading = Pick<Context, "db" | "pool">;

/** TypeORM keeps the connection of a transaction to itself, or gives it later: what is asked first is to be sent first. */
const clientOf = ({ db }: Reading): PoolClient | undefined =>
  (db.queryRunner as unknown as { databaseConnection: PoolClient } | undefined)?.databaseConnection;

/** A statement whose plan PostgreSQL keeps with each connection: for long ones that run again and again. See also `Script`. */
export const prepared =
  <Row extends QueryResultRow>(name: string, text: string) =>
  async (reading: Reading, values: unknown[]): Promise<Row[]> =>
    (await (clientOf(reading) ?? reading.pool).query<Row>({ name, text, values })).rows;
