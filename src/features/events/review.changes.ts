import { room } from "../../platform/changes/change.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import { signedIn, type Viewer } from "../../platform/context.js";
import { allow } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref, seen } from "../../platform/reading/read.js";
import { eventTopic } from "./event.changes.js";
import { reviewItemShape } from "./review.shape.js";

/** What waits for the staff of a campaign: each change of an event tells whether it (still) waits. */
export function reviewQueueOf(viewer: Viewer | null, campaignId: string, after?: string): LiveSource {
  allow(signedIn({ viewer }).staffOf.includes(campaignId), "watch this queue: only staff of the campaign may");
  return {
    rooms: [room(eventTopic, campaignId)],
    after,
    message: async (ctx, { position, kind, subjectId }) => {
      const waits = (await seen(ctx, "events", [subjectId], reviewItemShape.visible)).size > 0;
      const item = waits ? new Ref(reviewItemShape, subjectId) : null;
      return { position, kind, eventId: toGlobalId("Event", subjectId), item };
    },
    resync: (position) => ({ position, kind: ChangeKind.RESYNC, eventId: null, item: null }),
  };
}
