import type { Transaction } from "../../platform/database/transact.js";
import type { LockedShift } from "./shift.lock.js";
import { holding, ShiftStatus, SignupStatus, toCome } from "./shift.values.js";
import { writeShift } from "./shift.write.js";
import { become } from "./signup.become.js";
import type { SignupRow } from "./signup.js";
import { signupsOf } from "./signup.places.js";

interface Why {
  reason: string;
  /** The event is off, and tells those who hold a place. */
  keepsFollowing?: boolean;
  /** It has begun: whoever is there was there. */
  begun?: boolean;
}

/** Calls a locked shift off: all places and the line end. One that has begun is closed instead. Gives what has ended. */
export async function endShift(
  tx: Transaction,
  at: LockedShift,
  { begun = false, ...details }: Why,
): Promise<SignupRow[]> {
  const ended: SignupRow[] = [];
  for (const signup of await signupsOf(tx, at, begun ? toCome : [...new Set([...toCome, ...holding])]))
    ended.push(await become(tx, at, signup, SignupStatus.RELEASED, { ...details, releasedAt: tx.now() }));
  await writeShift(tx, at, { status: begun ? ShiftStatus.CLOSED : ShiftStatus.CANCELLED });
  return ended;
}
