import { isOn, isPublic } from "../events/index.js";

/** SQL: the event counts in totals. */
export const countedEvent = (row: string): string => `${isPublic(row)} AND ${isOn(row)}`;

/** The campaign that events of no campaign are summed under. */
const noCampaign = "00000000-0000-0000-0000-000000000000";

/** Takes the rows of events in the order of their ids: what moves their turnout goes one after the other. */
export const makeSql = `
  INSERT INTO turnouts (event_id, campaign_id, city_id, counted, state, reports, changed_at, version)
  SELECT e.id, e.campaign_id, e.city_id, false, 'MISSING', 0, $2, 0 FROM events e WHERE e.id = ANY ($1::uuid[])
  ORDER BY e.id ON CONFLICT (event_id) DO NOTHING`;

export const lockSql = `SELECT event_id FROM turnouts WHERE event_id = ANY ($1::uuid[]) ORDER BY event_id FOR UPDATE`;

/** Many instants are read as numbers: as texts they take as long as all the rest. */
const inMs = (instant: string): string => `round(date_part('epoch', ${instant}) * 1000)`;

const unhindered = `NOT EXISTS (
  SELECT 1 FROM turnout_reporters q WHERE q.id = r.reporter_id AND q.quarantined_at IS NOT NULL)`;

/**
 * SQL: a report counts that is accepted, and by nobody who is in quarantine. What came late is said, but not weighed; what
 * a late correction stands in place of is weighed, but no longer said.
 */
const counts = `${unhindered} AND (r.status = 'ACCEPTED' OR (r.status = 'SUPERSEDED' AND NOT r.late AND EXISTS (
  SELECT 1 FROM turnout_reports l WHERE l.corrects_id = r.id AND l.late AND l.status NOT IN ('REJECTED', 'RETRACTED'))))`;

/**
 * What the standings of the events of $1 come of. Their reports are JSON, which is read several times as fast as rows are;
 * null where the reader knows them by the stamp in $2.
 */
export const groundsSql = `
  SELECT e.id AS "eventId", e.campaign_id AS "campaignId", e.city_id AS "cityId",
    ${countedEvent("e")} AS counted, t.closed, t.closing_report_id AS "closingReportId",
    t.low AS "wasLow", t.high AS "wasHigh", t.observed_at AS "wasObservedAt", c.low AS "closingLow", c.high AS "closingHigh",
    CASE WHEN t.reports_stamp = k.stamp THEN NULL ELSE COALESCE((SELECT json_agg(json_build_array(r.id, r.reporter_id, r.low, r.high, r.method, r.source, r.vouched,
      ${inMs("r.observed_at")}, ${inMs("r.received_at")}, r.status = 'ACCEPTED', NOT r.late))
      FROM turnout_reports r WHERE r.event_id = t.event_id AND ${counts}), '[]') END AS reports
  FROM unnest($1::uuid[], $2::uuid[]) AS k(event_id, stamp)
  JOIN turnouts t ON t.event_id = k.event_id JOIN events e ON e.id = t.event_id
  LEFT JOIN LATERAL (SELECT r.low, r.high FROM turnout_reports r
    WHERE r.id = t.closing_report_id AND r.status = 'ACCEPTED' AND ${unhindered}) c ON true
  ORDER BY t.event_id`;

/** The columns of a standing, with their types. */
const columns = {
  campaign_id: "uuid",
  city_id: "uuid",
  counted: "boolean",
  state: "text",
  low: "int",
  high: "int",
  peak_low: "int",
  peak_high: "int",
  lowest: "int",
  highest: "int",
  median: "float8",
  reports: "int",
  observed_at: "timestamptz",
};
const names = Object.keys(columns);
const of = (row: string): string => names.map((name) => `${row}.${name}`).join(", ");
const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`);

/** What an event adds to the sums of its campaign in its city. */
const parts: Record<string, string> = {
  scheduled: "1",
  reporting: "(p.low IS NOT NULL)::int",
  reports: "p.reports",
  low: "COALESCE(p.low, 0)",
  high: "COALESCE(p.high, 0)",
  peak_low: "COALESCE(p.peak_low, 0)",
  peak_high: "COALESCE(p.peak_high, 0)",
  closed: "(p.state IN ('FINAL', 'CERTIFIED') AND p.low IS NOT NULL)::int",
  closed_low: "CASE WHEN p.state IN ('FINAL', 'CERTIFIED') THEN COALESCE(p.low, 0) ELSE 0 END",
  closed_high: "CASE WHEN p.state IN ('FINAL', 'CERTIFIED') THEN COALESCE(p.high, 0) ELSE 0 END",
};
export const sumNames = Object.keys(parts);

/** SQL: the sums of the standings of a table, by campaign and one more column; each row counts `sign` times. */
export const summed = (table: string, by = "city_id"): string => `
  SELECT COALESCE(p.campaign_id, '${noCampaign}') AS campaign_id, p.${by},
    ${sumNames.map((name) => `sum(p.sign * ${parts[name]}) AS ${name}`).join(", ")}, max(p.changed_at) AS changed_at
  FROM ${table} p GROUP BY 1, 2`;

/**
 * Writes the standings of $1 that differ from the present ones, keeps each for ever, and moves the sums of their cities by
 * the difference: the sums are never made again. The rows are locked; $3 has their ids, so that nobody looks through all
 * rows for them. $4 stamps the reports that they come of. Gives the events that have another standing now.
 */
export const standingsSql = `
  WITH next AS (
    SELECT * FROM json_to_recordset($1::json) AS n(event_id uuid, ${typed.join(", ")})
  ), present AS MATERIALIZED (
    SELECT * FROM turnouts WHERE event_id = ANY ($3::uuid[])
  ), different AS MATERIALIZED (
    SELECT n.*, b.version + 1 AS version, GREATEST(b.changed_at, $2) AS changed_at
    FROM next n JOIN present b ON b.event_id = n.event_id
    WHERE b.version = 0 OR (${of("n")}) IS DISTINCT FROM (${of("b")})
  ), parts AS MATERIALIZED (
    SELECT 1 AS sign, d.changed_at, ${of("d")} FROM different d WHERE d.counted
    UNION ALL SELECT -1, d.changed_at, ${of("b")} FROM present b JOIN different d ON d.event_id = b.event_id WHERE b.counted
  ), written AS (
    UPDATE turnouts t SET (reports_stamp, version, changed_at, ${names.join(", ")}) = ($4, d.version, d.changed_at, ${of("d")})
    FROM different d WHERE t.event_id = d.event_id AND t.event_id = ANY ($3::uuid[])
  ), stamped AS (
    UPDATE turnouts t SET reports_stamp = $4
    WHERE t.event_id = ANY ($3::uuid[]) AND t.event_id NOT IN (SELECT event_id FROM different)
  ), kept AS (
    INSERT INTO turnout_states (event_id, version, changed_at, ${names.join(", ")})
    SELECT d.event_id, d.version, d.changed_at, ${of("d")} FROM different d
  ), moved AS (
    INSERT INTO turnout_totals AS t (campaign_id, city_id, ${sumNames.join(", ")}, changed_at)
    ${summed("parts")} ORDER BY 1, 2
    ON CONFLICT (campaign_id, city_id) DO UPDATE SET changed_at = GREATEST(t.changed_at, excluded.changed_at),
      ${sumNames.map((name) => `${name} = t.${name} + excluded.${name}`).join(", ")}
  )
  SELECT d.event_id AS "eventId", d.campaign_id AS "campaignId", d.city_id AS "cityId", b.city_id AS "wasCityId", d.high
  FROM different d JOIN present b ON b.event_id = d.event_id ORDER BY d.event_id`;
