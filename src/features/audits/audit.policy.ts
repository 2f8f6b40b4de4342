import { type Context, signedIn, type Viewer } from "../../platform/context.js";
import { isPrefixOf, parseGlobalId } from "../../platform/database/ids.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { seen } from "../../platform/reading/read.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { managed } from "../events/index.js";

/** What has a trail, and SQL for: the reader keeps it. */
interface Kept {
  table: string;
  keeps: (row: string, scope: Scope) => Sql;
}

const oneOf = (column: string, scope: Scope, of: (viewer: Viewer) => string[]): Sql =>
  `${column} = ANY (${scope.bind((run) => of(run.ctx.viewer!), "uuid[]")})`;

const kept: Record<string, Kept> = {
  // Who managed an event that is deleted or merged has no more to do with it: its campaign's staff answer for it.
  Event: {
    table: "events",
    keeps: (row, scope) =>
      `(${oneOf(`${row}.campaign_id`, scope, (v) => v.staffOf)} OR (${row}.record = 'LIVE' AND ${managed(row, scope)}))`,
  },
  Organization: { table: "organizations", keeps: (row, scope) => oneOf(`${row}.id`, scope, (v) => v.adminOf) },
  Campaign: { table: "campaigns", keeps: (row, scope) => oneOf(`${row}.id`, scope, (v) => v.staffOf) },
};

/** Refuses whoever may not read the trail of a thing as if there were no such thing. */
export async function refuseReader(ctx: Context, of: string): Promise<void> {
  const viewer = signedIn(ctx);
  const parsed = parseGlobalId(of);
  const type = Object.keys(kept).find((name) => parsed && isPrefixOf(name, parsed.prefix));
  if (!parsed || !type)
    throw badInput("of", "is not the id of an event, an organization or a campaign", ErrorReason.ID_INVALID);
  const { table, keeps } = kept[type]!;
  const found = await seen(ctx, table, [parsed.id], viewer.siteStaff ? () => "true" : keeps);
  if (found.size === 0) throw new Refusal("NOT_FOUND", "There is no such thing whose audit trail you may read.");
}
