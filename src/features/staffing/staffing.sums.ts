import type { Sql } from "../../platform/reading/shape.js";
import { vouched } from "../dispatch/index.js";
import { takesPlace } from "../events/index.js";

/** The sums of shifts, each as it is called. */
const ofShifts = {
  shifts: "count(*)",
  under_minimum: "count(*) FILTER (WHERE s.confirmed < s.minimum)",
  needed: "sum(s.minimum)",
  capacity: "sum(s.capacity)",
  taken: "sum(s.taken)",
  confirmed: "sum(s.confirmed)",
  on_duty: "sum(s.on_duty)",
  gap: "sum(GREATEST(s.minimum - s.confirmed, 0))",
};

const ofPromises = { promised: "sum(d.count)", named: "sum(d.named)" };

const columns = (sums: Record<string, Sql>): Sql =>
  Object.entries(sums)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(", ");

/** Each event of a condition (on `e`) once: its city, and its shifts and promises added up where it has any. */
const perEvent = (condition: Sql): Sql => `
  (SELECT e.id, e.city_id, ofs.*, ofd.* FROM events e
   LEFT JOIN (SELECT s.event_id AS shifts_of, ${columns(ofShifts)} FROM shifts s
              WHERE s.status IN ('OPEN', 'CLOSED') AND s.event_id IN (SELECT e.id FROM events e WHERE ${condition})
              GROUP BY s.event_id) ofs ON ofs.shifts_of = e.id
   LEFT JOIN (SELECT d.event_id AS promised_for, ${columns(ofPromises)} FROM dispatch_pledges d
              WHERE d.status = 'PROMISED' AND d.event_id IN (SELECT e.id FROM events e WHERE ${condition}) AND ${vouched("d")}
              GROUP BY d.event_id) ofd ON ofd.promised_for = e.id
   WHERE ${condition}) one`;

const names = [...Object.keys(ofShifts), ...Object.keys(ofPromises)];
const total = (of: (name: string) => Sql): Sql =>
  names.map((name) => `COALESCE(${of(name)}, 0)::int AS ${name}`).join(", ");

/** The campaign's events that take place, as far as is known. */
const counted = (campaign: Sql): Sql => `e.campaign_id = ${campaign} AND ${takesPlace("e")}`;

/** SQL: one row of sums for an event, whatever its state. */
export const sumsOfEvent = (event: Sql): Sql =>
  `(SELECT 1 AS events, ${total((name) => `one.${name}`)} FROM ${perEvent(`e.id = ${event}`)})`;

/** SQL: one row of sums for a campaign. */
export const sumsOfCampaign = (campaign: Sql): Sql =>
  `(SELECT count(*)::int AS events, ${total((name) => `sum(one.${name})`)} FROM ${perEvent(counted(campaign))})`;

/** SQL: a row of sums for each event of a campaign. */
export const sumsByEvent = (campaign: Sql): Sql =>
  `(SELECT one.id, 1 AS events, ${total((name) => `one.${name}`)} FROM ${perEvent(counted(campaign))})`;

/** SQL: a row of sums for each city of a campaign. */
export const sumsByCity = (campaign: Sql): Sql =>
  `(SELECT one.city_id AS id, count(*)::int AS events, ${total((name) => `sum(one.${name})`)}
    FROM ${perEvent(counted(campaign))} GROUP BY one.city_id)`;
