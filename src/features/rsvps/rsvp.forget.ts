import { forget, someAtATime } from "../../platform/database/forget.js";
import type { Services } from "../../platform/context.js";
import { pendingMs } from "./rsvp.policy.js";

const dayMs = 24 * 3_600_000;

/** Erases RSVPs that were not confirmed in time and, so long after the event, names and what was cancelled; counts stay. */
export async function forgetRsvps({ pool, now, config }: Pick<Services, "pool" | "now" | "config">): Promise<void> {
  const keptAfterEventMs = config.personalKeepDays * dayMs;
  const ago = (ms: number): Date => new Date(now().getTime() - ms);
  await forget(pool, "rsvps", "status = 'PENDING' AND since < $1", ago(pendingMs));
  const longOver = `event_id IN (SELECT id FROM events WHERE span_ends_at < $1)`;
  await forget(pool, "rsvps", `status = 'CANCELLED' AND ${longOver}`, ago(keptAfterEventMs));
  const named = { table: "rsvps", where: `name_sealed IS NOT NULL AND ${longOver}`, values: [ago(keptAfterEventMs)] };
  await someAtATime(pool, "UPDATE rsvps SET name_sealed = NULL", named);
}
