import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { rateLimit } from "../../platform/limits/rate.js";
import { newToken } from "../../platform/secrets.js";
import { lockPerson } from "../people/index.js";
import { webhookChanged } from "./webhook.changes.js";
import { admitted } from "./webhook.document.js";
import type { CreateWebhookInput, UpdateWebhookInput } from "./webhook.inputs.js";
import { Webhook, WebhookDelivery } from "./webhook.js";
import { secretOf } from "./webhook.secret.js";
import { unmadeOf } from "./webhook.unmade.js";
import { receiverUrl } from "./webhook.url.js";
import { WebhookReason, WebhookState } from "./webhook.values.js";

const mostPerPerson = 20;
const oldSecretMs = 24 * 3_600_000;

/** A minute: each of these looks a name up, or sends something. */
export const outgoingLimit = rateLimit(30);

/** Which webhook, in a call that may be sent again. */
interface OfWebhook extends Repeatable {
  webhookId: string;
}

/** A webhook, and its secret: the one time that it is told. */
interface Made {
  webhookId: string;
  secret: string;
}

/** Makes a webhook whose messages are of what changes from now on, or after the position that its document asks from. */
export async function createWebhook(ctx: Context, input: CreateWebhookInput): Promise<Made> {
  const { personId } = signedIn(ctx);
  await outgoingLimit(ctx, personId);
  const { document, variables } = input;
  const { after } = await admitted(ctx, { document, variables, personId });
  const url = await receiverUrl(ctx, input.url);
  const made = await transactOnce(ctx, "createWebhook", input, async (tx) => {
    await lockPerson(tx, personId);
    if ((await tx.db.countBy(Webhook, { personId })) >= mostPerPerson)
      throw new Refusal("CONFLICT", `You have ${mostPerPerson} webhooks; delete one first.`, {
        reason: ErrorReason.TOO_MANY_WEBHOOKS,
      });
    const [id, seed] = [newId(), newToken()];
    const position = after ?? ctx.position;
    const facts = { name: tidy(input.name)!, url, document, variables, position, seed, createdAt: tx.now() };
    await tx.db.insert(Webhook, { id, personId, state: WebhookState.ACTIVE, ...facts });
    await noted(tx, { id, personId });
    return { webhookId: id, seed };
  });
  return { webhookId: made.webhookId, secret: secretOf(ctx.secrets, made.seed) };
}

/** The viewer's webhook of an id, locked in a transaction; for everybody else there is none. */
export async function ownWebhook(ctx: Context, globalId: string, lock = false): Promise<Webhook> {
  const { personId } = signedIn(ctx);
  const id = fromGlobalId("Webhook", globalId, "input.webhookId");
  const found = await ctx.db.findOne(Webhook, {
    where: { id, personId },
    ...(lock ? { lock: { mode: "for_no_key_update" } } : {}),
  });
  if (!found) throw new Refusal("NOT_FOUND", "You have no such webhook.");
  return found;
}

/** Sets what is given. What is on its way already goes to the new address. */
export async function updateWebhook(ctx: Context, input: UpdateWebhookInput): Promise<{ webhookId: string }> {
  const { personId } = signedIn(ctx);
  await outgoingLimit(ctx, personId);
  const before = await ownWebhook(ctx, input.webhookId);
  const { document = null, variables = null } = input;
  const asked = { document: document ?? before.document, variables: variables ?? before.variables };
  if (document !== null || variables !== null) await admitted(ctx, { ...asked, personId });
  const wanted = {
    ...asked,
    name: tidy(input.name) ?? before.name,
    url: typeof input.url === "string" ? await receiverUrl(ctx, input.url) : before.url,
  };
  return transactOnce(ctx, "updateWebhook", input, async (tx) => {
    const webhook = await ownWebhook(tx, input.webhookId, true);
    refuseEnded(webhook);
    const fields = (["name", "url", "document", "variables"] as const).filter((name) => webhook[name] !== wanted[name]);
    if (fields.length === 0) return { webhookId: webhook.id };
    await tx.db.update(Webhook, { id: webhook.id }, { ...wanted, refusedSince: null });
    // What another document could not say, this one may.
    if (fields.includes("document") || fields.includes("variables"))
      await tx.db.delete(WebhookDelivery, unmadeOf(webhook.id));
    return noted(tx, webhook, fields);
  });
}

function refuseEnded({ state }: Webhook): void {
  if (state === WebhookState.ENDED)
    throw new Refusal("CONFLICT", "This webhook has ended; make a new one.", { reason: ErrorReason.WEBHOOK_ENDED });
}

/** Sends nothing more until it is resumed. */
export const pauseWebhook = (ctx: Context, input: OfWebhook): Promise<{ webhookId: string }> =>
  transactOnce(ctx, "pauseWebhook", input, async (tx) => {
    const webhook = await ownWebhook(tx, input.webhookId, true);
    refuseEnded(webhook);
    if (webhook.state === WebhookState.PAUSED) return { webhookId: webhook.id };
    const paused = { state: WebhookState.PAUSED, reason: WebhookReason.BY_YOU };
    await tx.db.update(Webhook, { id: webhook.id }, paused);
    return noted(tx, webhook, ["state"]);
  });

/** Goes on where it was: what was missed is told first. */
export const resumeWebhook = (ctx: Context, input: OfWebhook): Promise<{ webhookId: string }> =>
  transactOnce(ctx, "resumeWebhook", input, async (tx) => {
    const webhook = await ownWebhook(tx, input.webhookId, true);
    refuseEnded(webhook);
    if (webhook.state === WebhookState.ACTIVE) return { webhookId: webhook.id };
    const active = { state: WebhookState.ACTIVE, reason: null, failingSince: null, refusedSince: null };
    await tx.db.update(Webhook, { id: webhook.id }, active);
    return noted(tx, webhook, ["state"]);
  });

/** Makes another secret; the one before is valid beside it for a day, and of three the oldest is not. */
export async function rotateWebhookSecret(ctx: Context, input: OfWebhook): Promise<Made> {
  const made = await transactOnce(ctx, "rotateWebhookSecret", input, async (tx) => {
    const webhook = await ownWebhook(tx, input.webhookId, true);
    refuseEnded(webhook);
    const seed = newToken();
    const oldSecretUntil = new Date(tx.now().getTime() + oldSecretMs);
    await tx.db.update(Webhook, { id: webhook.id }, { seed, oldSeed: webhook.seed, oldSecretUntil });
    return { ...(await noted(tx, webhook, ["secret"])), seed };
  });
  return { webhookId: made.webhookId, secret: secretOf(ctx.secrets, made.seed) };
}

/** Deletes a webhook with its messages: those that are on their way arrive, those that wait do not. */
export const deleteWebhook = (ctx: Context, input: OfWebhook): Promise<{ webhookId: string }> =>
  transactOnce(ctx, "deleteWebhook", input, async (tx) => {
    const webhook = await ownWebhook(tx, input.webhookId, true);
    await tx.db.delete(Webhook, { id: webhook.id });
    return noted(tx, webhook);
  });

async function noted(
  tx: Transaction,
  { id, personId }: Pick<Webhook, "id" | "personId">,
  fields: string[] = [],
): Promise<{ webhookId: string }> {
  webhookChanged(tx, id);
  await audit(tx, { type: "Webhook", id, scopes: [personId], fields });
  return { webhookId: id };
}
