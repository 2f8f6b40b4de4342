import { IsNull, MoreThan } from "typeorm";
import type { NotMade } from "../../platform/changes/document.js";
import type { Services } from "../../platform/context.js";
import { newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { isUnavailable } from "../../platform/graphql/mask.js";
import { nextTry } from "./delivery.retries.js";
import { WebhookDelivery } from "./webhook.js";
import { WebhookDeliveryState, WebhookFailure } from "./webhook.values.js";

const { FAILED, PENDING } = WebhookDeliveryState;

/** Tries of what comes to the same each time, unless a new version of the server is installed meanwhile: most of an hour. */
const triesOfFault = 6;

/** The message of a webhook that could not be made and will be tried again: one at most, the others wait behind it. */
export const unmadeOf = (webhookId: string) => ({ webhookId, state: PENDING, bodySealed: IsNull() });

/** Whether the next message could not be made, and is not to be tried yet. */
export const rests = ({ db, now }: Services, webhookId: string): Promise<boolean> =>
  db.existsBy(WebhookDelivery, { ...unmadeOf(webhookId), nextAt: MoreThan(now()) });

/**
 * What the log of a webhook says of a message that could not be made: tried as long as a delivery, and then FAILED. `before`
 * is what it says already, if nothing has come further since: the change may have merged with a later one.
 */
export function failureOf(
  { now }: Transaction,
  webhookId: string,
  { position, error: thrown }: NotMade,
  before: WebhookDelivery | null,
) {
  const error = isUnavailable(thrown) ? WebhookFailure.UNAVAILABLE : WebhookFailure.INTERNAL;
  const [at, attempts] = [now(), (before?.attempts ?? 0) + 1];
  const { id, createdAt, triedFrom } = before ?? { id: newId(), createdAt: at, triedFrom: at };
  const hopeless = error === WebhookFailure.INTERNAL && attempts >= triesOfFault;
  const nextAt = hopeless ? null : nextTry({ attempts, triedFrom }, at, undefined);
  const state = nextAt ? PENDING : FAILED;
  return {
    id,
    webhookId,
    position,
    bodySealed: null,
    state,
    attempts,
    error,
    createdAt,
    triedFrom,
    triedAt: at,
    nextAt,
  };
}
