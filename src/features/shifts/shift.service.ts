import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { databaseFacts } from "../../platform/log.js";
import { instantOf } from "../../platform/time.js";
import {
  canCoordinate,
  type Event,
  follow,
  FollowReason,
  lockEvent,
  lockEventBehind,
  ReviewStatus,
  unfollow,
} from "../events/index.js";
import { shiftChanged } from "./shift.changes.js";
import type { ClaimShiftInput, OpenShiftInput, ReleaseShiftInput } from "./shift.inputs.js";
import { Shift, ShiftSignup, SignupStatus } from "./shift.js";

const day = 24 * 3_600_000;

/** Makes a shift that peacekeepers can claim. */
export function openShift(ctx: Context, input: OpenShiftInput): Promise<{ shiftId: string }> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "openShift", input, async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", input.eventId, "input.eventId"), "pessimistic_read");
    allow(canCoordinate(viewer, event), "open shifts at this event: its coordinators, hosts and staff may");
    if (input.minimum > input.capacity) throw badInput("input.minimum", "must not be above capacity");
    const shift = { id: newId(), eventId: event.id, ...timesOf(input, event), role: input.role };
    await tx.db.insert(Shift, { ...shift, minimum: input.minimum, capacity: input.capacity, taken: 0 });
    shiftChanged(tx, event, shift.id, ChangeKind.CREATED);
    await audit(tx, { type: "Shift", id: shift.id, scopes: [event.id, event.campaignId] });
    return { shiftId: shift.id };
  });
}

function timesOf(input: OpenShiftInput, event: Event): Pick<Shift, "startsAt" | "endsAt"> {
  const startsAt = instantOf(input.startsAt, event.timeZone, "input.startsAt");
  const endsAt = instantOf(input.endsAt, event.timeZone, "input.endsAt");
  if (endsAt <= startsAt) throw badInput("input.endsAt", "must be after startsAt");
  if (endsAt.getTime() - startsAt.getTime() > day)
    throw badInput("input.endsAt", "must be within 24 hours of startsAt");
  if (startsAt.getTime() < event.spanStartsAt.getTime() - day)
    throw badInput("input.startsAt", "must be at most a day before the event begins");
  if (endsAt.getTime() > event.spanEndsAt.getTime() + day)
    throw badInput("input.endsAt", "must be at most a day after the event ends");
  return { startsAt, endsAt };
}

/** What a claim comes to. */
export interface SignupAnswer {
  shiftId: string;
  signupId: string;
}

/** Gives the viewer a place; again is harmless. The lock on the shift lets the last place go to one person only. */
export function claimShift(ctx: Context, input: ClaimShiftInput): Promise<SignupAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "claimShift", input, async (tx) => {
    const { shift, event } = await lockShift(tx, input.shiftId);
    const held = await tx.db.findOneBy(ShiftSignup, {
      shiftId: shift.id,
      personId: viewer.personId,
      status: SignupStatus.CONFIRMED,
    });
    if (held) return { shiftId: shift.id, signupId: held.id };
    if (event.review !== ReviewStatus.APPROVED)
      throw new Refusal("CONFLICT", "The event is not approved yet.", { reason: ErrorReason.EVENT_NOT_APPROVED });
    if (shift.endsAt <= tx.now())
      throw new Refusal("CONFLICT", "This shift is over.", { reason: ErrorReason.SHIFT_ENDED });
    if (shift.taken >= shift.capacity)
      throw new Refusal("CONFLICT", "This shift is full.", { reason: ErrorReason.SHIFT_FULL });
    const signupId = await insertSignup(tx, shift, viewer.personId);
    await tx.db.increment(Shift, { id: shift.id }, "taken", 1);
    await follow(tx, event, viewer.personId, FollowReason.SHIFT);
    shiftChanged(tx, event, shift.id, ChangeKind.UPDATED);
    await audit(tx, { type: "ShiftSignup", id: signupId, scopes: [event.id, event.campaignId] });
    return { shiftId: shift.id, signupId };
  });
}

async function insertSignup(
  tx: Transaction,
  { id: shiftId, startsAt, endsAt }: Shift,
  personId: string,
): Promise<string> {
  const id = newId();
  try {
    await tx.db.insert(ShiftSignup, {
      id,
      shiftId,
      personId,
      startsAt,
      endsAt,
      status: SignupStatus.CONFIRMED,
      claimedAt: tx.now(),
    });
    return id;
  } catch (error) {
    if (databaseFacts(error).code !== "23P01") throw error;
    throw new Refusal("CONFLICT", "You hold a place on another shift at this time; release that one first.", {
      reason: ErrorReason.OVERLAPS,
    });
  }
}

/** Gives the viewer's place back; again is harmless. */
export function releaseShift(ctx: Context, input: ReleaseShiftInput): Promise<SignupAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "releaseShift", input, async (tx) => {
    const { shift, event } = await lockShift(tx, input.shiftId);
    const signup = await tx.db.findOne(ShiftSignup, {
      where: { shiftId: shift.id, personId: viewer.personId },
      order: { claimedAt: "DESC" },
    });
    if (!signup)
      throw new Refusal("CONFLICT", "You hold no place on this shift.", { reason: ErrorReason.NOT_SIGNED_UP });
    const answer = { shiftId: shift.id, signupId: signup.id };
    if (signup.status === SignupStatus.RELEASED) return answer;
    if (shift.endsAt <= tx.now())
      throw new Refusal("CONFLICT", "This shift is over.", { reason: ErrorReason.SHIFT_ENDED });
    await tx.db.update(ShiftSignup, { id: signup.id }, { status: SignupStatus.RELEASED, releasedAt: tx.now() });
    await tx.db.decrement(Shift, { id: shift.id }, "taken", 1);
    if (!(await holdsShiftAt(tx, event.id, viewer.personId)))
      await unfollow(tx, event, viewer.personId, FollowReason.SHIFT);
    shiftChanged(tx, event, shift.id, ChangeKind.UPDATED);
    await audit(tx, { type: "ShiftSignup", id: signup.id, scopes: [event.id, event.campaignId], fields: ["status"] });
    return answer;
  });
}

async function holdsShiftAt(tx: Transaction, eventId: string, personId: string): Promise<boolean> {
  const held: unknown[] = await tx.db.query(
    `SELECT 1 FROM shift_signups g JOIN shifts s ON s.id = g.shift_id
     WHERE s.event_id = $1 AND g.person_id = $2 AND g.status = 'CONFIRMED' LIMIT 1`,
    [eventId, personId],
  );
  return held.length > 0;
}

/** The shift, locked, and its event; what the viewer may not see is not there. */
async function lockShift(tx: Transaction, globalId: string): Promise<{ shift: Shift; event: Event }> {
  const id = fromGlobalId("Shift", globalId, "input.shiftId");
  const found = await tx.db.findOne(Shift, { where: { id }, lock: { mode: "pessimistic_write" } });
  const { thing: shift, event } = await lockEventBehind(tx, found, "shift", "pessimistic_read");
  return { shift, event };
}
