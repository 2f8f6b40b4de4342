import { type Change, room } from "../../platform/changes/change.js";
import { outdated } from "../../platform/changes/outdated.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { plainStatement, Ref } from "../../platform/reading/read.js";
import type { NodeShape } from "../../platform/reading/shape.js";
import { endings, eventRemovedTopic, eventTopic, eventWithdrawnTopic } from "./event.changes.js";
import { concerned, listed } from "./event.policy.js";
import { eventShape } from "./event.shape.js";
import type { EventRecord } from "./event.values.js";
import { tombstoneShape } from "./review.shape.js";

/** What a reader is told of a change of an event: the event if it is to be found, else what has become of it. */
export interface ToldEvent {
  kind: ChangeKind;
  event: Ref | null;
  tombstone: Ref | null;
}

const { leadsTo: _, ...unled } = eventShape;
/** An event as lists have it, by its own id: one that is merged or hidden while it is read is not there, nor is another. */
export const foundEventShape: NodeShape = { ...unled, visible: listed };

interface Standing {
  id: string;
  found: boolean;
  concerned: boolean;
  record: EventRecord;
}

async function standings(ctx: Context, ids: readonly string[]): Promise<Map<string, Standing>> {
  const { text, values } = plainStatement(ctx, (scope) => {
    const wanted = scope.bind((run) => run.ids, "uuid[]");
    return `SELECT r.id, r.record, ${listed("r", scope)} AS found, ${concerned("r", scope)} AS concerned
            FROM events r WHERE r.id = ANY (${wanted})`;
  });
  const { rows } = await ctx.pool.query<Standing>(text, values({ ctx, variables: {}, ids }));
  return new Map(rows.map((row) => [row.id, row]));
}

/** What the reader is told of changes of events, as they stand now; of those left out nothing. */
export async function toldEvents(ctx: Context, changes: readonly Change[]): Promise<Map<Change, ToldEvent>> {
  const steps = changes.filter(({ topic, kind }) => topic === eventTopic && kind !== (ChangeKind.PUBLISHED as string));
  const ids = [...new Set(changes.map(({ subjectId }) => subjectId))];
  const [now, past] = await Promise.all([standings(ctx, ids), outdated(ctx.pool, eventTopic, steps)]);
  const told = new Map<Change, ToldEvent>();
  for (const change of changes) {
    const standing = now.get(change.subjectId);
    const saying =
      standing && !past.has(change) && (standing.found ? present(change, standing) : ending(change, standing));
    if (saying) told.set(change, saying);
  }
  return told;
}

/** Of an event that the reader finds its steps are told, not that others find it no longer. */
function present({ topic, kind, subjectId }: Change, standing: Standing): ToldEvent | null {
  if (topic !== eventTopic) return null;
  const isNew = (kind as ChangeKind) === ChangeKind.PUBLISHED && !standing.concerned;
  const event = new Ref(foundEventShape, subjectId);
  return { kind: isNew ? ChangeKind.CREATED : (kind as ChangeKind), event, tombstone: null };
}

/** Of one that the reader does not find, that it is gone, to those who may have found it. */
function ending({ topic, subjectId }: Change, standing: Standing): ToldEvent | null {
  if (topic === eventTopic || (topic === eventWithdrawnTopic && !standing.concerned)) return null;
  return { kind: endings[standing.record], event: null, tombstone: new Ref(tombstoneShape, subjectId) };
}

/** The events of a campaign, or of all, as this reader may find them in lists. */
export const eventsOf = (campaignId: string | null, after?: string): LiveSource => ({
  rooms: [eventTopic, eventRemovedTopic, eventWithdrawnTopic].map((topic) =>
    campaignId === null ? topic : room(topic, campaignId),
  ),
  after,
  message: async (ctx: Context, change: Change) => {
    const told = (await toldEvents(ctx, [change])).get(change);
    return told ? { position: change.position, eventId: toGlobalId("Event", change.subjectId), ...told } : null;
  },
  resync: (position) => ({ position, kind: ChangeKind.RESYNC, eventId: null, event: null, tombstone: null }),
});
