import { room } from "../../platform/changes/change.js";
import { record } from "../../platform/changes/record.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref, seen } from "../../platform/reading/read.js";
import { type Event, listed, ofVisibleEvent } from "../events/index.js";
import { announcementShape } from "./announcement.shape.js";

export const announcementTopic = "announcement";

/** Records that an announcement is posted or removed. */
export const announcementChanged = (
  tx: Transaction,
  event: Pick<Event, "id" | "campaignId">,
  announcementId: string,
  kind: ChangeKind,
): void =>
  record(tx, {
    topic: announcementTopic,
    kind,
    subjectId: announcementId,
    scopes: [event.id, event.campaignId].filter((id) => id !== null),
  });

/** Those of the announcements, also removed ones, whose events this reader finds in lists and streams. */
export const listedAnnouncements = (ctx: Context, ids: readonly string[]): Promise<Set<string>> =>
  seen(
    ctx,
    "announcements",
    ids,
    (row, scope) => `EXISTS (SELECT 1 FROM events e WHERE e.id = ${row}.event_id AND ${listed("e", scope)})`,
  );

/** The announcements of an event that the reader may open; of one that is removed, only that it is. */
export const announcementsOfEvent = (eventId: string, after?: string): LiveSource => ({
  rooms: [room(announcementTopic, eventId)],
  after,
  message: async (ctx, { position, kind, subjectId }) => {
    const removed = (kind as ChangeKind) === ChangeKind.REMOVED;
    const visible = removed ? ofVisibleEvent : announcementShape.visible;
    if ((await seen(ctx, "announcements", [subjectId], visible)).size === 0) return null;
    const announcement = removed ? null : new Ref(announcementShape, subjectId);
    return { position, kind, announcementId: toGlobalId("Announcement", subjectId), announcement };
  },
  resync: (position) => ({ position, kind: ChangeKind.RESYNC, announcementId: null, announcement: null }),
});
