import { allow, type Context, signedIn } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, refusedAs, Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { tidy } from "../../platform/graphql/text.js";
import { canCoordinate } from "../events/index.js";
import { shiftChanged } from "./shift.changes.js";
import { lockShift, type LockedShift, lockShiftRow } from "./shift.lock.js";
import { ClaimObstacle, SignupStatus } from "./shift.values.js";
import { become } from "./signup.become.js";
import { ShiftSignup, type SignupRow } from "./signup.js";
import { vouch } from "./signup.known.js";
import { standingsOf } from "./signup.places.js";
import { setSwap } from "./swap.end.js";
import { handOver, place, takerOf } from "./swap.hand.js";
import { ShiftSwap, type SwapRow } from "./swap.js";
import { tellEnded, tellUndone } from "./swap.letters.js";
import type { SwapAnswer } from "./swap.service.js";
import { SwapStatus } from "./swap.values.js";

interface OfSwap extends Repeatable {
  swapId: string;
}

const missing = (): Refusal => new Refusal("NOT_FOUND", "There is no such swap.");

/** A coordinator says yes: the place goes over. The taker's claims in the campaign need no confirmation any more. */
export const approveSwap = (ctx: Context, input: OfSwap): Promise<SwapAnswer> =>
  withSwap(ctx, "approveSwap", input, async (tx, at, swap) => {
    if (swap.status === SwapStatus.DONE) return;
    refuseUnless(swap, SwapStatus.PENDING);
    await vouch(tx, at.event, swap.takerId);
    await checkFree(tx, at, swap.takerId, [ClaimObstacle.SHIFT_FULL, ClaimObstacle.SHIFT_CLOSED]);
    await handOver(tx, at, swap);
  });

/** A coordinator says no: the giver keeps the place, and offers it still. */
export const declineSwap = (ctx: Context, input: OfSwap): Promise<SwapAnswer> =>
  withSwap(ctx, "declineSwap", input, async (tx, at, swap) => {
    if (swap.status === SwapStatus.DECLINED) return;
    refuseUnless(swap, SwapStatus.PENDING);
    await tellEnded(tx, await end(tx, at, swap, SwapStatus.DECLINED));
  });

/** The giver has the place again, if they are free, until the shift begins. */
export const undoSwap = (ctx: Context, input: OfSwap & { reason?: string | null }): Promise<SwapAnswer> =>
  withSwap(ctx, "undoSwap", input, async (tx, at, swap) => {
    if (swap.status === SwapStatus.UNDONE) return;
    refuseUnless(swap, SwapStatus.DONE);
    const [taker, now, reason] = [await takerWith(tx, swap), tx.now(), tidy(input.reason)];
    const giver = await tx.db.findOneByOrFail(ShiftSignup, { id: swap.giverId });
    await checkFree(tx, at, giver.personId, ofSignups);
    await become(tx, at, taker, SignupStatus.RELEASED, { releasedAt: now, reason });
    await place(tx, at, giver, now, reason);
    await tellUndone(tx, await setSwap(tx, at.event, swap, SwapStatus.UNDONE));
  });

/** What keeps people from new claims, and nobody from a place that was theirs. */
const ofSignups = [
  ClaimObstacle.SHIFT_FULL,
  ClaimObstacle.SHIFT_CLOSED,
  ClaimObstacle.NOT_OPEN_YET,
  ClaimObstacle.LIMIT_REACHED,
];

/** The taker's sign-up, while the place that they hold is the one of this swap. */
async function takerWith(tx: Transaction, swap: SwapRow): Promise<SignupRow> {
  const taker = await takerOf(tx, swap);
  const has = taker?.status === SignupStatus.CONFIRMED || taker?.status === SignupStatus.SWAP_OFFERED;
  if (taker && has && taker.claimedAt.getTime() === swap.decidedAt!.getTime()) return taker;
  throw new Refusal("CONFLICT", "Whoever took the place no longer has it so.", { reason: ErrorReason.SIGNUP_STATUS });
}

/** Takes the viewer's own wish back. Again is harmless. */
export function withdrawSwapRequest(ctx: Context, input: OfSwap): Promise<SwapAnswer> {
  const { personId } = signedIn(ctx);
  return transactOnce(ctx, "withdrawSwapRequest", input, async (tx) => {
    const id = fromGlobalId("ShiftSwap", input.swapId, "input.swapId");
    const found = await tx.db.findOneBy(ShiftSwap, { id, takerId: personId });
    if (!found) throw missing();
    const at = await lockShiftRow(tx, found.shiftId);
    const swap = await tx.db.findOneByOrFail(ShiftSwap, { id });
    if (swap.status !== SwapStatus.WITHDRAWN) {
      refuseUnless(swap, SwapStatus.PENDING);
      await end(tx, at, swap, SwapStatus.WITHDRAWN);
    }
    return { shiftId: found.shiftId, swapId: id };
  });
}

/** One act of a coordinator on a swap whose shift is locked. */
function withSwap(
  ctx: Context,
  operation: string,
  input: OfSwap,
  act: (tx: Transaction, at: LockedShift, swap: SwapRow) => Promise<unknown>,
): Promise<SwapAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const id = fromGlobalId("ShiftSwap", input.swapId, "input.swapId");
    const found = await tx.db.findOneBy(ShiftSwap, { id });
    if (!found) throw missing();
    const at = await refusedAs(missing(), lockShift(tx, found.shiftId));
    if (!canCoordinate(viewer, at.event)) {
      const isGiver = await tx.db.existsBy(ShiftSignup, { id: found.giverId, personId: viewer.personId });
      if (!isGiver && found.takerId !== viewer.personId) throw missing();
      allow(false, "decide on swaps of this shift: the event's coordinators, hosts and staff may");
    }
    // What was read before the lock may be past.
    await act(tx, at, await tx.db.findOneByOrFail(ShiftSwap, { id }));
    return { shiftId: found.shiftId, swapId: id };
  });
}

function refuseUnless(swap: SwapRow, status: SwapStatus): void {
  if (swap.status === status) return;
  throw new Refusal("CONFLICT", `This swap is ${swap.status}, not ${status}; read it again.`, {
    reason: ErrorReason.SWAP_STATUS,
  });
}

async function checkFree(tx: Transaction, at: LockedShift, personId: string, passed: ClaimObstacle[]): Promise<void> {
  const [standing] = await standingsOf(tx, at, [personId]);
  const obstacle = standing!.obstacles.find((one) => !passed.includes(one));
  if (!obstacle) return;
  throw new Refusal("CONFLICT", `The place cannot go to this person: ${obstacle}.`, { reason: ErrorReason[obstacle] });
}

/** Ends a swap without anybody's place being different: it is offered to others again. */
export async function end(tx: Transaction, at: LockedShift, swap: SwapRow, status: SwapStatus): Promise<SwapRow> {
  shiftChanged(tx, at.event, at.shift.id, ChangeKind.UPDATED);
  return setSwap(tx, at.event, swap, status);
}
