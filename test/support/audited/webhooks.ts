import { webhooksIn } from "../webhooks.js";
import { type Acting, canary, type Cases, type World } from "./case.js";

const url = `http://127.0.0.1:9/${canary}`;

/** What people do about their own webhooks. */
export function webhookCases(world: World): Cases {
  const { a, as } = world;
  const hooks = webhooksIn(world);
  const own = async (more: object = {}): Promise<Acting & { webhookId: string }> => {
    const by = await a.person();
    const { id: webhookId } = await hooks.make(by, url, await a.campaign(), { name: canary });
    return { by, input: { webhookId, ...more }, webhookId };
  };
  return {
    createWebhook: async () => {
      const document = `subscription { eventChanged(campaignId: "${(await a.campaign()).id}") { kind } }`;
      return { by: await a.person(), input: { name: canary, url, document }, refused: "own", makes: true };
    },
    updateWebhook: () => own({ name: `Another ${canary}` }),
    pauseWebhook: () => own(),
    resumeWebhook: async () => {
      const acting = await own();
      await as(acting.by).call("pauseWebhook", acting.input, "__typename");
      return acting;
    },
    rotateWebhookSecret: async () => ({ ...(await own()), makes: true }),
    deleteWebhook: () => own(),
    redeliverWebhookDelivery: async () => {
      const { by, webhookId } = await own();
      return { by, input: { deliveryId: await hooks.delivery(webhookId) }, makes: true };
    },
  };
}
