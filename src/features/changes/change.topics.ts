import type { Context } from "../../platform/context.js";
import type { NodeShape } from "../../platform/reading/shape.js";
import { campaignShape, campaignTopic, listedCampaigns } from "../campaigns/index.js";
import { announcementShape, announcementTopic, listedAnnouncements } from "../announcements/index.js";
import { eventRemovedTopic, eventShape, eventTopic, listedEvents, unlistedEvents } from "../events/index.js";
import { listedShifts, shiftShape, shiftTopic } from "../shifts/index.js";
import { listedTurnouts, turnoutTopic } from "../turnout/index.js";
import { ChangeTopic } from "./change.js";

interface Topic {
  name: ChangeTopic;
  shape: NodeShape;
  /** Those of the things that the reader finds in lists. */
  listed: (ctx: Context, ids: readonly string[]) => Promise<Set<string>>;
}

/** The topics of the log that clients are told of; any other is ours alone. */
export const topics: Record<string, Topic> = {
  [eventTopic]: { name: ChangeTopic.EVENT, shape: eventShape, listed: listedEvents },
  [eventRemovedTopic]: { name: ChangeTopic.EVENT, shape: eventShape, listed: unlistedEvents },
  [announcementTopic]: { name: ChangeTopic.ANNOUNCEMENT, shape: announcementShape, listed: listedAnnouncements },
  [shiftTopic]: { name: ChangeTopic.SHIFT, shape: shiftShape, listed: listedShifts },
  [campaignTopic]: { name: ChangeTopic.CAMPAIGN, shape: campaignShape, listed: listedCampaigns },
  [turnoutTopic]: { name: ChangeTopic.TURNOUT, shape: eventShape, listed: listedTurnouts },
};
