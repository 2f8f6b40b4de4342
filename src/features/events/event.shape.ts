import { readNode } from "../../platform/graphql/node.js";
import { connection, one, type Scope, shape, type Sql } from "../../platform/reading/shape.js";
import { campaignOfRow } from "../campaigns/index.js";
import { cityShape } from "../cities/index.js";
import { eventFilter } from "./event.filter.js";
import { concerned, listed, visible } from "./event.policy.js";
import { follows } from "./event.follow.js";
import { FollowReason } from "./event.values.js";

/** The reader may know the exact place: everybody where it is public, else those concerned, and those who come where hosts say so. */
export const seesPlace = (row: string, scope: Scope): Sql =>
  scope.signedIn
    ? `(${row}.location_precision = 'EXACT' OR ${concerned(row, scope)}
        OR (${row}.exact_after_rsvp AND ${follows(row, FollowReason.RSVP, scope)}))`
    : `(${row}.location_precision = 'EXACT')`;

const exactly =
  (known: (row: string) => Sql, otherwise: (row: string) => Sql) =>
  (row: string, scope: Scope): Sql =>
    `CASE WHEN ${seesPlace(row, scope)} THEN ${known(row)} ELSE ${otherwise(row)} END`;

const column = (name: string, otherwise = "NULL") =>
  exactly(
    (row) => `${row}.${name}`,
    () => otherwise,
  );
const coordinate = (name: string) =>
  exactly(
    (row) => `COALESCE(${row}.${name}, ${row}.public_${name})`,
    (row) => `${row}.public_${name}`,
  );

const locationShape = shape("Location", {
  precision: (row, scope) => `CASE WHEN ${seesPlace(row, scope)} THEN 'EXACT' ELSE ${row}.location_precision END`,
  venue: column("venue"),
  addressLines: column("address_lines", "'{}'::text[]"),
  locality: column("locality"),
  region: column("region"),
  postalCode: column("postal_code"),
  latitude: coordinate("latitude"),
  longitude: coordinate("longitude"),
});

export const eventShape = readNode("Event", {
  table: "events",
  visible,
  leadsTo: "merged_into_id",
  fields: {
    phase: (row, scope) => {
      const now = scope.bind((run) => run.ctx.now(), "timestamptz");
      return `CASE WHEN ${now} < ${row}.span_starts_at THEN 'UPCOMING' WHEN ${now} < ${row}.span_ends_at THEN 'ONGOING' ELSE 'ENDED' END`;
    },
    // The place is in the event's own row: no table of its own.
    location: one({
      shape: () => locationShape,
      from: (row, parent) => ({ table: `(SELECT ${parent}.*) ${row}`, where: [] }),
    }),
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
