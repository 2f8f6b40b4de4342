import type { Change as Logged } from "../../platform/changes/change.js";
import { outdated } from "../../platform/changes/outdated.js";
import type { Context } from "../../platform/context.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref } from "../../platform/reading/read.js";
import type { NodeShape } from "../../platform/reading/shape.js";
import { campaignShape, campaignTopic, listedCampaigns } from "../campaigns/index.js";
import { announcementShape, announcementTopic, listedAnnouncements } from "../announcements/index.js";
import {
  eventRemovedTopic,
  eventTopic,
  eventWithdrawnTopic,
  foundEventShape,
  type ToldEvent,
  toldEvents,
} from "../events/index.js";
import {
  listedOrganizations,
  organizationHiddenTopic,
  organizationShape,
  organizationTopic,
} from "../organizations/index.js";
import { listedShifts, shiftShape, shiftTopic } from "../shifts/index.js";
import { listedTurnouts, turnoutTopic } from "../turnout/index.js";
import { ChangeTopic } from "./change.js";

/** What a reader is told of a change: the thing as it is, or nothing of it any more. */
interface Told {
  kind: ChangeKind;
  node: Ref | null;
  tombstone: Ref | null;
}

interface Topic {
  name: ChangeTopic;
  shape: NodeShape;
  told: (ctx: Context, changes: readonly Logged[]) => Promise<Map<Logged, Told>>;
}

type Listed = (ctx: Context, ids: readonly string[]) => Promise<Set<string>>;

const idsOf = (changes: readonly Logged[]): string[] => [...new Set(changes.map(({ subjectId }) => subjectId))];

/** Told of what the reader finds in lists, since it, or what it belongs to, was published. */
const found =
  (shape: NodeShape, listed: Listed, publishedIn: string): Topic["told"] =>
  async (ctx, changes) => {
    const [ids, past] = await Promise.all([listed(ctx, idsOf(changes)), outdated(ctx.pool, publishedIn, changes)]);
    const told = changes.filter((change) => ids.has(change.subjectId) && !past.has(change));
    return new Map(
      told.map((change) => [
        change,
        { kind: change.kind as ChangeKind, node: new Ref(shape, change.subjectId), tombstone: null },
      ]),
    );
  };

/** Told of what the reader found in lists and finds no longer. */
const gone =
  (listed: Listed): Topic["told"] =>
  async (ctx, changes) => {
    const ids = await listed(ctx, idsOf(changes));
    const told = changes.filter((change) => !ids.has(change.subjectId));
    return new Map(told.map((change) => [change, { kind: change.kind as ChangeKind, node: null, tombstone: null }]));
  };

const toldOf = async (ctx: Context, changes: readonly Logged[]): Promise<Map<Logged, Told>> => {
  const told = await toldEvents(ctx, changes);
  return new Map(
    [...told].map(([change, { event: node, ...rest }]: [Logged, ToldEvent]) => [change, { node, ...rest }]),
  );
};

const events: Topic = { name: ChangeTopic.EVENT, shape: foundEventShape, told: toldOf };
const organizations = { name: ChangeTopic.ORGANIZATION, shape: organizationShape };

/** The topics of the log that clients are told of; any other is ours alone. */
export const topics: Record<string, Topic> = {
  [eventTopic]: events,
  [eventRemovedTopic]: events,
  [eventWithdrawnTopic]: events,
  [announcementTopic]: {
    name: ChangeTopic.ANNOUNCEMENT,
    shape: announcementShape,
    told: found(announcementShape, listedAnnouncements, eventTopic),
  },
  [shiftTopic]: { name: ChangeTopic.SHIFT, shape: shiftShape, told: found(shiftShape, listedShifts, eventTopic) },
  [campaignTopic]: {
    name: ChangeTopic.CAMPAIGN,
    shape: campaignShape,
    told: found(campaignShape, listedCampaigns, campaignTopic),
  },
  [organizationTopic]: {
    ...organizations,
    told: found(organizationShape, listedOrganizations, organizationTopic),
  },
  [organizationHiddenTopic]: { ...organizations, told: gone(listedOrganizations) },
  [turnoutTopic]: {
    name: ChangeTopic.TURNOUT,
    shape: foundEventShape,
    told: found(foundEventShape, listedTurnouts, eventTopic),
  },
};
