import { record } from "../../platform/changes/record.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import type { Event } from "../events/index.js";

export const dispatchTopic = "dispatch";

/** Records that what is promised for an event, or who is named, is different. */
export const dispatchChanged = (
  tx: Transaction,
  event: Pick<Event, "id" | "campaignId">,
  dispatchId: string,
  kind = ChangeKind.UPDATED,
): void =>
  record(tx, {
    topic: dispatchTopic,
    kind,
    subjectId: dispatchId,
    scopes: [event.id, event.campaignId].filter((id) => id !== null),
  });
