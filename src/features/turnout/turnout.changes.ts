import { room } from "../../platform/changes/change.js";
import { record } from "../../platform/changes/record.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref } from "../../platform/reading/read.js";
import { type Event, eventShape, listedEvents } from "../events/index.js";

export const turnoutTopic = "turnout";

/** Records that the turnout of an event, and so of its city and campaign, may be different. */
export const turnoutChanged = (tx: Transaction, event: Pick<Event, "id" | "campaignId" | "cityId">): void =>
  record(tx, {
    topic: turnoutTopic,
    kind: ChangeKind.UPDATED,
    subjectId: event.id,
    scopes: [event.campaignId, event.cityId, event.id].filter((id) => id !== null),
  });

/** The turnout of a campaign, whenever an event that the reader may find has reported. */
export const turnoutsOfCampaign = (campaignId: string, after?: string): LiveSource => ({
  rooms: [room(turnoutTopic, campaignId)],
  after,
  message: async (ctx, change) =>
    (await listedEvents(ctx, [change.subjectId])).size > 0
      ? { position: change.position, kind: change.kind, campaignId, event: new Ref(eventShape, change.subjectId) }
      : null,
  resync: (position) => ({ position, kind: ChangeKind.RESYNC, campaignId, event: null }),
});
