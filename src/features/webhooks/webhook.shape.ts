import { readNode } from "../../platform/graphql/node.js";
import { connection, type Scope, type Sql } from "../../platform/reading/shape.js";

const mine = (row: string, scope: Scope): Sql =>
  `${row}.person_id = ${scope.bind((run) => run.ctx.viewer?.personId ?? null, "uuid")}`;

export const deliveryShape = readNode("WebhookDelivery", {
  table: "webhook_deliveries",
  visible: (row, scope) => `EXISTS (SELECT 1 FROM webhooks w WHERE w.id = ${row}.webhook_id AND ${mine("w", scope)})`,
  fields: { nextTryAt: (row) => `${row}.next_at` },
});

export const webhookShape = readNode("Webhook", {
  table: "webhooks",
  visible: mine,
  fields: {
    pending: (row) =>
      `(SELECT count(*)::int FROM webhook_deliveries p WHERE p.webhook_id = ${row}.id AND p.state = 'PENDING')`,
    notMadeSince: (row) =>
      `(SELECT min(u.tried_from) FROM webhook_deliveries u
        WHERE u.webhook_id = ${row}.id AND u.state = 'PENDING' AND u.body_sealed IS NULL)`,
    deliveries: connection({
      shape: () => deliveryShape,
      order: [
        { sql: (row) => `${row}.created_at`, type: "timestamptz" },
        { sql: (row) => `${row}.position`, type: "text" },
      ],
      descending: true,
      from: (row, parent) => ({ table: `webhook_deliveries ${row}`, where: [`${row}.webhook_id = ${parent}.id`] }),
    }),
  },
});

/** The viewer's own, the latest first. */
export const viewerWebhooks = connection({
  shape: () => webhookShape,
  order: [{ sql: (row) => `${row}.created_at`, type: "timestamptz" }],
  descending: true,
  from: (row, _parent, scope) => ({ table: `webhooks ${row}`, where: [mine(row, scope)] }),
});
