import { type Context, signedIn } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { rateLimit } from "../../platform/limits/rate.js";
import {
  become,
  type LockedShift,
  refuseUnless,
  type SignupAnswer,
  type SignupRow,
  SignupStatus,
  withOwn,
  withSignup,
} from "../shifts/index.js";
import { refuseWrongCode } from "./check-in.code.js";
import type { CheckInInput, CheckInWithCodeInput, CheckOutInput } from "./check-in.inputs.js";
import { DutyTimes } from "./duty.js";
import { earlier, refuseArrival, refuseDeparture, refuseUnlessHappening } from "./duty.window.js";
import { byEither } from "./either.lock.js";
import { makeRoom } from "./room.js";

const { CONFIRMED, SWAP_OFFERED, CHECKED_IN, COMPLETED, LEFT_EARLY, NO_SHOW, EXCUSED } = SignupStatus;

/** Who may come: also somebody who was thought not to, as when their phone was offline. */
const expected = [CONFIRMED, SWAP_OFFERED, NO_SHOW, EXCUSED];
const came = [CHECKED_IN, COMPLETED, LEFT_EARLY];

/** For one person, a minute: 6 signs of 25 are not guessed so. */
const tries = rateLimit(5);

/** Notes that somebody is there; again is harmless. */
export const checkIn = (ctx: Context, input: CheckInInput): Promise<SignupAnswer> =>
  withSignup(ctx, "checkIn", input, "check people in", (tx, at, signup) => arrive(tx, at, signup, input.at ?? null));

/** Notes that the viewer is there, by the code that stands at the check-in point; again is harmless. */
export async function checkInWithCode(ctx: Context, input: CheckInWithCodeInput): Promise<SignupAnswer> {
  await tries(ctx, signedIn(ctx).personId);
  return withOwn(ctx, "checkInWithCode", input, [...expected, ...came], async (tx, at, signup) => {
    await refuseWrongCode(tx, at.event.id, input.code);
    await arrive(tx, at, signup, input.at ?? null);
  });
}

async function arrive(tx: Transaction, at: LockedShift, signup: SignupRow, said: Date | null): Promise<void> {
  if (came.includes(signup.status)) return;
  refuseUnless(signup, ...expected);
  refuseUnlessHappening(at);
  refuseArrival(at.shift, said, tx.now());
  await makeRoom(tx, at, signup);
  await become(tx, at, signup, CHECKED_IN);
  const times = { arrivedServer: tx.now(), arrivedClient: said, leftServer: null, leftClient: null };
  await tx.db.upsert(DutyTimes, { signupId: signup.id, ...times }, ["signupId"]);
}

/** Notes that somebody goes: before the end they left early, later they stayed to the end. Again is harmless. */
export const checkOut = (ctx: Context, input: CheckOutInput): Promise<SignupAnswer> =>
  byEither(ctx, "checkOut", input, "check people out", (tx, at, signup) => depart(tx, at, signup, input.at ?? null));

async function depart(tx: Transaction, at: LockedShift, signup: SignupRow, said: Date | null): Promise<void> {
  if (signup.status === LEFT_EARLY) return;
  refuseUnless(signup, CHECKED_IN, COMPLETED);
  const times = await tx.db.findOneByOrFail(DutyTimes, { signupId: signup.id });
  if (times.leftServer) return;
  refuseDeparture(at.shift, times, said, tx.now());
  const status = earlier(said, tx.now()) < at.shift.endsAt ? LEFT_EARLY : COMPLETED;
  // Whoever was taken to have stayed to the end may still say that they left before.
  if (status === signup.status) return;
  await become(tx, at, signup, status, { unnamed: tx.viewer?.personId === signup.personId });
  await tx.db.update(DutyTimes, { signupId: signup.id }, { leftServer: tx.now(), leftClient: said });
}
