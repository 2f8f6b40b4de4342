import { readNode } from "../../platform/graphql/node.js";
import { type Connection, connection, one, type OrderKey, type Sql } from "../../platform/reading/shape.js";
import { campaignOfRow } from "../campaigns/index.js";
import { cityShape } from "../cities/index.js";
import { eventFilter } from "./event.filter.js";
import { byDistance, distance } from "./event.near.js";
import { listed, visible } from "./event.policy.js";
import { locationEdge } from "./location.shape.js";

/** SQL: what other systems know an event by. */
export const identifiersOf = (row: string): Sql =>
  `ARRAY(SELECT i.system || ':' || i.value FROM event_identifiers i WHERE i.event_id = ${row}.id ORDER BY i.system, i.value)`;

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
    identifiers: identifiersOf,
  },
});

export const byStart: OrderKey[] = [{ sql: (row) => `${row}.span_starts_at`, type: "timestamptz" }];

const events: Pick<Connection, "shape" | "from" | "onEdges"> = {
  shape: () => eventShape,
  from: (row, _parent, scope, args) => ({
    table: `events ${row}`,
    where: [listed(row, scope), ...eventFilter(row, scope, args)],
  }),
  onEdges: (_scope, args): ReturnType<NonNullable<Connection["onEdges"]>> =>
    args.has("filter.near") ? { distanceKm: (row) => `round((${distance(args)(row)})::numeric, 3)` } : {},
};

export const eventList = connection({ ...events, order: byStart });
export const eventsByDistance = connection({ ...events, order: byDistance });
