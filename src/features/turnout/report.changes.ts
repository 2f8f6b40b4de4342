import { record } from "../../platform/changes/record.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import type { Event } from "../events/index.js";

export const reportTopic = "turnout-report";

/** What happens to a report that waits when nothing of its reporter counts any more, or counts again. */
export enum Silence {
  BEGUN = "SILENCED",
  LIFTED = "HEARD",
}

/** Records that a report is new, or stands otherwise: reviewers follow it. */
export const reportChanged = (
  tx: Transaction,
  event: Pick<Event, "id" | "campaignId">,
  reportId: string,
  kind: ChangeKind | Silence = ChangeKind.CREATED,
): void =>
  record(tx, {
    topic: reportTopic,
    kind,
    subjectId: reportId,
    scopes: [event.campaignId, event.id].filter((id) => id !== null),
  });
