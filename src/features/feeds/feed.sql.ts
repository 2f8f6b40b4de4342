import type { Context } from "../../platform/context.js";
import { variablesAsArgs } from "../../platform/reading/args.js";
import { plainStatement } from "../../platform/reading/read.js";
import { every, type Run, type Scope, type Sql } from "../../platform/reading/shape.js";
import { type EventFilter, eventFilter, isPublic } from "../events/index.js";
import { joinsOf } from "./event.sql.js";
import type { Feed } from "./feed.asked.js";

/** A statement about the events of a feed, and what it is run with. */
export interface FeedQuery {
  statement: ReturnType<typeof plainStatement>;
  run: Run;
}

/** Which events: those that everybody finds, whoever asks. */
const which = (filter: EventFilter, scope: Scope): Sql[] => [
  isPublic("e"),
  ...eventFilter("e", scope, variablesAsArgs(scope, { filter })),
];

const behind = (after: string[] | undefined, scope: Scope): Sql =>
  after
    ? `(e.span_starts_at, e.id) > (${scope.bind(() => after[0], "timestamptz")}, ${scope.bind(() => after[1], "uuid")})`
    : "true";

/** The events of a feed as its format reads them, by the time they begin; at most so many. */
export function rowsQuery(
  ctx: Context,
  { format, fields, after }: Feed,
  filter: EventFilter,
  most?: number,
): FeedQuery {
  const statement = plainStatement({ viewer: null }, (scope) => {
    const limit = most === undefined ? "" : `LIMIT ${scope.bind(() => most, "int")}`;
    const events = `SELECT e.* FROM events e WHERE ${every([...which(filter, scope), behind(after, scope)])}
      ORDER BY e.span_starts_at, e.id ${limit}`;
    const keys = most === undefined ? "" : ", e.span_starts_at::text AS at, e.id AS key";
    return `SELECT ${format.columns(fields, scope)} ${keys} FROM (${events}) e ${joinsOf(fields, scope)}
      ORDER BY e.span_starts_at, e.id`;
  });
  return { statement, run: { ctx, variables: { filter } } };
}

/** When the newest of the events was changed. */
export function updatedQuery(ctx: Context, filter: EventFilter): FeedQuery {
  const statement = plainStatement(
    { viewer: null },
    (scope) =>
      `SELECT to_json(max(e.updated_at)) #>> '{}' AS "updatedAt" FROM events e WHERE ${every(which(filter, scope))}`,
  );
  return { statement, run: { ctx, variables: { filter } } };
}
