import { type Change, room } from "../../platform/changes/change.js";
import { record } from "../../platform/changes/record.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { seen } from "../../platform/reading/read.js";
import { listed, visible } from "../events/index.js";
import { toldOf } from "./turnout.sql.js";
import type { Followed } from "./turnout.followed.js";

export const turnoutTopic = "turnout";

interface MovedEvent {
  eventId: string;
  campaignId: string | null;
  cityId: string;
  wasCityId: string;
}

/** Records that the turnout of an event, and so of its city and campaign, is different. */
export const turnoutChanged = (tx: Transaction, event: MovedEvent): void =>
  record(tx, {
    topic: turnoutTopic,
    kind: ChangeKind.UPDATED,
    subjectId: event.eventId,
    scopes: [...new Set([event.campaignId, event.cityId, event.wasCityId, event.eventId])].filter((id) => id !== null),
  });

/** A wall shows a number that people can read: so many messages a second, and the last state always. */
const everyMs = 250;

/** The turnout of a campaign, city or event, whenever events that the reader may find have moved it. */
export const turnoutsOf = ({ type, id }: Followed, after?: string): LiveSource => ({
  rooms: [room(turnoutTopic, id)],
  after,
  gathers: {
    everyMs,
    atMost: 100,
    message: async (ctx, changes) => {
      const changed = await seenOf(ctx, type, changes);
      return changed.length > 0
        ? { position: changes.at(-1)!.position, kind: ChangeKind.UPDATED, type, id, changed }
        : null;
    },
  },
  resync: (position) => ({ position, kind: ChangeKind.RESYNC, type, id, changed: [] }),
});

/** Those of the events that the reader may find and is told of, in the order of the log. */
async function seenOf(ctx: Context, type: Followed["type"], changes: Change[]): Promise<string[]> {
  const ids = changes.map(({ subjectId }) => subjectId);
  const found = await (type === "Event" ? toldAmong(ctx, ids, visible) : listedTurnouts(ctx, ids));
  return ids.filter((id) => found.has(id));
}

const toldAmong = (ctx: Context, ids: readonly string[], may: typeof visible): Promise<Set<string>> =>
  seen(ctx, "events", ids, (row, scope) => `${may(row, scope)} AND ${toldOf(row, scope)}`);

/** Those of the events that the reader finds in lists, and whose turnout moves as far as they may know. */
export const listedTurnouts = (ctx: Context, ids: readonly string[]): Promise<Set<string>> =>
  toldAmong(ctx, ids, listed);
