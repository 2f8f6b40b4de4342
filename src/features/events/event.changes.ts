import { type Change, room } from "../../platform/changes/change.js";
import { record } from "../../platform/changes/record.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref, seen } from "../../platform/reading/read.js";
import type { Event } from "./event.js";
import { listed } from "./event.policy.js";
import { eventShape } from "./event.shape.js";

export const eventTopic = "event";
/** Its changes never merge with others, so nobody misses that an event is no longer public. */
export const eventRemovedTopic = "event-removed";

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
    scopes: scopesOf(event),
  });

/** Records that an event that was public is so no longer. */
export const eventRemoved = (tx: Transaction, event: Pick<Event, "id" | "campaignId" | "cityId">): void =>
  record(tx, { topic: eventRemovedTopic, kind: ChangeKind.REMOVED, subjectId: event.id, scopes: scopesOf(event) });

const scopesOf = (event: Pick<Event, "id" | "campaignId" | "cityId">): string[] =>
  [event.campaignId, event.cityId, event.id].filter((id) => id !== null);

/** Those of the events that this reader finds in lists and streams. */
export const listedEvents = (ctx: Context, ids: readonly string[]): Promise<Set<string>> =>
  seen(ctx, "events", ids, listed);

/** Those of the events that this reader does not find: of one that was public it is told that it is gone. */
export async function unlistedEvents(ctx: Context, ids: readonly string[]): Promise<Set<string>> {
  const found = await listedEvents(ctx, ids);
  return new Set(ids.filter((id) => !found.has(id)));
}

/** The events of a campaign, as this reader may find them in lists. */
export const eventsOfCampaign = (campaignId: string, after?: string): LiveSource => ({
  rooms: [room(eventTopic, campaignId), room(eventRemovedTopic, campaignId)],
  after,
  message: async (ctx: Context, { position, topic, kind, subjectId }: Change) => {
    const found = (await listedEvents(ctx, [subjectId])).size > 0;
    // Who still finds it is told of its change instead: that is in the log beside this one.
    if (found === (topic === eventRemovedTopic)) return null;
    const event = found ? new Ref(eventShape, subjectId) : null;
    return { position, kind, eventId: toGlobalId("Event", subjectId), event };
  },
  resync: (position) => ({ position, kind: ChangeKind.RESYNC, eventId: null, event: null }),
});
