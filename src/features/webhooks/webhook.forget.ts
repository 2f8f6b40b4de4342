import type { Services } from "../../platform/context.js";
import { forget } from "../../platform/database/forget.js";

const day = 24 * 3_600_000;

/** Forgets messages that were made so long ago that nobody looks for them any more; those that are still tried stay. */
export async function forgetDeliveries({ config, now, pool }: Services): Promise<void> {
  const before = new Date(now().getTime() - config.webhookKeepDays * day);
  const tried = "state = 'PENDING' AND webhook_id IN (SELECT id FROM webhooks WHERE state = 'ACTIVE')";
  await forget(pool, "webhook_deliveries", `created_at < $1 AND NOT (${tried})`, before);
}

/** How many messages wait to be delivered. */
export async function pendingDeliveries({ pool }: Pick<Services, "pool">): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM webhook_deliveries WHERE state = 'PENDING'",
  );
  return rows[0]!.n;
}
