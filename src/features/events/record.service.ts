import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { eventChanged } from "./event.changes.js";
import { Event } from "./event.js";
import { type EventAnswer, type LockedEvent, lockEventOf, withEvent } from "./event.lock.js";
import { canLead } from "./event.policy.js";
import { EventRecord } from "./event.values.js";
import { writeEvent } from "./event.write.js";
import { mergeIdentifiers } from "./identifier.service.js";
import type { DeleteEventInput, MergeEventInput } from "./life.inputs.js";

const gone = { waitingSince: null, unreviewedFields: [], contactSealed: null, contactPublic: false };

/** Leaves a tombstone of an event: its id, the time and the reason. */
export const deleteEvent = (ctx: Context, input: DeleteEventInput): Promise<EventAnswer> =>
  withEvent(ctx, "deleteEvent", input, "delete this event: those who lead it may", canLead, async (tx, event) => {
    const removed = { removedAt: tx.now(), removedReason: tidy(input.reason) };
    await writeEvent(tx, event, { record: EventRecord.DELETED, ...removed, ...gone });
  });

/** What higher features have at an event goes to the event that it is merged into. */
export const onMerge: ((tx: Transaction, from: LockedEvent, into: LockedEvent) => Promise<void>)[] = [];

/** Makes one event of two: the duplicate goes, and its id leads to the other. */
export function mergeEvent(ctx: Context, input: MergeEventInput): Promise<EventAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "mergeEvent", input, async (tx) => {
    const { from, into } = await lockBoth(tx, input);
    allow(canLead(viewer, from) && canLead(viewer, into), "merge these events: who leads both may");
    // Whoever follows the duplicate follows the other too, and is told of it as a change of the duplicate.
    await tx.db.query(
      `INSERT INTO event_follows (event_id, person_id, because, since, told_version)
       SELECT $2, person_id, because, since, $3 FROM event_follows WHERE event_id = $1 ON CONFLICT DO NOTHING`,
      [from.id, into.id, into.version],
    );
    // Those who lead both have given these roles: they go on with what they had to do.
    await tx.db.query(
      `INSERT INTO event_roles (event_id, person_id, role)
       SELECT $2, person_id, role FROM event_roles WHERE event_id = $1 ON CONFLICT DO NOTHING`,
      [from.id, into.id],
    );
    await mergeIdentifiers(tx, from, into);
    for (const move of onMerge) await move(tx, from, into);
    await tx.db.update(Event, { mergedIntoId: from.id }, { mergedIntoId: into.id });
    const merged = { mergedIntoId: into.id, removedAt: tx.now() };
    await writeEvent(tx, from, { record: EventRecord.MERGED, ...merged, ...gone });
    // What the duplicate had is shown at the other one now.
    eventChanged(tx, into, ChangeKind.UPDATED);
    // The campaign reads it once, of the duplicate; those who manage the other event only of that one.
    await audit(tx, { type: "Event", id: into.id, scopes: [into.id] });
    return { eventId: into.id };
  });
}

/** Both events, locked in the order of their ids: two merges at once never wait for each other. */
async function lockBoth(tx: Transaction, input: MergeEventInput): Promise<{ from: LockedEvent; into: LockedEvent }> {
  const { eventId, intoEventId } = input;
  if (eventId === intoEventId) throw badInput("input.intoEventId", "is the same event; give the one that stays");
  const locked = new Map<string, LockedEvent>();
  for (const id of [eventId, intoEventId].sort()) locked.set(id, await lockEventOf(tx, { eventId: id }));
  const [from, into] = [locked.get(eventId)!, locked.get(intoEventId)!];
  if (from.id === into.id)
    throw badInput("input.eventId", "is already merged into the other", ErrorReason.EVENT_MERGED);
  if (from.campaignId !== into.campaignId) throw badInput("input.intoEventId", "must be an event of the same campaign");
  return { from, into };
}
