import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, one, type Scope, shape, type Sql } from "../../platform/reading/shape.js";
import { eventShape, managed } from "../events/index.js";

const mine = (row: string, scope: Scope): Sql =>
  `${row}.person_id = ${scope.bind((run) => run.ctx.viewer?.personId ?? null, "uuid")}`;

export const rsvpShape = readNode("Rsvp", {
  table: "rsvps",
  visible: mine,
  fields: {
    event: one({
      shape: () => eventShape,
      from: (row, parent, scope) => ({
        table: `events ${row}`,
        where: [`${row}.id = ${parent}.event_id`, eventShape.visible(row, scope)],
      }),
    }),
  },
});

/** The viewer's RSVPs, the latest first. */
export const viewerRsvps = connection({
  shape: () => rsvpShape,
  order: [{ sql: (row) => `${row}.since`, type: "timestamptz" }],
  descending: true,
  from: (row, _parent, scope) => ({ table: `rsvps ${row}`, where: [mine(row, scope)] }),
});

const countsShape = shape("RsvpCounts");

extend(eventShape, {
  rsvps: one({
    shape: () => countsShape,
    // An event that nobody has answered yet has no counter.
    from: (row, parent, scope) => ({
      table: `(SELECT c."limit", COALESCE(c.going, 0) AS going, COALESCE(c.waiting, 0) AS waiting
               FROM (SELECT ${parent}.id) e(id) LEFT JOIN rsvp_counters c ON c.event_id = e.id) ${row}`,
      where: [managed(parent, scope)],
    }),
  }),
  viewerRsvp: one({
    shape: () => rsvpShape,
    from: (row, parent, scope) => ({
      table: `rsvps ${row}`,
      where: [`${row}.event_id = ${parent}.id`, mine(row, scope)],
    }),
  }),
});
