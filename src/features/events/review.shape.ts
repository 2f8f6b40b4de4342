import { globalIdSql } from "../../platform/database/ids.js";
import { readNode } from "../../platform/graphql/node.js";
import { connection, type NodeShape, one, type Scope, shape, type Sql } from "../../platform/reading/shape.js";
import { eventShape } from "./event.shape.js";

const waits = (row: string): Sql => `${row}.waiting_since IS NOT NULL AND ${row}.record = 'LIVE'`;
const staffs = (row: string, scope: Scope): Sql =>
  `${row}.campaign_id = ANY (${scope.bind((run) => run.ctx.viewer?.staffOf ?? [], "uuid[]")})`;

export const reviewItemShape = readNode("ReviewItem", {
  table: "events",
  visible: (row, scope) => `(${waits(row)} AND ${staffs(row, scope)})`,
  fields: {
    event: one({
      shape: () => eventShape,
      from: (row, parent) => ({ table: `events ${row}`, where: [`${row}.id = ${parent}.id`] }),
    }),
    heldBy: (row) =>
      `CASE WHEN ${row}.review_held_by IS NOT NULL THEN ${globalIdSql("Person", `${row}.review_held_by`)} END`,
    heldSince: (row) => `${row}.review_held_at`,
  },
});

/** What waits for the staff of a campaign, the longest first. */
export const reviewQueue = connection({
  shape: () => reviewItemShape,
  order: [{ sql: (row) => `${row}.waiting_since`, type: "timestamptz" }],
  from: (row, _parent, scope, args) => ({
    table: `events ${row}`,
    where: [`${row}.campaign_id = ${args.id("campaignId", "Campaign")}`, reviewItemShape.visible(row, scope)],
  }),
});

/** What remains of an event that was public once, by its own id. */
export const tombstoneShape: NodeShape = {
  ...shape("RemovedEvent", {
    id: (row) => globalIdSql("Event", `${row}.id`),
    mergedInto: one({
      shape: () => eventShape,
      from: (row, parent, scope) => ({
        table: `events ${row}`,
        where: [`${row}.id = ${parent}.merged_into_id`, eventShape.visible(row, scope)],
      }),
    }),
  }),
  table: "events",
  visible: (row) => `${row}.record <> 'LIVE' AND ${row}.ever_public`,
};

/** The tombstone of an event. */
export const removedEvent = one({
  shape: () => tombstoneShape,
  from: (row, _parent, scope, args) => ({
    table: `events ${row}`,
    where: [`${row}.id = ${args.id("id", "Event")}`, tombstoneShape.visible(row, scope)],
  }),
});
