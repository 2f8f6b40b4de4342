import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, one } from "../../platform/reading/shape.js";
import { eventShape, visible } from "../events/index.js";
import { shown } from "./coverage.policy.js";

export const coverageShape = readNode("Coverage", {
  table: "coverage",
  visible: (row, scope) =>
    `EXISTS (SELECT 1 FROM events ce WHERE ce.id = ${row}.event_id AND ${visible("ce", scope)} AND ${shown(row, "ce", scope)})`,
  fields: {
    event: one({
      shape: () => eventShape,
      from: (row, parent) => ({ table: `events ${row}`, where: [`${row}.id = ${parent}.event_id`] }),
    }),
  },
});

extend(eventShape, {
  coverage: connection({
    shape: () => coverageShape,
    order: [{ sql: (row) => `${row}.added_at`, type: "timestamptz" }],
    descending: true,
    from: (row, parent, scope) => ({
      table: `coverage ${row}`,
      where: [`${row}.event_id = ${parent}.id`, shown(row, parent, scope)],
    }),
  }),
});
