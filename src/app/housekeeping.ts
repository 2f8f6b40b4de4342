import { forgetQualifications } from "../features/qualifications/index.js";
import { forgetRsvps } from "../features/rsvps/index.js";
import { forgetSignups } from "../features/shifts/index.js";
import { forgetDeliveries } from "../features/webhooks/index.js";
import { pruneLog } from "../platform/changes/store.js";
import { forget } from "../platform/database/forget.js";
import type { Services } from "../platform/context.js";
import { forgetPeople } from "./forget-people.js";

const hour = 3_600_000;
/** Nothing is told of so long after: by then a letter's key needs to keep nobody from being told again. */
const letterKeepHours = 90 * 24;

/** Forgets, every hour, what is past its time: changes, keys of calls, sessions, codes, RSVPs, sign-ups, names, letters, webhook deliveries, invitations, imports without a file, people with nothing. */
export function startHousekeeping(services: Services): () => void {
  const { config, pool, log, now } = services;
  const ago = (hours: number): Date => new Date(now().getTime() - hours * hour);
  const tidy = async (): Promise<void> => {
    await pruneLog(pool, ago(config.changeKeepHours));
    await forget(pool, "idempotency_keys", "created_at < $1", ago(24));
    await forget(pool, "sessions", "expires_at < $1", now());
    await forget(pool, "sign_in_codes", "expires_at < $1 AND first_requested_at < $1", ago(1));
    await forget(pool, "event_imports", "status = 'AWAITING_FILE' AND created_at < $1", ago(24));
    await forgetRsvps(services);
    await forgetQualifications(services);
    await forgetSignups(services);
    await forgetDeliveries(services);
    await forget(pool, "letters", "queued_at < $1", ago(letterKeepHours));
    await forget(pool, "invitations", "expires_at < $1", ago(30 * 24));
    await forgetPeople(pool, ago(30 * 24));
  };
  const timer = setInterval(
    () => void tidy().catch((error: unknown) => log.warn({ error }, "housekeeping not done")),
    hour,
  );
  return () => clearInterval(timer);
}
