import { type Change, room } from "../../platform/changes/change.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import { allow, signedIn, type Viewer } from "../../platform/context.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { dispatchTopic } from "../dispatch/index.js";
import { eventRemovedTopic, eventTopic } from "../events/index.js";
import { shiftTopic } from "../shifts/index.js";

const topics = [shiftTopic, dispatchTopic, eventTopic, eventRemovedTopic];
const isOfEvent = ({ topic }: Change): boolean => topic === eventTopic || topic === eventRemovedTopic;

/** What moves the board of a campaign: its shifts and their claims, what is promised, and its events themselves. */
export function staffingOf(viewer: Viewer | null, campaignId: string, after?: string): LiveSource {
  allow(signedIn({ viewer }).staffOf.includes(campaignId), "watch this board: only staff of the campaign may");
  return {
    rooms: topics.map((topic) => room(topic, campaignId)),
    after,
    message: (_ctx, change) => {
      // Changes of shifts and promises have their event as their first scope.
      const eventId = isOfEvent(change) ? change.subjectId : change.scopes[0]!;
      return Promise.resolve({ position: change.position, kind: ChangeKind.UPDATED, campaignId, eventId });
    },
    resync: (position) => ({ position, kind: ChangeKind.RESYNC, campaignId, eventId: null }),
  };
}
