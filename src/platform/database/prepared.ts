import type { PoolClient, QueryResultRow } from "pg";
import type { Context } from "../context.js";

/** A statement whose plan PostgreSQL keeps with each connection: for long ones that run again and again. */
export const prepared =
  <Row extends QueryResultRow>(name: string, text: string) =>
  async ({ db, pool }: Pick<Context, "db" | "pool">, values: unknown[]): Promise<Row[]> => {
    const client = db.queryRunner ? ((await db.queryRunner.connect()) as PoolClient) : pool;
    return (await client.query<Row>({ name, text, values })).rows;
  };
