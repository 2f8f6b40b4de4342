import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import {
  type LockedShift,
  lockShiftRow,
  type OfSignup,
  ShiftSignup,
  type SignupAnswer,
  type SignupRow,
  withSignup,
} from "../shifts/index.js";

/** One act on a sign-up by its person, or by a coordinator. */
export async function byEither(
  ctx: Context,
  operation: string,
  input: OfSignup,
  what: string,
  act: (tx: Transaction, at: LockedShift, signup: SignupRow) => Promise<unknown>,
): Promise<SignupAnswer> {
  const { personId } = signedIn(ctx);
  const id = fromGlobalId("ShiftSignup", input.signupId, "input.signupId");
  const own = await ctx.db.findOneBy(ShiftSignup, { id, personId });
  if (!own) return withSignup(ctx, operation, input, what, act);
  return transactOnce(ctx, operation, input, async (tx) => {
    const at = await lockShiftRow(tx, own.shiftId);
    await act(tx, at, await tx.db.findOneByOrFail(ShiftSignup, { id }));
    return { shiftId: at.shift.id, signupId: id };
  });
}
