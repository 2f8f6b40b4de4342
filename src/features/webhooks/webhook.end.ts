import type { Transaction } from "../../platform/database/transact.js";
import { sendLetter } from "../letters/index.js";
import { webhookChanged } from "./webhook.changes.js";
import { stoppedLetter } from "./webhook.letter.js";
import { Webhook, WebhookDelivery } from "./webhook.js";
import { WebhookDeliveryState, WebhookReason, WebhookState } from "./webhook.values.js";

/** Stops a webhook that failed for days, or for ever one that cannot go on, and has its owner told. */
export async function stopWebhook(
  tx: Transaction,
  { id, personId }: Pick<Webhook, "id" | "personId">,
  reason: WebhookReason,
): Promise<void> {
  const state = reason === WebhookReason.FAILING ? WebhookState.PAUSED : WebhookState.ENDED;
  await tx.db.update(Webhook, { id }, { state, reason });
  const { DROPPED, PENDING } = WebhookDeliveryState;
  if (state === WebhookState.ENDED)
    await tx.db.update(WebhookDelivery, { webhookId: id, state: PENDING }, { state: DROPPED, nextAt: null });
  webhookChanged(tx, id);
  const key = `${id}:${reason}:${tx.now().toISOString()}`;
  await sendLetter(tx, stoppedLetter, [{ personId, key, data: { webhookId: id, reason } }]);
}
