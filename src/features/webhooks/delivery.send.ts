import type { Services } from "../../platform/context.js";
import { postOut } from "../../platform/http/outbound.js";
import type { Webhook } from "./webhook.js";
import { signatureHeaders } from "./webhook.secret.js";
import { WebhookFailure } from "./webhook.values.js";

/** What came of sending a message. */
export interface Sent {
  delivered: boolean;
  /** The receiver wants no more. */
  gone: boolean;
  status: number | null;
  milliseconds: number;
  error: WebhookFailure | null;
  beginning: string;
  retryAfter: string | undefined;
}

/** What sending needs of a webhook. */
export type Receiver = Pick<Webhook, "url" | "seed" | "oldSeed" | "oldSecretUntil">;

/** Posts a message, signed. What is in it, and what is answered, is written into no log. */
export async function send(
  { config, now, secrets }: Pick<Services, "config" | "now" | "secrets">,
  receiver: Receiver,
  id: string,
  body: string,
): Promise<Sent> {
  const { failure, ...answer } = await postOut(new URL(receiver.url), {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "rallygraph-webhooks",
      ...signatureHeaders(secrets, receiver, { id, body, at: now() }),
    },
    body,
    timeoutMs: config.webhookTimeoutMs,
    allowPrivate: config.webhookAllowPrivate,
  });
  const error = failure === null ? errorOf(answer.status!) : WebhookFailure[failure];
  return { ...answer, delivered: error === null, gone: answer.status === 410, error };
}

function errorOf(status: number): WebhookFailure | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? WebhookFailure.REDIRECT : WebhookFailure.STATUS;
}
