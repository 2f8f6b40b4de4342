import { room } from "../../platform/changes/change.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import { record } from "../../platform/changes/record.js";
import { signedIn, type Viewer } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref, seen } from "../../platform/reading/read.js";
import { eventShape, managed } from "../events/index.js";

/** Never told by `changes`: counts are for those who manage the event. */
const rsvpTopic = "rsvp";

/** Records that other numbers of people come or wait. */
export const rsvpsChanged = (tx: Transaction, eventId: string): void =>
  record(tx, { topic: rsvpTopic, kind: ChangeKind.UPDATED, subjectId: eventId, scopes: [eventId] });

/** The counts of an event, for those who manage it when the message is made: to anybody else nothing is said. */
export function rsvpsOfEvent(viewer: Viewer | null, eventId: string, after?: string): LiveSource {
  signedIn({ viewer });
  return {
    rooms: [room(rsvpTopic, eventId)],
    after,
    message: async (ctx, { position, kind, subjectId }) =>
      (await seen(ctx, "events", [subjectId], managed)).size > 0
        ? { position, kind, event: new Ref(eventShape, subjectId) }
        : null,
    resync: (position) => ({ position, kind: ChangeKind.RESYNC, event: null }),
  };
}
