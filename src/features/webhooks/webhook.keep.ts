import type { NotMade } from "../../platform/changes/document.js";
import { type Services, systemContext } from "../../platform/context.js";
import { newId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { sendLetter } from "../letters/index.js";
import { leftOutLetter } from "./webhook.letter.js";
import { Webhook, WebhookDelivery } from "./webhook.js";
import { failureOf, unmadeOf } from "./webhook.unmade.js";
import { WebhookDeliveryState, WebhookState } from "./webhook.values.js";

/** Of those that are done so many are kept: a receiver that is told of everything must not fill the disk. */
const mostDone = 2_000;

export interface Message {
  payload: string;
  position: string;
}

/** What a turn has made, of the field that the document asks for, and what it could not make. */
interface Made {
  field: string;
  messages: Message[];
  notMade: NotMade | undefined;
}

/**
 * Writes the messages and the new position, together; not when somebody else has, or when the owner asks for something
 * else by now. What could not be made is noted in its place, or left out when that was tried for long enough.
 */
export const keep = (
  services: Services,
  seen: Webhook,
  moved: { from: string; to: string },
  { field, messages, notMade }: Made,
): Promise<"kept" | "left out"> =>
  transact(systemContext(services), "makeWebhookDeliveries", async (tx) => {
    const { id, document, variables } = seen;
    const before = await tx.db.findOneBy(WebhookDelivery, unmadeOf(id));
    const failure = notMade && failureOf(tx, id, notMade, before && before.position > moved.to ? before : null);
    const leftOut = failure?.state === WebhookDeliveryState.FAILED;
    const still = { id, document, variables, position: moved.from, state: WebhookState.ACTIVE };
    const now = { position: leftOut ? failure.position : moved.to, refusedSince: null, makingUntil: null };
    if (!(await tx.db.update(Webhook, still, now)).affected) return "kept";
    if (before) await tx.db.delete(WebhookDelivery, { id: before.id });
    if (failure) await tx.db.insert(WebhookDelivery, failure);
    if (leftOut) await tellOwner(tx, seen);
    if (messages.length === 0) return leftOut ? "left out" : "kept";
    const rows = messages.map((message) => rowOf(tx, id, field, message));
    await tx.db.insert(WebhookDelivery, rows);
    await tx.db.query(forgetSql, [id]);
    return leftOut ? "left out" : "kept";
  });

/** Once a day at most: of a document that fails with every change one mail says enough. */
const tellOwner = (tx: Transaction, { id, personId }: Webhook): Promise<void> =>
  sendLetter(tx, leftOutLetter, [
    { personId, key: `${id}:LEFT_OUT:${tx.now().toISOString().slice(0, 10)}`, data: { webhookId: id } },
  ]);

const forgetSql = `DELETE FROM webhook_deliveries WHERE id IN (
  SELECT id FROM webhook_deliveries WHERE webhook_id = $1 AND state <> 'PENDING'
  ORDER BY created_at DESC, position DESC, id DESC OFFSET ${mostDone})`;

/** The message as Standard Webhooks wants it, around the answer to the subscription as a socket would get it. */
function rowOf({ now, secrets }: Transaction, webhookId: string, type: string, { payload, position }: Message) {
  const createdAt = now();
  const head = JSON.stringify({ type, timestamp: createdAt.toISOString(), position });
  return {
    id: newId(),
    webhookId,
    position,
    bodySealed: secrets.seal(`${head.slice(0, -1)},${payload.slice(1)}`),
    state: WebhookDeliveryState.PENDING,
    attempts: 0,
    createdAt,
    triedFrom: createdAt,
    nextAt: createdAt,
  };
}
