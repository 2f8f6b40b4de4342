import "./webhook.letter.js";
import "./webhook.personal.js";

export { forgetDeliveries, pendingDeliveries } from "./webhook.forget.js";
export { Webhook, WebhookDelivery } from "./webhook.js";
export { WebhookWorker } from "./webhook.worker.js";
