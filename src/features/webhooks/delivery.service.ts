import { randomUUID } from "node:crypto";
import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, toGlobalId } from "../../platform/database/ids.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { send } from "./delivery.send.js";
import { WebhookDelivery } from "./webhook.js";
import { webhookChanged } from "./webhook.changes.js";
import { outgoingLimit, ownWebhook } from "./webhook.service.js";
import { WebhookDeliveryState, WebhookState, type WebhookFailure } from "./webhook.values.js";

/** What came of a dry run. */
export interface Tested {
  delivered: boolean;
  status: number | null;
  milliseconds: number;
  error: WebhookFailure | null;
  answer: string;
}

const answerShown = 1_000;

/** Sends a message that says nothing, now, and tells what came of it; nothing is kept. */
export async function testWebhook(ctx: Context, input: { webhookId: string }): Promise<Tested> {
  const webhook = await ownWebhook(ctx, input.webhookId);
  await outgoingLimit(ctx, webhook.personId);
  const about = { webhookId: toGlobalId("Webhook", webhook.id) };
  const body = JSON.stringify({ type: "webhook.test", timestamp: ctx.now().toISOString(), data: about });
  const { delivered, status, milliseconds, error, beginning } = await send(ctx, webhook, `test_${randomUUID()}`, body);
  return { delivered, status, milliseconds, error, answer: Array.from(beginning).slice(0, answerShown).join("") };
}

/** Sends a message again, as it was made, with three days of tries from now. */
export function redeliverWebhookDelivery(
  ctx: Context,
  input: Repeatable & { deliveryId: string },
): Promise<{ deliveryId: string }> {
  const { personId } = signedIn(ctx);
  return transactOnce(ctx, "redeliverWebhookDelivery", input, async (tx) => {
    const id = fromGlobalId("WebhookDelivery", input.deliveryId, "input.deliveryId");
    const found = await tx.db.findOne(WebhookDelivery, { where: { id }, lock: { mode: "for_no_key_update" } });
    const none = new Refusal("NOT_FOUND", "You have no such delivery; they are kept for some days.");
    if (!found) throw none;
    const webhook = await ownWebhook(tx, toGlobalId("Webhook", found.webhookId)).catch(() => {
      throw none;
    });
    if (webhook.state !== WebhookState.ACTIVE)
      throw new Refusal("CONFLICT", "This webhook sends nothing: resume it, or make a new one.", {
        reason: webhook.state === WebhookState.PAUSED ? ErrorReason.WEBHOOK_PAUSED : ErrorReason.WEBHOOK_ENDED,
      });
    const { FAILED, PENDING } = WebhookDeliveryState;
    if (found.state === FAILED && found.bodySealed === null)
      throw new Refusal("CONFLICT", "This message was never made; read what changed, as `changes(since:)` tells it.", {
        reason: ErrorReason.WEBHOOK_MESSAGE_NOT_MADE,
      });
    const now = tx.now();
    const again = { state: PENDING, attempts: 0, triedFrom: now, nextAt: now };
    await tx.db.update(WebhookDelivery, { id }, again);
    webhookChanged(tx, webhook.id);
    await audit(tx, { type: "WebhookDelivery", id, scopes: [personId] });
    return { deliveryId: id };
  });
}
