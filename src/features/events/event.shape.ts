import { readNode } from "../../platform/graphql/node.js";
import { connection, one } from "../../platform/reading/shape.js";
import { campaignOfRow } from "../campaigns/index.js";
import { cityShape } from "../cities/index.js";
import { eventFilter } from "./event.filter.js";
import { listed, visible } from "./event.policy.js";
import { locationEdge } from "./location.shape.js";

export const eventShape = readNode("Event", {
  table: "events",
  visible,
  leadsTo: "merged_into_id",
  fields: {
    phase: (row, scope) => {
      const now = scope.bind((run) => run.ctx.now(), "timestamptz");
      return `CASE WHEN ${now} < ${row}.span_starts_at THEN 'UPCOMING' WHEN ${now} < ${row}.span_ends_at THEN 'ONGOING' ELSE 'ENDED' END`;
    },
    location: locationEdge,
    city: one({
      shape: () => cityShape,
      from: (row, parent) => ({ table: `cities ${row}`, where: [`${row}.id = ${parent}.city_id`] }),
    }),
    campaign: campaignOfRow,
  },
});

export const eventList = connection({
  shape: () => eventShape,
  order: [{ sql: (row) => `${row}.span_starts_at`, type: "timestamptz" }],
  from: (row, _parent, scope, args) => ({
    table: `events ${row}`,
    where: [listed(row, scope), ...eventFilter(row, scope, args)],
  }),
});
