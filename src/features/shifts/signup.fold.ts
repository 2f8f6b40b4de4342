import type { Sql } from "../../platform/reading/shape.js";
import { minutesOf, stood } from "./hours.sql.js";
import { tallies, tallyColumns } from "./tally.shape.js";

const adding = (table: string, columns: string[]): Sql =>
  columns.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(", ");

/** SQL: the key of a letter names the sign-up, one of its shift's swaps, or their event. */
const isAbout = `(l.key LIKE gone.id || ':%' OR strpos(l.key, gone.event_id::text) > 0 OR EXISTS (
  SELECT 1 FROM shift_swaps w WHERE w.shift_id = gone.shift_id AND l.key LIKE w.id || ':%'))`;

/**
 * SQL, one statement: erases the sign-ups that a query finds (as their ids), with all that hangs on them, and the keys of
 * letters that say the same. What they come to is added to the counts of their shifts and to the hours of their people,
 * whose profiles count as used then.
 */
export const foldSignups = (ids: Sql): Sql => `
  WITH gone AS (
    DELETE FROM shift_signups g WHERE g.id IN (${ids})
    RETURNING g.id, g.shift_id, (SELECT s.event_id FROM shifts s WHERE s.id = g.shift_id) AS event_id, g.person_id, g.status, g.released_late, g.ends_at, ${stood("g")} AS stood, ${minutesOf("g")} AS minutes
  ), tallied AS (
    INSERT INTO shift_tallies (shift_id, ${tallyColumns.join(", ")})
    SELECT shift_id, ${tallies.join(", ")} FROM gone GROUP BY shift_id
    ON CONFLICT (shift_id) DO UPDATE SET ${adding("shift_tallies", tallyColumns)}
  ), profiled AS (
    UPDATE peacekeepers p SET used_at = GREATEST(p.used_at, ended.at)
    FROM (SELECT person_id, max(ends_at) AS at FROM gone WHERE stood GROUP BY person_id) ended
    WHERE p.person_id = ended.person_id
  ), unwritten AS (
    DELETE FROM letters l USING gone WHERE l.person_id = gone.person_id AND ${isAbout}
  )
  INSERT INTO kept_hours (person_id, shifts, minutes)
  SELECT person_id, count(*), sum(minutes) FROM gone WHERE stood GROUP BY person_id
  ON CONFLICT (person_id) DO UPDATE SET ${adding("kept_hours", ["shifts", "minutes"])}`;
