import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { lockShift, type LockedShift, lockShiftRow, type OfShift } from "./shift.lock.js";
import type { SignupStatus } from "./shift.values.js";
import { ShiftSignup, type SignupRow } from "./signup.js";

/** What an act on a sign-up comes to. */
export interface SignupAnswer {
  shiftId: string;
  signupId: string;
}

/**
 * The viewer's own sign-up, if it stands as one of these, and its shift, which is locked: whoever has it finds it, though
 * the event is hidden from them by now.
 */
export async function lockOwn(
  tx: Transaction,
  globalId: string,
  statuses: SignupStatus[],
): Promise<{ at: LockedShift; signup: SignupRow }> {
  const { personId } = signedIn(tx);
  const shiftId = fromGlobalId("Shift", globalId, "input.shiftId");
  const mine = await tx.db.existsBy(ShiftSignup, { shiftId, personId });
  const at = mine ? await lockShiftRow(tx, shiftId) : await lockShift(tx, shiftId);
  const signup = await tx.db.findOneBy(ShiftSignup, { shiftId, personId });
  if (!signup || !statuses.includes(signup.status))
    throw new Refusal("CONFLICT", "You hold no place on this shift.", { reason: ErrorReason.NOT_SIGNED_UP });
  return { at, signup };
}

/** One act of a person on their own sign-up, as {@link lockOwn} gives it. */
export function withOwn(
  ctx: Context,
  operation: string,
  input: OfShift,
  statuses: SignupStatus[],
  act: (tx: Transaction, at: LockedShift, signup: SignupRow) => Promise<unknown>,
): Promise<SignupAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const { at, signup } = await lockOwn(tx, input.shiftId, statuses);
    await act(tx, at, signup);
    return { shiftId: at.shift.id, signupId: signup.id };
  });
}
