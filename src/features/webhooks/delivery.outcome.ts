import { type Services, systemContext } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import type { Claimed } from "./delivery.claim.js";
import { nextTry, triedForMs } from "./delivery.retries.js";
import { send, type Sent } from "./delivery.send.js";
import { stopWebhook } from "./webhook.end.js";
import { Webhook, WebhookDelivery } from "./webhook.js";
import { WebhookDeliveryState, WebhookReason, WebhookState } from "./webhook.values.js";

/** Sends a claimed message and notes what came of it. */
export async function deliver(services: Services, claimed: Claimed): Promise<void> {
  const body = services.secrets.open(claimed.bodySealed);
  const sent = await send(services, claimed, toGlobalId("WebhookDelivery", claimed.id), body);
  await transact(systemContext(services), "sendWebhookDelivery", async (tx) => {
    const webhook = await tx.db.findOne(Webhook, {
      where: { id: claimed.webhookId },
      lock: { mode: "for_no_key_update" },
    });
    if (!webhook) return;
    await note(tx, claimed, sent);
    if (sent.delivered) await worksAgain(tx, webhook);
    else await fails(tx, webhook, sent);
  });
}

async function note(tx: Transaction, { id, attempts, triedFrom }: Claimed, sent: Sent): Promise<void> {
  const { delivered, status, milliseconds, error, retryAfter } = sent;
  const next = delivered ? null : nextTry({ attempts, triedFrom }, tx.now(), retryAfter);
  const { DELIVERED, FAILED, PENDING } = WebhookDeliveryState;
  const state = delivered ? DELIVERED : next ? PENDING : FAILED;
  const outcome = { state, status, milliseconds, error, nextAt: next, heldUntil: null };
  // What another node has taken meanwhile, or the owner sent again, is theirs to note; but what has arrived has arrived.
  const still = { id, state: PENDING, ...(delivered ? {} : { attempts }) };
  await tx.db.update(WebhookDelivery, still, outcome);
}

/** A receiver that is back gets at once what it has missed. */
async function worksAgain(tx: Transaction, { id, failingSince }: Webhook): Promise<void> {
  if (failingSince === null) return;
  await tx.db.update(Webhook, { id }, { failingSince: null });
  await tx.db.query(
    `UPDATE webhook_deliveries SET next_at = $2
     WHERE webhook_id = $1 AND state = 'PENDING' AND body_sealed IS NOT NULL AND next_at > $2`,
    [id, tx.now()],
  );
}

async function fails(tx: Transaction, webhook: Webhook, { gone }: Sent): Promise<void> {
  if (webhook.state !== WebhookState.ACTIVE) return;
  if (gone) return stopWebhook(tx, webhook, WebhookReason.GONE);
  const { id, failingSince } = webhook;
  if (failingSince === null) await tx.db.update(Webhook, { id }, { failingSince: tx.now() });
  else if (tx.now().getTime() - failingSince.getTime() >= triedForMs)
    await stopWebhook(tx, webhook, WebhookReason.FAILING);
}
