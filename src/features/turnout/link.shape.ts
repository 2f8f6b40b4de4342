import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, type NodeShape, one, type Sql, thingOf } from "../../platform/reading/shape.js";
import { coordinated, eventShape, onMerge, visible } from "../events/index.js";
import { linkHours } from "./link.js";
import { reporterShape } from "./turnout.shape.js";

const ofEvent = (row: string, expression: (event: string) => Sql): Sql =>
  `(SELECT ${expression("le")} FROM events le WHERE le.id = ${row}.event_id)`;

export const linkShape: NodeShape = readNode("TurnoutLink", {
  table: "turnout_links",
  visible: (row, scope) =>
    `EXISTS (SELECT 1 FROM events ce WHERE ce.id = ${row}.event_id AND ${visible("ce", scope)} AND ${coordinated("ce", scope)})`,
  fields: {
    validFrom: (row) => ofEvent(row, (event) => `${event}.span_starts_at - interval '${linkHours.before} hours'`),
    validUntil: (row) => ofEvent(row, (event) => `${event}.span_ends_at + interval '${linkHours.after} hours'`),
    event: thingOf(() => eventShape, "event_id"),
    reporter: one({
      shape: () => reporterShape,
      from: (row, parent) => ({ table: `turnout_reporters ${row}`, where: [`${row}.id = ${parent}.reporter_id`] }),
    }),
  },
});

extend(eventShape, {
  turnoutLinks: connection({
    shape: () => linkShape,
    descending: true,
    order: [{ sql: (row) => `${row}.created_at`, type: "timestamptz" }],
    from: (row, parent, scope) => ({
      table: `turnout_links ${row}`,
      where: [`${row}.event_id = ${parent}.id`, linkShape.visible(row, scope)],
    }),
  }),
});

/** Whoever holds a link of the duplicate counts the same crowd. */
onMerge.push(async (tx, from, into) => {
  await tx.db.query(`UPDATE turnout_links SET event_id = $2 WHERE event_id = $1`, [from.id, into.id]);
});
