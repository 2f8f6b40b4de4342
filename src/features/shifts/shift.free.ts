import type { Sql } from "../../platform/reading/shape.js";

/** SQL: one row with the places that can be had at an event, on open shifts that are not over, and when the next of these is. */
export const freePlaces = (event: string, now: Sql): Sql => `(
  SELECT COALESCE(sum(GREATEST(s.capacity - s.taken, 0)), 0)::int AS open, min(s.ends_at) AS "changesAt"
  FROM shifts s WHERE s.event_id = ${event}.id AND s.status = 'OPEN' AND s.ends_at > ${now})`;
