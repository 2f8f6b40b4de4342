import type { Transaction } from "../../platform/database/transact.js";
import type { LockedShift } from "./shift.lock.js";
import { SignupStatus } from "./shift.values.js";
import { become, freshAt, signupFor } from "./signup.become.js";
import { ShiftSignup, type SignupRow } from "./signup.js";
import { setSwap } from "./swap.end.js";
import { tellDone } from "./swap.letters.js";
import type { SwapRow } from "./swap.js";
import { SwapStatus } from "./swap.values.js";

/** Gives the place: one is released, never late, and the other has it, so that the shift counts as many as before. */
export async function handOver(tx: Transaction, at: LockedShift, swap: SwapRow): Promise<SwapRow> {
  const now = tx.now();
  const done = await setSwap(tx, at.event, swap, SwapStatus.DONE, now);
  const giver = await tx.db.findOneByOrFail(ShiftSignup, { id: swap.giverId });
  await become(tx, at, giver, SignupStatus.RELEASED, { releasedAt: now });
  await place(tx, at, await signupFor(tx, at, swap.takerId), now);
  await tellDone(tx, done);
  return done;
}

/** A place that is had from this moment on. */
export const place = (
  tx: Transaction,
  at: LockedShift,
  signup: SignupRow,
  claimedAt: Date,
  reason?: string | null,
): Promise<SignupRow> => become(tx, at, signup, SignupStatus.CONFIRMED, { ...freshAt(claimedAt), reason });

export const takerOf = (tx: Transaction, { shiftId, takerId }: SwapRow): Promise<SignupRow | null> =>
  tx.db.findOneBy(ShiftSignup, { shiftId, personId: takerId });
