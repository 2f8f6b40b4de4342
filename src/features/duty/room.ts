import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { ClaimObstacle, holding, type LockedShift, type SignupRow, standingsOf } from "../shifts/index.js";

/** Refuses to give a place back to somebody that went to others meanwhile, or whom it would put in two places. */
export async function makeRoom(tx: Transaction, at: LockedShift, { status, personId }: SignupRow): Promise<void> {
  if (holding.includes(status)) return;
  if (at.shift.taken >= at.shift.capacity)
    throw new Refusal("CONFLICT", "The place went to somebody else, and the shift is full: raise its capacity first.", {
      reason: ErrorReason.SHIFT_FULL,
    });
  const [standing] = await standingsOf(tx, at, [personId]);
  if (standing!.obstacles.includes(ClaimObstacle.OVERLAPS))
    throw new Refusal("CONFLICT", "They hold a place on another shift at this time.", { reason: ErrorReason.OVERLAPS });
}
