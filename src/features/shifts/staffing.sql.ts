import type { Sql } from "../../platform/reading/shape.js";

/** SQL for how many people are at an event, as higher features know it; the largest counts. */
export const crowds: ((event: string) => Sql)[] = [];

const planned = (row: string): Sql => `${row}.status IN ('OPEN', 'CLOSED')`;

/** SQL: how many can be counted on in the hour with the fewest, from now to the end of the event. */
const fewest = (event: string, now: Sql): Sql =>
  `COALESCE((SELECT min(n) FROM (
     SELECT (SELECT COALESCE(sum(c.confirmed), 0) FROM shifts c
             WHERE c.event_id = ${event}.id AND ${planned("c")} AND c.starts_at <= m.t AND c.ends_at > m.t) AS n
     FROM (SELECT DISTINCT GREATEST(s.starts_at, ${event}.span_starts_at, ${now}) AS t FROM shifts s
           WHERE s.event_id = ${event}.id AND ${planned("s")} AND s.starts_at < ${event}.span_ends_at
             AND s.ends_at > GREATEST(${event}.span_starts_at, ${now})) m) moments), 0)::int`;

/** SQL for a table of one row: how many people are expected and are there, for how many one peacekeeper is, how many stand. */
const planOf = (event: string, now: Sql): Sql => `(
  SELECT p.expected_turnout, COALESCE(p.ratio, 'ONE_TO_50') AS ratio, ${fewest(event, now)} AS standing,
    GREATEST(${["NULL::int", ...crowds.map((crowd) => crowd(event))].join(", ")}) AS crowd,
    CASE p.ratio WHEN 'ONE_TO_100' THEN 100 ELSE 50 END AS people
  FROM (SELECT) one LEFT JOIN staffing_plans p ON p.event_id = ${event}.id)`;

/** SQL for a table of one row: what the crowd of an event needs, and what is missing of it. */
export const targetOf = (event: string, now: Sql): Sql => `(
  SELECT k.expected_turnout, k.ratio, k.target,
    CASE WHEN k.target IS NOT NULL AND ${event}.span_ends_at > ${now} THEN GREATEST(k.target - k.standing, 0) END AS gap
  FROM (
    SELECT plan.*, ceil(GREATEST(plan.expected_turnout, plan.crowd)::numeric / plan.people)::int AS target
    FROM ${planOf(event, now)} plan) k)`;

/**
 * SQL for how many peacekeepers those people need who are at the events $1 at the time $2, and how many stand there: of
 * events that are not over and plan with shifts.
 */
export const neededNow = (): Sql => `
  SELECT e.id AS "eventId", ceil(plan.crowd::numeric / plan.people)::int AS needed, plan.standing
  FROM events e, LATERAL ${planOf("e", "$2::timestamptz")} plan WHERE e.id = ANY ($1::uuid[]) AND e.span_ends_at > $2
    AND (EXISTS (SELECT 1 FROM shifts s WHERE s.event_id = e.id AND ${planned("s")})
      OR EXISTS (SELECT 1 FROM staffing_plans p WHERE p.event_id = e.id))
  ORDER BY e.id`;
