import { record } from "../../platform/changes/record.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import type { Event } from "../events/index.js";

export const reportTopic = "turnout-report";

/** Records that a report is new, or stands otherwise: reviewers follow it. */
export const reportChanged = (
  tx: Transaction,
  event: Pick<Event, "id" | "campaignId">,
  reportId: string,
  kind = ChangeKind.CREATED,
): void =>
  record(tx, {
    topic: reportTopic,
    kind,
    subjectId: reportId,
    scopes: [event.campaignId, event.id].filter((id) => id !== null),
  });
