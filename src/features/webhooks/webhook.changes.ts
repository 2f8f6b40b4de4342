import { room } from "../../platform/changes/change.js";
import { record } from "../../platform/changes/record.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";

const webhookTopic = "webhook";
const all = "00000000-0000-0000-0000-000000000000";

/** Where every node hears of each webhook that is new or different; never told to clients. */
export const webhookRoom = room(webhookTopic, all);

/** Has the nodes look at a webhook, and at what it has to send. */
export const webhookChanged = (tx: Transaction, id: string): void =>
  record(tx, { topic: webhookTopic, kind: ChangeKind.UPDATED, subjectId: id, scopes: [all] });
