import type { Args, Scope, Sql } from "../../platform/reading/shape.js";
import { staffOfCampaign } from "../campaigns/index.js";
import { concerned } from "../events/index.js";
import { summed } from "./settle.sql.js";
import { notAhead } from "./turnout.steps.js";

const closed = (row: string): Sql => `${row}.state IN ('FINAL', 'CERTIFIED')`;

const momentOf = (scope: Scope, args: Args): Sql =>
  scope.bind((run) => notAhead(args.value(run, "asOf") as Date, run.ctx.now()), "timestamptz");

/** SQL: when a campaign's last day is over wherever it takes place. */
const dayIsOver = (campaign: string): Sql => `(${campaign}.ends_on + 1)::timestamp AT TIME ZONE 'Etc/GMT+12'`;

/** SQL for a table of one row: how campaigns publish that do not do so at once, as a text, and when the clock next changes that. */
export function publishingOf(scope: Scope): Sql {
  const now = scope.bind((run) => run.ctx.now(), "timestamptz");
  const over = dayIsOver("pc");
  return `(SELECT COALESCE(string_agg(concat_ws(' ', pc.id, pp.publishing, ${now} >= ${over}), ',' ORDER BY pc.id), '') AS publishing,
      min(${over}) FILTER (WHERE ${over} > ${now}) AS "changesAt"
    FROM turnout_policies pp JOIN campaigns pc ON pc.id = pp.campaign_id WHERE pp.publishing <> 'NOW')`;
}

/** SQL: what of a campaign's turnout everybody may read: ALL, what is CLOSED, or nothing (null). */
function published(campaign: Sql, scope: Scope): Sql {
  const now = scope.bind((run) => run.ctx.now(), "timestamptz");
  const ended = `(SELECT ${dayIsOver("pc")} FROM campaigns pc WHERE pc.id = ${campaign})`;
  return `(CASE (SELECT pp.publishing FROM turnout_policies pp WHERE pp.campaign_id = ${campaign})
    WHEN 'AFTER_REVIEW' THEN 'CLOSED' WHEN 'AFTER_DAY' THEN CASE WHEN ${now} >= ${ended} THEN 'ALL' END ELSE 'ALL' END)`;
}

/** SQL: whether this reader is shown the standing `t` of an event; `concerned` says who is, whatever the campaign publishes. */
export function shownOfEvent(event: string, concerned: Sql, scope: Scope): Sql {
  const open = `CASE ${published(`${event}.campaign_id`, scope)} WHEN 'ALL' THEN true WHEN 'CLOSED' THEN ${closed("t")} END`;
  return scope.signedIn ? `(${concerned} OR ${open})` : open;
}

/** SQL: the turnout of an event by its standing `t`, which may be missing. */
export const eventColumns = `
  t.low, t.high, t.peak_low, t.peak_high, t.lowest, t.highest, t.median, t.observed_at, t.changed_at,
  COALESCE(t.state, 'MISSING') AS state, COALESCE(t.reports, 0) AS reports, 1 AS scheduled,
  (t.low IS NOT NULL)::int AS reporting, (t.low IS NOT NULL AND ${closed("t")})::int AS closed`;

/** SQL: the turnout of an event as it is, or as it was. */
export function turnoutOfEvent(event: string, concerned: Sql, scope: Scope, args?: Args): Sql {
  const rows = args?.has("asOf")
    ? `(SELECT * FROM turnout_states ts WHERE ts.event_id = ${event}.id AND ts.changed_at <= ${momentOf(scope, args)}
        ORDER BY ts.version DESC LIMIT 1)`
    : `(SELECT * FROM turnouts tt WHERE tt.event_id = ${event}.id)`;
  return `(SELECT ${eventColumns} FROM (VALUES (1)) always LEFT JOIN ${rows} t ON ${shownOfEvent(event, concerned, scope)})`;
}

/**
 * SQL: the reader is told when the turnout of an event moves: otherwise that something is reported would be known before
 * any number is published. Of one that was closed and is open again it is told that the number is gone.
 */
export const toldOf = (event: string, scope: Scope): Sql =>
  `(${concerned(event, scope)} OR CASE ${published(`${event}.campaign_id`, scope)} WHEN 'ALL' THEN true
    WHEN 'CLOSED' THEN EXISTS (SELECT 1 FROM turnout_states ts WHERE ts.event_id = ${event}.id AND ${closed("ts")}) END)`;

/** Which sums: of a campaign, a city, a region, or of what these have in common. */
export interface Part {
  campaign?: Sql;
  city?: Sql;
  region?: Sql;
}

const conditions = ({ campaign, city, region }: Part, row: string): Sql =>
  [
    campaign && `${row}.campaign_id = ${campaign}`,
    city && `${row}.city_id = ${city}`,
    region && `${row}.city_id IN (SELECT rc.id FROM cities rc WHERE rc.region = ${region})`,
  ]
    .filter(Boolean)
    .join(" AND ");

/**
 * SQL: what has moved the sums of a part until a moment: each standing counts 1 when it came and -1 when the next one did,
 * wherever that one is counted.
 */
export const movesOf = (part: Part, until: Sql): Sql => `
  (SELECT m.campaign_id, m.city_id, m.state, m.low, m.high, m.peak_low, m.peak_high, m.reports, s.sign, s.at AS changed_at
   FROM turnout_states m LEFT JOIN ${nextOnes(part, until)} n ON n.event_id = m.event_id AND n.version = m.version + 1
     CROSS JOIN LATERAL (VALUES (1, m.changed_at), (-1, n.changed_at)) s(sign, at)
   WHERE m.counted AND m.changed_at <= ${until} AND s.at <= ${until} AND ${conditions(part, "m")})`;

/** Of a whole campaign, which no event leaves, they are read at one go: PostgreSQL would look each up by itself, and take twice as long. */
const nextOnes = ({ campaign, city }: Part, until: Sql): Sql =>
  campaign && !city
    ? `(SELECT x.event_id, x.version, x.changed_at FROM turnout_states x
        WHERE x.campaign_id = ${campaign} AND x.changed_at <= ${until} OFFSET 0)`
    : "turnout_states";

/** SQL for a table of sums by campaign and city: those that are kept, or what they were at a moment. */
const sumsTable = (part: Part, scope: Scope, args?: Args): Sql =>
  args?.has("asOf")
    ? `(${summed(movesOf(part, momentOf(scope, args)))})`
    : `(SELECT * FROM turnout_totals k WHERE ${conditions(part, "k")})`;

type Sum = (sum: "sum" | "max", value: Sql) => Sql;
const plain: Sum = (sum, value) => `${sum}(${value})`;

/** SQL: the sums of rows `k`, of which `k.shown` says what this reader is shown. */
export function sumColumns(over: Sum = plain): Sql {
  const shownAs = (all: Sql, ofClosed: Sql): Sql =>
    over("sum", `CASE k.shown WHEN 'ALL' THEN ${all} WHEN 'CLOSED' THEN ${ofClosed} END`);
  // GraphQL's Int ends at 2³¹ - 1; more people than that there are not.
  const people = (all: Sql, ofClosed: Sql): Sql =>
    `CASE WHEN ${shownAs("k.reporting", "k.closed")} > 0 THEN LEAST(${shownAs(all, ofClosed)}, 2147483647) END::int`;
  const count = (all: Sql, ofClosed: Sql): Sql => `COALESCE(${shownAs(all, ofClosed)}, 0)::int`;
  return `
    ${people("k.low", "k.closed_low")} AS low, ${people("k.high", "k.closed_high")} AS high,
    ${people("k.peak_low", "k.closed_low")} AS peak_low, ${people("k.peak_high", "k.closed_high")} AS peak_high,
    ${count("k.reporting", "k.closed")} AS reporting, ${count("k.closed", "k.closed")} AS closed,
    ${count("k.reports", "NULL")} AS reports, COALESCE(${over("sum", "k.scheduled")}, 0)::int AS scheduled,
    ${over("max", "CASE k.shown WHEN 'ALL' THEN k.changed_at END")} AS changed_at, NULL::text AS state,
    NULL::int AS lowest, NULL::int AS highest, NULL::float8 AS median, NULL::timestamptz AS observed_at`;
}

/** SQL: rows of sums by campaign, with what of each this reader is shown: found out once a row, not once for each of its sums. */
export const shownRows = (rows: Sql, scope: Scope): Sql =>
  `(SELECT r.*, CASE WHEN ${staffOfCampaign("r.campaign_id", scope)} THEN 'ALL' ELSE ${published("r.campaign_id", scope)} END AS shown
    FROM ${rows} r OFFSET 0)`;

/** SQL for the sums of a part, each event once: one row, or one for each value of `by`, an expression on the city `c`. */
export function turnoutOf(part: Part, scope: Scope, { args, by }: { args?: Args; by?: Sql } = {}): Sql {
  const rows = shownRows(sumsTable(part, scope, args), scope);
  if (!by) return `(SELECT ${sumColumns()} FROM ${rows} k)`;
  return `(SELECT ${by}, ${sumColumns()} FROM ${rows} k JOIN cities c ON c.id = k.city_id GROUP BY ${by} HAVING sum(k.scheduled) > 0)`;
}
