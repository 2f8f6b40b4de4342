import { allow, type Context, signedIn } from "../../platform/context.js";
import { audit } from "../../platform/audit/audit.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { badInput } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { canManage, lockEvent, type LockedEvent } from "../events/index.js";
import { sendLetter } from "../letters/index.js";
import { personWith } from "../people/index.js";
import type { RsvpInput, SetRsvpLimitInput } from "./rsvp.inputs.js";
import { confirmLetter } from "./rsvp.letters.js";
import { isHeld, lockPlaces, seat, settle } from "./rsvp.places.js";
import { closedBecause } from "./rsvp.policy.js";
import { Rsvp, type RsvpRow } from "./rsvp.js";
import { RsvpStatus } from "./rsvp.values.js";

/** What an RSVP comes to; null for one who is not signed in: nothing tells whether the address has one already. */
export interface RsvpAnswer {
  eventId: string;
  rsvpId: string | null;
}

/** Says that the caller comes; again changes what is said. */
export const rsvp = (ctx: Context, input: RsvpInput): Promise<RsvpAnswer> =>
  ctx.viewer ? rsvpAs(ctx, ctx.viewer.personId, input) : rsvpByMail(ctx, input);

function rsvpAs(ctx: Context, personId: string, input: RsvpInput): Promise<RsvpAnswer> {
  if ((input.email ?? null) !== null)
    throw badInput("input.email", "must be left out when you are signed in: the RSVP is your account's");
  return transactOnce(ctx, "rsvp", input, async (tx) => {
    const event = await lockOpenEvent(tx, input.eventId);
    const places = await lockPlaces(tx, event);
    const before = await tx.db.findOneBy(Rsvp, { eventId: event.id, personId });
    const { id } = await seat(tx, places, before, said(tx, event.id, personId, before, input));
    await settle(tx, places);
    return { eventId: event.id, rsvpId: id };
  });
}

/**
 * Has a mail sent with the link that confirms. Says and does the same to the caller whatever the address has already:
 * what is confirmed is changed by its owner only. The address takes the place of an idempotency key.
 */
function rsvpByMail(ctx: Context, input: RsvpInput): Promise<RsvpAnswer> {
  const { email } = input;
  if (!email) throw badInput("input.email", "is required unless you are signed in");
  return transact(ctx, "rsvp", async (tx) => {
    const event = await lockOpenEvent(tx, input.eventId);
    const personId = await personWith(tx, email);
    await lockPlaces(tx, event);
    const before = await tx.db.findOneBy(Rsvp, { eventId: event.id, personId });
    const rsvpId = isHeld(before) ? before.id : await ask(tx, said(tx, event.id, personId, before, input));
    await mailLink(tx, personId, rsvpId);
    return { eventId: event.id, rsvpId: null };
  });
}

async function ask(tx: Transaction, wanted: RsvpRow): Promise<string> {
  await tx.db.upsert(Rsvp, { ...wanted, status: RsvpStatus.PENDING }, ["id"]);
  return wanted.id;
}

const mailEveryMs = 10 * 60_000;

/** One mail in ten minutes for an RSVP, however often it is asked for. */
const mailLink = (tx: Transaction, personId: string, rsvpId: string): Promise<void> => {
  const askedAt = tx.now().getTime();
  const key = `${rsvpId}:${Math.floor(askedAt / mailEveryMs)}`;
  return sendLetter(tx, confirmLetter, [{ personId, key, data: { rsvpId, askedAt } }]);
};

async function lockOpenEvent(tx: Transaction, globalId: string): Promise<LockedEvent> {
  const event = await lockEvent(tx, fromGlobalId("Event", globalId, "input.eventId"), "pessimistic_read");
  const closed = closedBecause(event, tx.now());
  if (closed) throw closed;
  return event;
}

/** The RSVP with what the input says. What others may have said before it was confirmed, or cancelled, counts no more. */
function said(tx: Transaction, eventId: string, personId: string, earlier: RsvpRow | null, input: RsvpInput): RsvpRow {
  const before = isHeld(earlier) ? earlier : null;
  const name = tidy(input.name);
  const nameSealed = name === null ? null : tx.secrets.seal(name);
  return {
    id: earlier?.id ?? newId(),
    eventId,
    personId,
    status: before?.status ?? RsvpStatus.PENDING,
    guests: input.guests ?? before?.guests ?? 0,
    nameSealed: input.name === undefined ? (before?.nameSealed ?? null) : nameSealed,
    showName: input.showName ?? before?.showName ?? false,
    since: before?.since ?? tx.now(),
  };
}

/** Sets for how many people there is room; the waitlist moves up into what is free. */
export function setRsvpLimit(ctx: Context, input: SetRsvpLimitInput): Promise<{ eventId: string }> {
  const viewer = signedIn(ctx);
  const { limit } = input;
  if (limit === undefined) throw badInput("input.limit", "must be given: a number, or null for no limit");
  return transactOnce(ctx, "setRsvpLimit", input, async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", input.eventId, "input.eventId"), "pessimistic_read");
    allow(canManage(viewer, event), "set the limit of this event: those who manage it may");
    const places = await lockPlaces(tx, event);
    if (places.counter.limit === limit) return { eventId: event.id };
    places.counter.limit = limit;
    await settle(tx, places);
    await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId], fields: ["rsvpLimit"] });
    return { eventId: event.id };
  });
}
