import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { refusal } from "./claim.service.js";
import { refuseUnless } from "./confirm.service.js";
import { type SignupAnswer, withOwn } from "./own.lock.js";
import { shiftChanged } from "./shift.changes.js";
import { lockShift, type LockedShift, type OfShift } from "./shift.lock.js";
import { ClaimObstacle, holding, passing, SignupStatus } from "./shift.values.js";
import { become } from "./signup.become.js";
import { ShiftSignup } from "./signup.js";
import { standingsOf } from "./signup.places.js";
import { noteSwap } from "./swap.end.js";
import { handOver } from "./swap.hand.js";
import { ShiftSwap, type SwapRow } from "./swap.js";
import { SwapStatus } from "./swap.values.js";

const approvalMs = 24 * 3_600_000;
/** How many places one person may ask to take over at a time. */
const mostPending = 2;

/** What a swap comes to. */
export interface SwapAnswer {
  shiftId: string;
  swapId: string;
}

/** Offers the viewer's place to whoever is eligible: they keep it until somebody takes it. Again is harmless. */
export const offerSwap = (ctx: Context, input: OfShift): Promise<SignupAnswer> =>
  withOwn(ctx, "offerSwap", input, holding, async (tx, at, own) => {
    if (own.status === SignupStatus.SWAP_OFFERED) return;
    if (at.shift.startsAt <= tx.now()) throw refusal(ClaimObstacle.SHIFT_STARTED);
    refuseUnless(own, SignupStatus.CONFIRMED);
    await become(tx, at, own, SignupStatus.SWAP_OFFERED);
  });

/** Keeps the place after all. Again is harmless. */
export const withdrawSwap = (ctx: Context, input: OfShift): Promise<SignupAnswer> =>
  withOwn(ctx, "withdrawSwap", input, holding, async (tx, at, own) => {
    if (own.status === SignupStatus.SWAP_OFFERED) await become(tx, at, own, SignupStatus.CONFIRMED);
  });

/** Takes the place that is offered longest, or asks for it where a coordinator has to approve. Again is harmless. */
export function acceptSwap(ctx: Context, input: OfShift): Promise<SwapAnswer> {
  const { personId } = signedIn(ctx);
  return transactOnce(ctx, "acceptSwap", input, async (tx) => {
    const at = await lockShift(tx, fromGlobalId("Shift", input.shiftId, "input.shiftId"));
    const swap = (await mineAlready(tx, at, personId)) ?? (await accept(tx, at, personId));
    return { shiftId: at.shift.id, swapId: swap.id };
  });
}

/** The swap by which the viewer has, or waits for, a place. */
async function mineAlready(tx: Transaction, { shift }: LockedShift, takerId: string): Promise<SwapRow | null> {
  const [latest] = await tx.db.find(ShiftSwap, {
    where: { shiftId: shift.id, takerId },
    order: { askedAt: "DESC" },
    take: 1,
  });
  const held = await tx.db.findOneBy(ShiftSignup, { shiftId: shift.id, personId: takerId });
  const has = held !== null && holding.includes(held.status);
  return latest && latest.status === (has ? SwapStatus.DONE : SwapStatus.PENDING) ? latest : null;
}

async function accept(tx: Transaction, at: LockedShift, takerId: string): Promise<SwapRow> {
  const known = await checkEligible(tx, at, takerId);
  const giverId = await longestOffered(tx, at.shift.id);
  if (!giverId)
    throw new Refusal("CONFLICT", "Nobody offers a place on this shift.", { reason: ErrorReason.NO_SWAP_OFFERED });
  const waits = at.shift.swapNeedsApproval || !known;
  if (waits && (await tx.db.countBy(ShiftSwap, { takerId, status: SwapStatus.PENDING })) >= mostPending)
    throw refusal(ClaimObstacle.LIMIT_REACHED);
  const swap = blankSwap(tx, at, giverId, takerId);
  await tx.db.insert(ShiftSwap, swap);
  if (!waits) return handOver(tx, at, swap);
  shiftChanged(tx, at.event, at.shift.id, ChangeKind.UPDATED);
  await noteSwap(tx, at.event, swap.id);
  return swap;
}

/** Whether a coordinator knows them; refused for all that stands in their way but that there is no room: they need none. */
async function checkEligible(tx: Transaction, at: LockedShift, personId: string): Promise<boolean> {
  const [standing] = await standingsOf(tx, at, [personId]);
  const obstacle = standing!.obstacles.find((one) => !passing.includes(one));
  if (obstacle) throw refusal(obstacle);
  // Whoever is offered a place takes that one.
  const offered = { shiftId: at.shift.id, personId, status: SignupStatus.OFFERED };
  if (await tx.db.existsBy(ShiftSignup, offered)) throw refusal(ClaimObstacle.ALREADY_SIGNED_UP);
  return standing!.known;
}

/** The sign-up that has been offered longest and that nobody waits for. */
async function longestOffered(tx: Transaction, shiftId: string): Promise<string | undefined> {
  const rows: { id: string }[] = await tx.db.query(
    `SELECT g.id FROM shift_signups g JOIN signup_steps t ON t.signup_id = g.id AND t.version = g.version
     WHERE g.shift_id = $1 AND g.status = 'SWAP_OFFERED'
       AND NOT EXISTS (SELECT 1 FROM shift_swaps w WHERE w.giver_id = g.id AND w.status = 'PENDING')
     ORDER BY t.at, g.id LIMIT 1`,
    [shiftId],
  );
  return rows[0]?.id;
}

const blankSwap = (tx: Transaction, { shift }: LockedShift, giverId: string, takerId: string): SwapRow => ({
  id: newId(),
  shiftId: shift.id,
  giverId,
  takerId,
  status: SwapStatus.PENDING,
  askedAt: tx.now(),
  deadline: new Date(Math.min(tx.now().getTime() + approvalMs, shift.startsAt.getTime())),
  decidedAt: null,
});
