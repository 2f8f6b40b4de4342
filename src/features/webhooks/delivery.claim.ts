import type { Services } from "../../platform/context.js";
import type { Receiver } from "./delivery.send.js";
import type { WebhookDelivery } from "./webhook.js";

/** A message that this node is to send now. */
export type Claimed = Pick<WebhookDelivery, "id" | "webhookId" | "attempts" | "triedFrom"> &
  Receiver & { bodySealed: Buffer };

/** Which of the messages that are due a node takes. */
export interface Lane {
  /** Of webhooks whose last try failed, or of the others: who answers late or never must not hold up who answers. */
  failing: boolean;
  /** Webhooks of which this node is sending something. */
  busy: string[];
  /** At most so many, and so many of one webhook. */
  room: number;
  perWebhook: number;
}

// A row that is locked is being claimed by another node.
const claimSql = `
  WITH due AS (
    SELECT d.id FROM webhooks w CROSS JOIN LATERAL (
      SELECT p.id, p.next_at, p.position FROM webhook_deliveries p
      WHERE p.webhook_id = w.id AND p.state = 'PENDING' AND p.body_sealed IS NOT NULL
        AND p.next_at <= $1 AND (p.held_until IS NULL OR p.held_until <= $1)
      ORDER BY p.next_at, p.position LIMIT $4) d
    WHERE w.state = 'ACTIVE' AND (w.failing_since IS NOT NULL) = $2 AND w.id <> ALL ($3)
    ORDER BY d.next_at, d.position LIMIT $5),
  free AS (
    SELECT f.id FROM webhook_deliveries f JOIN due ON due.id = f.id
    WHERE f.state = 'PENDING' AND (f.held_until IS NULL OR f.held_until <= $1) FOR UPDATE OF f SKIP LOCKED)
  UPDATE webhook_deliveries d SET held_until = $6, attempts = d.attempts + 1, tried_at = $1
  FROM free, webhooks w WHERE d.id = free.id AND w.id = d.webhook_id
  RETURNING d.id, d.webhook_id AS "webhookId", d.attempts, d.tried_from AS "triedFrom", d.body_sealed AS "bodySealed",
    w.url, w.seed, w.old_seed AS "oldSeed", w.old_secret_until AS "oldSecretUntil"`;

/** What a node that sends needs beyond the time of the sending, to note what came of it. */
const noteWithinMs = 30_000;

/**
 * Takes messages that are due, for a while: of a node that is killed meanwhile the next one takes them. No transaction
 * stays open while a receiver thinks: it would hold the change log back for everybody.
 */
export async function claim({ config, now, pool }: Services, lane: Lane): Promise<Claimed[]> {
  if (lane.room <= 0) return [];
  const at = now();
  const until = new Date(at.getTime() + config.webhookTimeoutMs + noteWithinMs);
  const values = [at, lane.failing, lane.busy, lane.perWebhook, lane.room, until];
  return (await pool.query<Claimed>({ name: "claim_webhook_deliveries", text: claimSql, values })).rows;
}
