import { letter } from "../letters/index.js";
import { Webhook } from "./webhook.js";
import { WebhookReason } from "./webhook.values.js";

interface Stopped {
  webhookId: string;
  reason: WebhookReason;
}

const because: Record<WebhookReason, string> = {
  [WebhookReason.BY_YOU]: "you have paused it",
  [WebhookReason.FAILING]:
    "nothing could be delivered for three days. It is paused: once its receiver works, resume it (resumeWebhook), and it goes on with what was missed",
  [WebhookReason.GONE]: "its receiver has answered that it is gone (410). It has ended",
  [WebhookReason.NOT_ADMITTED]:
    "its document does not fit the present schema, or its limits. It has ended: make another with a document that does",
  [WebhookReason.FORBIDDEN]: "you may no longer read what it asks for. It has ended",
};

export const stoppedLetter = letter<Stopped>("webhook-stopped", async ({ db, config }, { personId }, stopped) => {
  const { webhookId: id, reason } = stopped;
  const webhook = await db.findOneBy(Webhook, { id, personId, reason });
  if (!webhook) return null;
  return {
    subject: `Your webhook has stopped: ${webhook.name}`,
    text: `Your webhook "${webhook.name}", to ${new URL(webhook.url).host}, sends nothing any more: ${because[reason]}.\n\nWhat became of its messages is in its log: viewer { webhooks { nodes { deliveries … } } } at ${config.publicUrl}/graphql.`,
  };
});

export const leftOutLetter = letter<{ webhookId: string }>(
  "webhook-left-out",
  async ({ db, config }, { personId }, { webhookId: id }) => {
    const webhook = await db.findOneBy(Webhook, { id, personId });
    if (!webhook) return null;
    return {
      subject: `A message of your webhook could not be made: ${webhook.name}`,
      text: `A message of your webhook "${webhook.name}" could not be made, however often it was tried, and was left out; what changed later is sent. Read again what its receiver shows. Others of today that are left out are told in no mail of their own.\n\nWhich ones, and why, is in its log, as FAILED: viewer { webhooks { nodes { deliveries … } } } at ${config.publicUrl}/graphql.`,
    };
  },
);
