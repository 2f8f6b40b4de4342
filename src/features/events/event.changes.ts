import { type Change, room } from "../../platform/changes/change.js";
import { record } from "../../platform/changes/record.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref, seen } from "../../platform/reading/read.js";
import type { Event } from "./event.js";
import { listed } from "./event.policy.js";
import { eventShape } from "./event.shape.js";

export const eventTopic = "event";

/** Records that an event is new or different. */
export const eventChanged = (
  tx: Transaction,
  event: Pick<Event, "id" | "campaignId" | "cityId">,
  kind: ChangeKind,
): void =>
  record(tx, {
    topic: eventTopic,
    kind,
    subjectId: event.id,
    scopes: [event.campaignId, event.cityId, event.id].filter((id) => id !== null),
  });

/** Those of the events that this reader finds in lists and streams. */
export const listedEvents = (ctx: Context, ids: readonly string[]): Promise<Set<string>> =>
  seen(ctx, "events", ids, listed);

/** The events of a campaign, as this reader may find them in lists. */
export const eventsOfCampaign = (campaignId: string, after?: string): LiveSource => ({
  rooms: [room(eventTopic, campaignId)],
  after,
  message: async (ctx: Context, change: Change) =>
    (await listedEvents(ctx, [change.subjectId])).size > 0
      ? { position: change.position, kind: change.kind, event: new Ref(eventShape, change.subjectId) }
      : null,
  resync: (position) => ({ position, kind: ChangeKind.RESYNC, event: null }),
});
