import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import {
  become,
  type LockedShift,
  refuseUnless,
  settle,
  type SignupAnswer,
  type SignupRow,
  SignupStatus,
  withSignup,
} from "../shifts/index.js";
import type { ExcuseSignupInput, MarkNoShowInput, UndoStepInput } from "./check-in.inputs.js";
import { DutyTimes } from "./duty.js";
import { notYet, refuseSettled } from "./duty.window.js";
import { makeRoom } from "./room.js";

const { CONFIRMED, SWAP_OFFERED, CHECKED_IN, COMPLETED, LEFT_EARLY, NO_SHOW, EXCUSED } = SignupStatus;

/** Notes that somebody did not come; again is harmless. */
export const markNoShow = (ctx: Context, input: MarkNoShowInput): Promise<SignupAnswer> =>
  withSignup(ctx, "markNoShow", input, "note who did not come", async (tx, at, signup) => {
    if (signup.status === NO_SHOW) return;
    refuseUnless(signup, CONFIRMED, SWAP_OFFERED);
    if (tx.now() < at.shift.startsAt) throw notYet("Nobody is missing before the shift begins.");
    await stepOut(tx, at, signup, NO_SHOW);
  });

/** Notes that somebody cannot come, or could not, and said so; again is harmless. */
export const excuseSignup = (ctx: Context, input: ExcuseSignupInput): Promise<SignupAnswer> =>
  withSignup(ctx, "excuseSignup", input, "excuse people", async (tx, at, signup) => {
    if (signup.status === EXCUSED) return;
    refuseUnless(signup, CONFIRMED, SWAP_OFFERED, NO_SHOW);
    await stepOut(tx, at, signup, EXCUSED, tidy(input.reason));
  });

async function stepOut(
  tx: Transaction,
  at: LockedShift,
  signup: SignupRow,
  status: SignupStatus,
  reason: string | null = null,
): Promise<void> {
  refuseSettled(at.shift, tx.now());
  await become(tx, at, signup, status, { reason });
  await settle(tx, at);
}

/** What each was before; a swap that was offered then is past. */
const before: Partial<Record<SignupStatus, SignupStatus>> = {
  [CHECKED_IN]: CONFIRMED,
  [COMPLETED]: CHECKED_IN,
  [LEFT_EARLY]: CHECKED_IN,
  [NO_SHOW]: CONFIRMED,
  [EXCUSED]: CONFIRMED,
};

/** Takes one step back; who made it, and when, is kept. Again is harmless. */
export const undoStep = (ctx: Context, input: UndoStepInput): Promise<SignupAnswer> =>
  withSignup(ctx, "undoStep", input, "undo what is noted", async (tx, at, signup) => {
    const status = before[input.status];
    if (!status) throw badInput("input.status", `must be ${Object.keys(before).join(" or ")}`);
    if (signup.status === status) return;
    refuseUnless(signup, input.status);
    refuseSettled(at.shift, tx.now());
    await makeRoom(tx, at, signup);
    await become(tx, at, signup, status);
    await forgetTimes(tx, signup);
  });

async function forgetTimes(tx: Transaction, { id: signupId, status }: SignupRow): Promise<void> {
  if (status === CHECKED_IN) await tx.db.delete(DutyTimes, { signupId });
  else await tx.db.update(DutyTimes, { signupId }, { leftServer: null, leftClient: null });
}
