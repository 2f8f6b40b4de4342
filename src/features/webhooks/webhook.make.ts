import type { LiveDocument, NotMade, Reader } from "../../platform/changes/document.js";
import { type Services, systemContext } from "../../platform/context.js";
import { transact } from "../../platform/database/transact.js";
import { isForbidden, isRefused, liveOf } from "./webhook.document.js";
import { stopWebhook } from "./webhook.end.js";
import { Webhook, WebhookDelivery } from "./webhook.js";
import { keep, type Message } from "./webhook.keep.js";
import { rests } from "./webhook.unmade.js";
import { WebhookDeliveryState, WebhookReason, WebhookState } from "./webhook.values.js";

/** One turn makes at most so many messages, for so long; one that is not done takes another turn. */
const messagesATurn = 100;
const turnMs = 10_000;
/** Of a receiver that is away no more than these wait: what follows stays in the log, where changes of one thing merge. */
const mostPending = 500;
/** Of a node that was killed the others take the webhooks over after so long. */
const takenForMs = 30_000;
/** While a new version is rolled out, an old node may not know what a document asks for. */
const refusedForMs = 3_600_000;

/** How a turn ended: nothing left to do, more to do at once, or later; or the webhook is not active. */
export type Turn = "done" | "more" | "later" | "off";

/**
 * Makes the messages of what has changed since the position of a webhook, as a subscription with `after:` would, with
 * its owner's rights as they are now. `follow` is called with the rooms before anything is read: what changes meanwhile
 * has its turn afterwards.
 */
export async function makeDeliveries(services: Services, id: string, follow: (rooms: string[]) => void): Promise<Turn> {
  const webhook = await services.db.findOneBy(Webhook, { id, state: WebhookState.ACTIVE });
  if (!webhook) return "off";
  const live = await liveOf(services, webhook).catch((error: unknown) => refused(services, webhook, error));
  if (live === "refused") return "later";
  if (!live) return "off";
  follow(live.rooms);
  if (await rests(services, id)) return "later";
  const position = await take(services, webhook);
  if (position === null) return "later";
  try {
    return await makeStretch(services, webhook, position, live);
  } finally {
    // One that has come further was given back with that. Should two ever make the same, the position lets one write it.
    await services.pool.query("UPDATE webhooks SET making_until = NULL WHERE id = $1 AND position = $2", [
      id,
      position,
    ]);
  }
}

/**
 * Takes a webhook for this node, and gives the position that it stands at; null while another node has it. No transaction
 * stays open while messages are made, and no connection is held while others are asked for.
 */
async function take({ now, pool }: Services, { id, document, variables }: Webhook): Promise<string | null> {
  const at = now();
  const { rows } = await pool.query<{ position: string }>(
    `UPDATE webhooks SET making_until = $2 WHERE id = $1 AND state = 'ACTIVE' AND document = $4 AND variables = $5
       AND (making_until IS NULL OR making_until <= $3) RETURNING position`,
    [id, new Date(at.getTime() + takenForMs), at, document, variables],
  );
  return rows[0]?.position ?? null;
}

/** Ends a webhook whose document is refused: at once where rights are gone, else when it has been so for a while. */
async function refused(services: Services, { id }: Webhook, error: unknown): Promise<"refused"> {
  if (!isRefused(error)) throw error;
  const reason = isForbidden(error) ? WebhookReason.FORBIDDEN : WebhookReason.NOT_ADMITTED;
  await transact(systemContext(services), "endWebhook", async (tx) => {
    const webhook = await tx.db.findOne(Webhook, {
      where: { id, state: WebhookState.ACTIVE },
      lock: { mode: "for_no_key_update" },
    });
    if (!webhook) return;
    const refusedSince = webhook.refusedSince ?? tx.now();
    const longEnough = tx.now().getTime() - refusedSince.getTime() >= refusedForMs;
    if (reason === WebhookReason.FORBIDDEN || longEnough) await stopWebhook(tx, webhook, reason);
    else if (!webhook.refusedSince) await tx.db.update(Webhook, { id }, { refusedSince });
  });
  return "refused";
}

/** Makes the next messages. */
async function makeStretch(services: Services, webhook: Webhook, position: string, live: LiveDocument): Promise<Turn> {
  const waiting = { webhookId: webhook.id, state: WebhookDeliveryState.PENDING };
  if ((await services.db.countBy(WebhookDelivery, waiting)) >= mostPending) return "later";
  const notes = new Notes();
  const end = await live.replay(position, notes, () => notes.hasRoom);
  if (notes.gone) return "off";
  const { messages, notMade } = notes;
  const moved = { from: position, to: end ?? notes.position ?? position };
  // What was made before one that failed is kept.
  const kept = await keep(services, webhook, moved, { field: live.field, messages, notMade });
  if (notes.failed && !notMade) throw new Error("The messages of a webhook were not made.");
  if (notMade) return kept === "left out" ? "more" : "later";
  return end === null ? "more" : "done";
}

/** A reader who writes down what it is told, and how far it has come. */
class Notes implements Reader {
  readonly messages: Message[] = [];
  position: string | null = null;
  failed = false;
  notMade: NotMade | undefined;
  gone = false;
  readonly #until = performance.now() + turnMs;

  /** A turn always comes further, however long that takes: else the next would begin where it did. */
  get hasRoom(): boolean {
    return this.position === null || (this.messages.length < messagesATurn && performance.now() < this.#until);
  }

  send(payload: string, position: string): void {
    this.messages.push({ payload, position });
    this.position = position;
  }

  reached(position: string): void {
    this.position = position;
  }

  keepsUp(): boolean {
    return true;
  }

  lagging(): void {
    this.failed = true;
  }

  unavailable(notMade?: NotMade): void {
    this.failed = true;
    this.notMade = notMade;
  }

  forbidden(): void {
    this.gone = true;
  }
}
