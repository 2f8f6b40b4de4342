import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, one, type Sql } from "../../platform/reading/shape.js";
import { eventShape, ofVisibleEvent } from "../events/index.js";

const stands = (row: string): Sql => `${row}.removed_at IS NULL`;

/** An announcement is seen by those who may open its event. */
export const announcementShape = readNode("Announcement", {
  table: "announcements",
  visible: (row, scope) => `(${stands(row)} AND ${ofVisibleEvent(row, scope)})`,
  fields: {
    event: one({
      shape: () => eventShape,
      from: (row, parent) => ({ table: `events ${row}`, where: [`${row}.id = ${parent}.event_id`] }),
    }),
  },
});

extend(eventShape, {
  announcements: connection({
    shape: () => announcementShape,
    order: [{ sql: (row) => `${row}.posted_at`, type: "timestamptz" }],
    descending: true,
    from: (row, parent) => ({ table: `announcements ${row}`, where: [`${row}.event_id = ${parent}.id`, stands(row)] }),
  }),
});
