import { allow, type Context, signedIn, type Viewer } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { Refusal } from "../../platform/errors.js";
import { EventHost } from "./event.host.js";
import { Event } from "./event.js";
import { canSee, type EventFacts } from "./event.policy.js";
import { EventRecord, HostRole, HostStatus } from "./event.values.js";

type LockMode = "pessimistic_write" | "pessimistic_read";

/** An event whose row is locked, with what rights on it depend on. */
export type LockedEvent = Event & EventFacts;

/**
 * The event as this transaction may rely on it: locked; the id of a merged one leads to the other; what the viewer
 * may not see is not there.
 */
export async function lockEvent(
  tx: Transaction,
  id: string,
  mode: LockMode = "pessimistic_write",
): Promise<LockedEvent> {
  const row = await tx.db.findOne(Event, { where: { id }, lock: { mode } });
  if (row?.record === EventRecord.MERGED) return lockEvent(tx, row.mergedIntoId!, mode);
  const event = row && Object.assign(row, await hostsOf(tx, id));
  if (!event || !canSee(tx.viewer, event)) throw new Refusal("NOT_FOUND", "There is no such event.");
  return event;
}

/** An input about an event. */
export interface OfEvent extends Repeatable {
  eventId: string;
}

/** The event of an input, as {@link lockEvent} gives it. */
export const lockEventOf = (tx: Transaction, input: OfEvent, mode?: LockMode): Promise<LockedEvent> =>
  lockEvent(tx, fromGlobalId("Event", input.eventId, "input.eventId"), mode);

async function hostsOf(
  tx: Transaction,
  eventId: string,
): Promise<Pick<EventFacts, "leadId" | "hostIds" | "invitedIds">> {
  const hosts = await tx.db.findBy(EventHost, { eventId });
  const idsOf = (status: HostStatus): string[] =>
    hosts.filter((host) => host.status === status).map((host) => host.organizationId);
  const lead = hosts.find(({ role }) => role === HostRole.LEAD);
  return {
    leadId: lead?.organizationId ?? null,
    hostIds: idsOf(HostStatus.ACCEPTED),
    invitedIds: idsOf(HostStatus.INVITED),
  };
}

/** What a mutation of an event answers with. */
export interface EventAnswer {
  eventId: string;
}

/** One act on an event that is locked, by those who may. */
export function withEvent(
  ctx: Context,
  operation: string,
  input: OfEvent,
  what: string,
  may: (viewer: Viewer, event: EventFacts) => boolean,
  act: (tx: Transaction, event: LockedEvent) => Promise<unknown>,
): Promise<EventAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const event = await lockEventOf(tx, input);
    allow(may(viewer, event), what);
    await act(tx, event);
    return { eventId: event.id };
  });
}

/**
 * The row of an event, locked; the id of a merged one leads to the other. Tells nothing of whether the viewer may see it:
 * for what a person already has there. For anything else use {@link lockEvent}.
 */
export async function lockRow(tx: Transaction, id: string, mode: LockMode): Promise<Event | null> {
  const row = await tx.db.findOne(Event, { where: { id }, lock: { mode } });
  return row?.record === EventRecord.MERGED ? lockRow(tx, row.mergedIntoId!, mode) : row;
}
