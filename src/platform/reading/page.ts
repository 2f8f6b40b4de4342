import type { Transaction } from "../database/transact.js";
import { badInput, ErrorReason } from "../errors.js";
import type { PageInfo } from "../graphql/connection.js";
import { pageLimits } from "../limits/cost.js";
import { databaseFacts } from "../log.js";
import { cursorSql, filterHash, readCursor } from "./cursor.js";
import type { Sql } from "./shape.js";

/** A page of a list, as Relay has it. */
export interface Page<Node> {
  edges: { cursor: string; node: Node }[];
  nodes: Node[];
  pageInfo: PageInfo;
}

/** A list that no shape reads, for its rows hold what is sealed. */
export interface SealedList<Row, Node> {
  /** What tells the list from others: a cursor of one is refused by the others. */
  of: unknown;
  columns: Sql;
  /** What stands behind FROM and WHERE; its parameters are `values`. */
  from: Sql;
  where: Sql;
  values: unknown[];
  /** The order: a time, and an id for those of one time. */
  order: [time: Sql, id: Sql];
  open: (row: Row) => Node;
}

/** Which part of a list is asked for. */
interface Forwards {
  first?: number | null;
  after?: string | null;
}

const first = ["-infinity", "00000000-0000-0000-0000-000000000000"];

/** A page of a sealed list, within the transaction that notes who looks at it. */
export async function readPage<Row extends object, Node>(
  tx: Transaction,
  list: SealedList<Row, Node>,
  asked: Forwards,
): Promise<Page<Node>> {
  const size = asked.first ?? pageLimits.usual;
  const after = asked.after ?? null;
  const rows = await rowsAfter(tx, list, after, size + 1);
  const edges = rows.slice(0, size).map((row) => ({ cursor: row.cursor, node: list.open(row) }));
  const pageInfo = {
    hasNextPage: rows.length > size,
    hasPreviousPage: after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, nodes: edges.map(({ node }) => node), pageInfo };
}

async function rowsAfter<Row extends object, Node>(
  tx: Transaction,
  { of, columns, from, where, values, order }: SealedList<Row, Node>,
  after: string | null,
  count: number,
): Promise<(Row & { cursor: string })[]> {
  const hash = filterHash(of);
  const keys = after === null ? first : readCursor(after, hash, 2, "after");
  const parameter = (number: number): Sql => `$${values.length + number}`;
  try {
    return await tx.db.query(
      `SELECT ${columns}, ${cursorSql(`${parameter(1)}::text`, order)} AS cursor FROM ${from}
       WHERE ${where} AND (${order.join(", ")}) > (${parameter(2)}::timestamptz, ${parameter(3)}::uuid)
       ORDER BY ${order.join(", ")} LIMIT ${parameter(4)}`,
      [...values, hash, ...keys, count],
    );
  } catch (error) {
    // What a cursor holds is ours unless somebody made it up: 22007, 22008 and 22P02 say that it cannot be read.
    if (!databaseFacts(error).code?.startsWith("22")) throw error;
    throw badInput("after", "is not a cursor of this API; send a cursor unchanged", ErrorReason.CURSOR_INVALID);
  }
}
