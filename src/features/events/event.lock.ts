import type { FindOneOptions } from "typeorm";
import { allow, type Context, signedIn, type Viewer } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { refusedAs, Refusal } from "../../platform/errors.js";
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
  const event = await findEvent(tx, id, { lock: { mode } });
  if (!event) throw new Refusal("NOT_FOUND", "There is no such event.");
  return event;
}

/** The event with what rights on it depend on, as it is now; null when there is none that the viewer may see. */
export async function findEvent(
  ctx: Context,
  id: string,
  options: FindOneOptions<Event> = {},
): Promise<LockedEvent | null> {
  const row = await findRow(ctx, id, options);
  const event = row && Object.assign(row, await hostsOf(ctx, row.id));
  return event && canSee(ctx.viewer, event) ? event : null;
}

/**
 * The row of an event; the id of a merged one leads to the other. Tells nothing of whether the viewer may see it: for what
 * a person already has there. For anything else use {@link lockEvent}.
 */
export async function findRow(ctx: Context, id: string, options: FindOneOptions<Event> = {}): Promise<Event | null> {
  const row = await ctx.db.findOne(Event, { where: { id }, ...options });
  return row?.record === EventRecord.MERGED ? findRow(ctx, row.mergedIntoId!, options) : row;
}

/** An input about an event. */
export interface OfEvent extends Repeatable {
  eventId: string;
}

/** The event of an input, as {@link lockEvent} gives it. */
export const lockEventOf = (tx: Transaction, input: OfEvent, mode?: LockMode): Promise<LockedEvent> =>
  lockEvent(tx, fromGlobalId("Event", input.eventId, "input.eventId"), mode);

/** A thing and its event, which is locked; where the viewer may not see the event, there is no such thing. */
export async function lockEventBehind<Thing extends { eventId: string }>(
  tx: Transaction,
  thing: Thing | null,
  noun: string,
  mode?: LockMode,
): Promise<{ thing: Thing; event: LockedEvent }> {
  const missing = new Refusal("NOT_FOUND", `There is no such ${noun}.`);
  if (!thing) throw missing;
  return { thing, event: await refusedAs(missing, lockEvent(tx, thing.eventId, mode)) };
}

async function hostsOf(
  { db }: Context,
  eventId: string,
): Promise<Pick<EventFacts, "leadId" | "hostIds" | "invitedIds">> {
  const hosts = await db.findBy(EventHost, { eventId });
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
