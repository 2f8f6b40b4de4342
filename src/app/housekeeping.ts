import { forgetRsvps } from "../features/rsvps/index.js";
import { pruneLog } from "../platform/changes/store.js";
import type { Services } from "../platform/context.js";

const hour = 3_600_000;
/** Nothing is told of so long after: by then a letter's key needs to keep nobody from being told again. */
const letterKeepHours = 90 * 24;

/** Forgets, every hour, what is past its time: changes, keys of calls, sessions, codes, RSVPs, letters, invitations, imports without a file. */
export function startHousekeeping(services: Services): () => void {
  const { config, pool, log, now } = services;
  const ago = (hours: number): Date => new Date(now().getTime() - hours * hour);
  const tidy = async (): Promise<void> => {
    await pruneLog(pool, ago(config.changeKeepHours));
    await pool.query("DELETE FROM idempotency_keys WHERE created_at < $1", [ago(24)]);
    await pool.query("DELETE FROM sessions WHERE expires_at < $1", [now()]);
    await pool.query("DELETE FROM sign_in_codes WHERE expires_at < $1 AND first_requested_at < $1", [ago(1)]);
    await pool.query("DELETE FROM event_imports WHERE status = 'AWAITING_FILE' AND created_at < $1", [ago(24)]);
    await forgetRsvps(services);
    await pool.query("DELETE FROM letters WHERE queued_at < $1", [ago(letterKeepHours)]);
    await pool.query("DELETE FROM invitations WHERE expires_at < $1", [ago(30 * 24)]);
  };
  const timer = setInterval(
    () => void tidy().catch((error: unknown) => log.warn({ error }, "housekeeping not done")),
    hour,
  );
  return () => clearInterval(timer);
}
