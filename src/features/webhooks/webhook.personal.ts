import { globalIdSql } from "../../platform/database/ids.js";
import { Erased, personal } from "../../platform/personal.js";

const id = globalIdSql("Webhook", "t.id");

personal("webhooks.person_id", {
  erased: Erased.ROW,
  shows: {
    id,
    name: "t.name",
    url: "t.url",
    document: "t.document",
    variables: "t.variables",
    state: "t.state",
    at: "t.created_at",
  },
});
// What was sent is what the person may read.
personal("webhook_deliveries.webhook_id", {
  erased: Erased.ROW,
  of: "t.webhook_id IN (SELECT w.id FROM webhooks w WHERE w.person_id = $1)",
  shows: { webhook: globalIdSql("Webhook", "t.webhook_id"), state: "t.state", at: "t.created_at" },
  opens: { message: "t.body_sealed" },
});
