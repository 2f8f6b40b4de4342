import { room } from "../../platform/changes/change.js";
import { record } from "../../platform/changes/record.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref, seen } from "../../platform/reading/read.js";
import { type Event, listed } from "../events/index.js";
import { shiftShape } from "./shift.shape.js";

export const shiftTopic = "shift";

/** Records that a shift is new or different. */
export const shiftChanged = (
  tx: Transaction,
  event: Pick<Event, "id" | "campaignId">,
  shiftId: string,
  kind: ChangeKind,
): void =>
  record(tx, {
    topic: shiftTopic,
    kind,
    subjectId: shiftId,
    scopes: [event.id, event.campaignId].filter((id) => id !== null),
  });

/** Those of the shifts that this reader may open, and whose events they find in lists and streams. */
export const listedShifts = (ctx: Context, ids: readonly string[]): Promise<Set<string>> =>
  seen(
    ctx,
    "shifts",
    ids,
    (row, scope) =>
      `${shiftShape.visible(row, scope)} AND EXISTS (SELECT 1 FROM events e WHERE e.id = ${row}.event_id AND ${listed("e", scope)})`,
  );

/** The shifts of an event that the reader may open: whoever has its id knows it already. */
export const shiftsOfEvent = (eventId: string, after?: string): LiveSource => ({
  rooms: [room(shiftTopic, eventId)],
  after,
  message: async (ctx, change) =>
    (await seen(ctx, "shifts", [change.subjectId], shiftShape.visible)).size > 0
      ? { position: change.position, kind: change.kind, shift: new Ref(shiftShape, change.subjectId) }
      : null,
  resync: (position) => ({ position, kind: ChangeKind.RESYNC, shift: null }),
});
