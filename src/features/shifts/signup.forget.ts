import type { Pool } from "pg";
import type { Services } from "../../platform/context.js";
import { forget } from "../../platform/database/forget.js";
import { foldSignups } from "./signup.fold.js";

const dayMs = 24 * 3_600_000;
const year = 365;
/** So many a statement: all of a day of action at once would take longer than a statement may. */
const some = 5_000;

/** SQL: the sign-ups of shifts that are over, at events that are. */
const longOver = `
  SELECT over.id FROM shift_signups over JOIN shifts s ON s.id = over.shift_id JOIN events e ON e.id = s.event_id
  WHERE s.ends_at < $1 AND e.span_ends_at < $1`;

/** That somebody was told of an event because they stood there says that they did. */
const followed = `because = 'SHIFT' AND event_id IN (SELECT e.id FROM events e WHERE e.span_ends_at < $1)
  AND NOT EXISTS (SELECT 1 FROM shift_signups g JOIN shifts s ON s.id = g.shift_id
    WHERE s.event_id = event_follows.event_id AND g.person_id = event_follows.person_id)`;

/** What else says who stood at events that ended before then: of each higher feature what it has, while the sign-ups are still there. */
export const beforeForgetting: ((pool: Pool, before: Date) => Promise<void>)[] = [];

/**
 * Erases who signed up for what, so long after the event, with why and by whom; counts and sums of hours stay. A profile
 * goes a year after it was said, or its person stood last; that a coordinator knows somebody, after two years.
 */
export async function forgetSignups({ pool, now, config }: Pick<Services, "pool" | "now" | "config">): Promise<void> {
  const ago = (days: number): Date => new Date(now().getTime() - days * dayMs);
  const before = ago(config.personalKeepDays);
  for (const alsoForget of beforeForgetting) await alsoForget(pool, before);
  for (let left = true; left;) {
    await pool.query(foldSignups(`${longOver} ORDER BY over.id LIMIT ${some} FOR UPDATE OF over`), [before]);
    left = (await pool.query(`${longOver} LIMIT 1`, [before])).rowCount === 1;
  }
  await forget(pool, "event_follows", followed, before);
  await forget(pool, "known_peacekeepers", "scope_id IN (SELECT id FROM events WHERE span_ends_at < $1)", before);
  const unused = "NOT EXISTS (SELECT 1 FROM shift_signups g WHERE g.person_id = peacekeepers.person_id)";
  await forget(pool, "peacekeepers", `used_at < $1 AND ${unused}`, ago(year));
  await forget(pool, "known_peacekeepers", "since < $1", ago(2 * year));
}
