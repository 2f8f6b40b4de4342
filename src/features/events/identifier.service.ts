import { audit } from "../../platform/audit/audit.js";
import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { eventChanged } from "./event.changes.js";
import { Event } from "./event.js";
import { type EventAnswer, type LockedEvent, withEvent } from "./event.lock.js";
import { canManage } from "./event.policy.js";
import { EventIdentifier, partsOf } from "./identifier.js";
import type { EventIdentifierInput } from "./identifier.inputs.js";

const most = 20;
const what = "edit this event";

/** Says what another system knows the event by. */
export const addEventIdentifier = (ctx: Context, input: EventIdentifierInput): Promise<EventAnswer> =>
  withEvent(ctx, "addEventIdentifier", input, what, canManage, async (tx, event) => {
    const identifier = { eventId: event.id, ...partsOf(input.identifier) };
    if (await tx.db.existsBy(EventIdentifier, identifier)) return;
    if ((await tx.db.countBy(EventIdentifier, { eventId: event.id })) >= most)
      throw badInput("input.identifier", `would be one too many: an event has at most ${most}`);
    await tx.db.insert(EventIdentifier, { ...identifier, addedAt: tx.now() });
    await identifiersChanged(tx, event);
  });

/** Says that another system does not know the event by this after all. */
export const removeEventIdentifier = (ctx: Context, input: EventIdentifierInput): Promise<EventAnswer> =>
  withEvent(ctx, "removeEventIdentifier", input, what, canManage, async (tx, event) => {
    const gone = await tx.db.delete(EventIdentifier, { eventId: event.id, ...partsOf(input.identifier) });
    if (gone.affected) await identifiersChanged(tx, event);
  });

async function identifiersChanged(tx: Transaction, event: LockedEvent): Promise<void> {
  await tellIdentifiers(tx, event);
  const { id, campaignId, leadId } = event;
  await audit(tx, { type: "Event", id, scopes: [id, campaignId, leadId], fields: ["identifiers"] });
}

/** No version: nobody's edit is in the way of it, and no follower is written to. */
async function tellIdentifiers(tx: Transaction, event: LockedEvent): Promise<void> {
  await tx.db.update(Event, { id: event.id }, { updatedAt: tx.now() });
  eventChanged(tx, event, ChangeKind.UPDATED);
}

/** Those of a merged event lead to the other from then on. */
export async function mergeIdentifiers(tx: Transaction, from: LockedEvent, into: LockedEvent): Promise<void> {
  const moved: object[] = await tx.db.query(
    `WITH gone AS (DELETE FROM event_identifiers WHERE event_id = $1 RETURNING *)
     INSERT INTO event_identifiers (event_id, system, value, added_at)
     SELECT $2, system, value, added_at FROM gone ON CONFLICT DO NOTHING RETURNING value`,
    [from.id, into.id],
  );
  if (moved.length > 0) await tellIdentifiers(tx, into);
}

/** Writes what other systems know new events by, in their transaction: whoever hears of the events finds it there. */
export async function insertIdentifiers(
  tx: Transaction,
  known: { eventId: string; identifier: string }[],
): Promise<void> {
  if (known.length === 0) return;
  await tx.db.insert(
    EventIdentifier,
    known.map(({ eventId, identifier }) => ({ eventId, ...partsOf(identifier), addedAt: tx.now() })),
  );
}
