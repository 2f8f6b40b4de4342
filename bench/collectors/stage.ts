import { toGlobalId } from "../../src/platform/database/ids.js";
import type { BenchDatabase } from "../support/database.js";
import { tokenOf } from "../support/shifts.js";
import type { Target } from "./load.js";
import { byCityDay, type Row } from "./rows.js";

/** The city-days as events; a place that the gazetteer does not know is in the nearest city of the state, else its largest. */
const eventsSql = `
WITH campaign AS (
  INSERT INTO campaigns (id, slug, title, starts_on, ends_on, status, created_at)
  SELECT gen_random_uuid(), 'benchmark', 'A day of action', min(d.date), max(d.date), 'OPEN', now()
  FROM jsonb_to_recordset($1) d(date date) RETURNING id
)
INSERT INTO events (id, campaign_id, city_id, type, title, starts_on, ends_on, time_zone, span_starts_at, span_ends_at, country,
  public_latitude, public_longitude, location_precision, visibility, review, accessibility, created_at, updated_at)
SELECT gen_random_uuid(), campaign.id, c.id, 'RALLY', d."cityDay", d.date, d.date, zone, d.date::timestamp AT TIME ZONE zone,
  (d.date + 1)::timestamp AT TIME ZONE zone, 'US', c.latitude, c.longitude, 'CITY', 'PUBLIC', 'APPROVED', 'NOT_SURE', now(), now()
FROM campaign, jsonb_to_recordset($1) d("cityDay" text, date date, locality text, state text, latitude float8, longitude float8, "timeZone" text),
  LATERAL (SELECT * FROM cities c ORDER BY c.region = d.state DESC, lower(c.name) = lower(d.locality) DESC,
    (c.latitude - d.latitude) ^ 2 + (c.longitude - d.longitude) ^ 2, c.population DESC LIMIT 1) c,
  LATERAL (SELECT COALESCE(d."timeZone", c.time_zone) AS zone) z
RETURNING id, title`;

/** Each collector is a person who is signed in and named as a reporter of every event. */
const collectorsSql = `
WITH person AS (
  INSERT INTO people (id, email_hash, email_sealed, created_at)
  SELECT gen_random_uuid(), ('collector ' || n)::bytea, '', now() FROM generate_series(1, $1::int) n RETURNING id
), session AS (
  INSERT INTO sessions (id, token_hash, person_id, created_at, expires_at)
  SELECT gen_random_uuid(), sha256(('benchmark-token-' || to_char(row_number() OVER () - 1, 'FM00000000'))::bytea), id, now(),
    now() + interval '1 day' FROM person
)
INSERT INTO event_roles (event_id, person_id, role) SELECT e.id, p.id, 'REPORTER' FROM events e, person p`;

/** Makes the campaign, one event a city-day, and an account for each collector. */
export async function setStage(database: BenchDatabase, url: string, rows: Row[]): Promise<Target> {
  const days = byCityDay(rows).map(([first]) => first!);
  const made = await database.query<{ id: string; title: string }>(eventsSql, [JSON.stringify(days)]);
  const events = new Map(made.map(({ id, title }) => [title, toGlobalId("Event", id)]));
  const collectors = [...new Set(rows.map(({ reporter }) => reporter))];
  await database.query(collectorsSql, [collectors.length]);
  return {
    url,
    tokenOf: (reporter) => tokenOf(collectors.indexOf(reporter)),
    eventOf: (cityDay) => events.get(cityDay)!,
  };
}
