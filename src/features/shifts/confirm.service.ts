import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, refusedAs, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { canCoordinate } from "../events/index.js";
import { sendLetter } from "../letters/index.js";
import type { SignupAnswer } from "./own.lock.js";
import type { OfSignup } from "./shift.inputs.js";
import { lockShift, type LockedShift } from "./shift.lock.js";
import { ofNewcomers, SignupStatus } from "./shift.values.js";
import { become } from "./signup.become.js";
import { ShiftSignup, type SignupRow, SignupStep } from "./signup.js";
import { vouch } from "./signup.known.js";
import { confirmedLetter, declinedLetter } from "./signup.letters.js";
import { settle, standingsOf } from "./signup.places.js";

/** A sign-up whose shift is locked, for those who coordinate it; to all others but its person it is not there. */
export async function lockSignup(
  tx: Transaction,
  id: string,
  what: string,
): Promise<{ at: LockedShift; signup: SignupRow }> {
  const viewer = signedIn(tx);
  const missing = new Refusal("NOT_FOUND", "There is no such sign-up.");
  const found = await tx.db.findOneBy(ShiftSignup, { id });
  if (!found) throw missing;
  const at = await refusedAs(missing, lockShift(tx, found.shiftId));
  if (!canCoordinate(viewer, at.event)) {
    if (found.personId !== viewer.personId) throw missing;
    allow(false, `${what}: the event's coordinators, hosts and staff may`);
  }
  // What was read before the lock may be past.
  return { at, signup: await tx.db.findOneByOrFail(ShiftSignup, { id }) };
}

/** One act of a coordinator on a sign-up whose shift is locked. */
export function withSignup(
  ctx: Context,
  operation: string,
  input: OfSignup,
  what: string,
  act: (tx: Transaction, at: LockedShift, signup: SignupRow) => Promise<unknown>,
): Promise<SignupAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const { at, signup } = await lockSignup(tx, fromGlobalId("ShiftSignup", input.signupId, "input.signupId"), what);
    await act(tx, at, signup);
    return { shiftId: at.shift.id, signupId: signup.id };
  });
}

/** Refuses what can be done to sign-ups that stand otherwise. */
export function refuseUnless({ status }: SignupRow, ...statuses: SignupStatus[]): void {
  if (statuses.includes(status)) return;
  throw new Refusal("CONFLICT", `This sign-up is ${status}, not ${statuses.join(" or ")}; read it again.`, {
    reason: ErrorReason.SIGNUP_STATUS,
  });
}

/** A request that nobody answered in time can still be granted, while there is room and nothing else is against it. */
async function refuseUnlessGrantable(tx: Transaction, at: LockedShift, signup: SignupRow): Promise<void> {
  const asked = { signupId: signup.id, version: signup.version - 1, status: SignupStatus.REQUESTED };
  if (signup.status !== SignupStatus.LAPSED || !(await tx.db.existsBy(SignupStep, asked)))
    return refuseUnless(signup, SignupStatus.REQUESTED);
  await settle(tx, at);
  const [standing] = await standingsOf(tx, at, [signup.personId]);
  const obstacle = standing!.obstacles.find((one) => !ofNewcomers.includes(one));
  if (obstacle)
    throw new Refusal("CONFLICT", `This request has lapsed, and cannot be granted any more: ${obstacle}.`, {
      reason: ErrorReason[obstacle],
    });
}

/** Confirms a newcomer, whose claims in the campaign need no confirmation any more; again is harmless. */
export const confirmSignup = (ctx: Context, input: OfSignup): Promise<SignupAnswer> =>
  withSignup(ctx, "confirmSignup", input, "confirm sign-ups of this shift", async (tx, at, signup) => {
    if (signup.status === SignupStatus.CONFIRMED) return;
    if (signup.status === SignupStatus.WAITLISTED) return vouchInLine(tx, at, signup);
    await refuseUnlessGrantable(tx, at, signup);
    await confirm(tx, at, signup);
  });

/** Of somebody in line the place in line is confirmed: an offer comes when it is their turn. */
async function vouchInLine(tx: Transaction, at: LockedShift, { id, personId }: SignupRow): Promise<void> {
  const [standing] = await standingsOf(tx, at, [personId]);
  if (standing!.known) return;
  await vouch(tx, at.event, personId);
  const { id: eventId, campaignId } = at.event;
  await audit(tx, { type: "ShiftSignup", id, scopes: [eventId, campaignId], fields: ["known"] });
  await settle(tx, at);
}

/** A coordinator says yes: the place is theirs, and so are later ones. */
export async function confirm(tx: Transaction, at: LockedShift, signup: SignupRow): Promise<SignupRow> {
  const after = await become(tx, at, signup, SignupStatus.CONFIRMED);
  const { id: signupId, personId, version } = after;
  await vouch(tx, at.event, personId);
  await sendLetter(tx, confirmedLetter, [{ personId, key: `${signupId}:${version}`, data: { signupId } }]);
  return after;
}

/** Declines a newcomer; the place goes to the next in line. */
export const declineSignup = (ctx: Context, input: OfSignup & { reason?: string | null }): Promise<SignupAnswer> =>
  withSignup(ctx, "declineSignup", input, "decline sign-ups of this shift", async (tx, at, signup) => {
    if (signup.status === SignupStatus.RELEASED) return;
    refuseUnless(signup, SignupStatus.REQUESTED);
    const released = { releasedAt: tx.now(), reason: tidy(input.reason) };
    const { id: signupId, personId, version } = await become(tx, at, signup, SignupStatus.RELEASED, released);
    await sendLetter(tx, declinedLetter, [{ personId, key: `${signupId}:${version}`, data: { signupId } }]);
    await settle(tx, at);
  });
