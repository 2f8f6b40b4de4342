import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, one, type Sql } from "../../platform/reading/shape.js";
import { eventShape, visible as eventVisible } from "../events/index.js";
import { organizationShape } from "../organizations/index.js";
import { isAssured, ofCoordinatedEvent } from "../shifts/index.js";
import { visible, vouched } from "./dispatch.policy.js";

/** SQL: how many of the named hold a place at the event that can be counted on. */
export const standing = (dispatch: string): Sql =>
  `(SELECT count(*)::int FROM dispatch_names dn WHERE dn.pledge_id = ${dispatch}.id AND dn.removed_at IS NULL AND EXISTS (
     SELECT 1 FROM shift_signups ds JOIN shifts dh ON dh.id = ds.shift_id
     WHERE ds.person_id = dn.person_id AND dh.event_id = ${dispatch}.event_id AND ${isAssured("ds")}))`;

export const dispatchShape = readNode("DispatchPledge", {
  table: "dispatch_pledges",
  visible,
  fields: {
    vouched,
    // Else anybody could name an address, and be told whether its owner stands there.
    confirmed: (row, scope) =>
      `CASE WHEN ${vouched(row)} OR ${ofCoordinatedEvent(row, scope)} THEN COALESCE(${row}.stood, ${standing(row)}) END`,
    organization: one({
      shape: () => organizationShape,
      from: (row, parent) => ({ table: `organizations ${row}`, where: [`${row}.id = ${parent}.organization_id`] }),
    }),
    event: one({
      shape: () => eventShape,
      from: (row, parent, scope) => ({
        table: `events ${row}`,
        where: [`${row}.id = ${parent}.event_id`, eventVisible(row, scope)],
      }),
    }),
  },
});

const dispatchesOf = (column: string) =>
  connection({
    shape: () => dispatchShape,
    order: [{ sql: (row) => `${row}.promised_at`, type: "timestamptz" }],
    from: (row, parent, scope) => ({
      table: `dispatch_pledges ${row}`,
      where: [`${row}.${column} = ${parent}.id`, visible(row, scope)],
    }),
  });

extend(eventShape, { dispatches: dispatchesOf("event_id") });
extend(organizationShape, { dispatches: dispatchesOf("organization_id") });
