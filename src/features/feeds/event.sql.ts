import { globalIdSql } from "../../platform/database/ids.js";
import { every, type Scope, type Sql } from "../../platform/reading/shape.js";
import { campaignVisible } from "../campaigns/index.js";
import { identifiersOf, placeColumns, placeTable, shownHosts } from "../events/index.js";
import { freePlaces } from "../shifts/index.js";
import { turnoutOfEvent } from "../turnout/index.js";
import type { PublicField } from "./event.js";

/** A JSON object of the columns. */
export const objectSql = (columns: Record<string, Sql>, rest = ""): Sql =>
  `(SELECT row_to_json(j) FROM (SELECT ${Object.entries(columns)
    .map(([name, sql]) => `${sql} AS "${name}"`)
    .join(", ")} ${rest}) j)`;

const named = (type: string, row: string, names: string[]): Record<string, Sql> => ({
  id: globalIdSql(type, `${row}.id`),
  ...Object.fromEntries(names.map((name) => [name, `${row}.${name}`])),
});

const host = named("Organization", "o", ["slug", "name"]);
const hostRows = (role: string, scope: Scope): Sql =>
  `FROM event_hosts h JOIN organizations o ON o.id = h.organization_id
   WHERE h.role = '${role}' AND ${every(shownHosts("h", "e", scope))}`;

// Where a place is shown exactly, whether it has a point of its own is no secret either.
const pointOf = `CASE e.location_precision WHEN 'APPROXIMATE' THEN 'CELL' WHEN 'CITY' THEN 'CITY'
  ELSE CASE WHEN e.latitude IS NULL THEN 'CITY' ELSE 'PLACE' END END`;

const place: Record<string, Sql> = {
  precision: "e.location_precision",
  venue: placeColumns.venue("p"),
  addressLines: placeColumns.addressLines("p"),
  locality: placeColumns.locality("p"),
  region: "e.region",
  postalCode: placeColumns.postalCode("p"),
  country: "e.country",
  latitude: "e.public_latitude",
  longitude: "e.public_longitude",
  pointOf,
};

const turnout = {
  state: "t.state",
  low: "t.low",
  high: "t.high",
  peakLow: "t.peak_low",
  peakHigh: "t.peak_high",
  reports: "t.reports",
  observedAt: "t.observed_at",
};

const openPlaces = (scope: Scope): Sql =>
  `(SELECT f.open FROM ${freePlaces(
    "e",
    scope.bind((run) => run.ctx.now(), "timestamptz"),
  )} f)`;

/** SQL for each field of a public event `e`. */
export const fields: Record<PublicField, (scope: Scope) => Sql> = {
  id: () => globalIdSql("Event", "e.id"),
  url: (scope) =>
    `${scope.bind((run) => `${run.ctx.config.publicUrl}/events/`, "text")} || ${globalIdSql("Event", "e.id")}`,
  title: () => "e.title",
  description: () => "e.description",
  type: () => "e.type",
  occurrence: () => "e.occurrence",
  occurrenceReason: () => "e.occurrence_reason",
  startsOn: () => "e.starts_on",
  endsOn: () => "e.ends_on",
  startsAt: () => "e.starts_at",
  endsAt: () => "e.ends_at",
  timeZone: () => "e.time_zone",
  city: () => objectSql(named("City", "y", ["slug", "name", "region", "country"])),
  campaign: () => `CASE WHEN k.id IS NOT NULL THEN ${objectSql(named("Campaign", "k", ["slug", "title"]))} END`,
  organization: (scope) => objectSql(host, `${hostRows("LEAD", scope)} LIMIT 1`),
  coHosts: (scope) =>
    `COALESCE((SELECT json_agg(${objectSql(host)} ORDER BY o.name, o.id) ${hostRows("CO_HOST", scope)}), '[]')`,
  place: () => objectSql(place),
  accessibility: () => "e.accessibility",
  accessibilityNotes: () => "e.accessibility_notes",
  languages: () => "e.languages",
  onlineUrl: () => "e.online_url",
  identifiers: () => identifiersOf("e"),
  turnout: () => objectSql(turnout),
  openPlaces,
  updatedAt: () => "e.updated_at",
  version: () => "e.version",
};

/** SQL: what some fields are read from beside the event; what none of them needs is not joined. */
const joins: Partial<Record<PublicField, (scope: Scope) => Sql>> = {
  city: () => "JOIN cities y ON y.id = e.city_id",
  campaign: (scope) => `LEFT JOIN campaigns k ON k.id = e.campaign_id AND ${campaignVisible("k", scope)}`,
  place: (scope) => `CROSS JOIN LATERAL ${placeTable("e", scope)} p`,
  turnout: (scope) => `CROSS JOIN LATERAL ${turnoutOfEvent("e", "false", scope)} t`,
};

/** SQL for a JSON object of some fields of an event `e`. */
export const fieldsSql = (some: readonly PublicField[], scope: Scope): Sql =>
  objectSql(Object.fromEntries(some.map((name) => [name, fields[name](scope)])));

/** SQL: the tables that some fields of events are read from, behind the events themselves. */
export const joinsOf = (some: readonly PublicField[], scope: Scope): Sql =>
  some.map((name) => joins[name]?.(scope) ?? "").join(" ");
