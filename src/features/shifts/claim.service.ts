import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { type SignupAnswer, withOwn } from "./own.lock.js";
import type { ClaimShiftInput, ReleaseShiftInput } from "./shift.inputs.js";
import { lockShift, type LockedShift } from "./shift.lock.js";
import { ClaimObstacle, holding, obstacleWords, passing, SignupStatus, toCome } from "./shift.values.js";
import { claimFast } from "./claim.fast.js";
import { become, blankSignup, freshAt } from "./signup.become.js";
import { ShiftSignup, type SignupRow } from "./signup.js";
import { settle, type Standing, standingsOf } from "./signup.places.js";

const requestMs = 24 * 3_600_000;

/** Gives the viewer a place, or one in line; again is harmless. The lock on the shift lets the last place go to one person only. */
export async function claimShift(ctx: Context, input: ClaimShiftInput): Promise<SignupAnswer> {
  const { personId } = signedIn(ctx);
  const claimed = await claimAtOnce(ctx, input, personId);
  if (claimed) return claimed;
  return transactOnce(ctx, "claimShift", input, async (tx) => {
    const at = await lockShift(tx, fromGlobalId("Shift", input.shiftId, "input.shiftId"));
    const signup = await claim(tx, at, personId, input.joinWaitlist);
    return { shiftId: at.shift.id, signupId: signup.id };
  });
}

/** Most claims are simple, and many come at once for the same places. */
async function claimAtOnce(ctx: Context, input: ClaimShiftInput, personId: string): Promise<SignupAnswer | null> {
  // What a key was used for is looked up the long way.
  if (input.idempotencyKey) return null;
  const shiftId = fromGlobalId("Shift", input.shiftId, "input.shiftId");
  const claimed = await claimFast(ctx, shiftId, personId);
  if (!claimed || "signupId" in claimed) return claimed && { shiftId, ...claimed };
  if (passing.includes(claimed.obstacle) && input.joinWaitlist) return null;
  throw refusal(claimed.obstacle);
}

const settled = (status: SignupStatus): boolean => holding.includes(status) && status !== SignupStatus.OFFERED;

async function claim(tx: Transaction, at: LockedShift, personId: string, joins: boolean): Promise<SignupRow> {
  // Whoever waits comes before whoever claims.
  await settle(tx, at);
  const own = await tx.db.findOneBy(ShiftSignup, { shiftId: at.shift.id, personId });
  if (own && settled(own.status)) return own;
  const [standing] = await standingsOf(tx, at, [personId]);
  const [obstacle] = standing!.obstacles;
  if (!obstacle) return take(tx, at, own ?? blankSignup(tx, at, personId), standing!);
  const waits = own?.status === SignupStatus.WAITLISTED;
  if (!passing.includes(obstacle) || !(joins || waits)) throw refusal(obstacle);
  return waits ? own : joinLine(tx, at, own ?? blankSignup(tx, at, personId));
}

export const refusal = (obstacle: ClaimObstacle): Refusal =>
  new Refusal("CONFLICT", obstacleWords[obstacle], { reason: ErrorReason[obstacle] });

/** A newcomer's claim holds the place until a coordinator says yes, for a day at most. */
function take(tx: Transaction, at: LockedShift, signup: SignupRow, { known }: Standing): Promise<SignupRow> {
  const fresh = freshAt(tx.now());
  if (known) return become(tx, at, signup, SignupStatus.CONFIRMED, fresh);
  const deadline = new Date(Math.min(tx.now().getTime() + requestMs, at.shift.startsAt.getTime()));
  return become(tx, at, signup, SignupStatus.REQUESTED, { ...fresh, deadline });
}

const joinLine = (tx: Transaction, at: LockedShift, signup: SignupRow): Promise<SignupRow> =>
  become(tx, at, signup, SignupStatus.WAITLISTED, {
    ...freshAt(tx.now()),
    line: ++at.shift.line,
  });

/** Gives the viewer's place back, declines an offer or leaves the line; again is harmless. */
export const releaseShift = (ctx: Context, input: ReleaseShiftInput): Promise<SignupAnswer> =>
  withOwn(ctx, "releaseShift", input, Object.values(SignupStatus), release);

export async function release(tx: Transaction, at: LockedShift, signup: SignupRow): Promise<void> {
  const { shift } = at;
  if (signup.status === SignupStatus.RELEASED || signup.status === SignupStatus.LAPSED) return;
  if (shift.endsAt <= tx.now()) throw refusal(ClaimObstacle.SHIFT_ENDED);
  if (!toCome.includes(signup.status))
    throw new Refusal("CONFLICT", "Your coming is noted already; a coordinator can correct it.", {
      reason: ErrorReason.SHIFT_STARTED,
    });
  if (signup.status === SignupStatus.OFFERED) await become(tx, at, signup, SignupStatus.LAPSED);
  else
    await become(tx, at, signup, SignupStatus.RELEASED, { releasedAt: tx.now(), releasedLate: isLate(tx, at, signup) });
  await settle(tx, at);
}

const isLate = (tx: Transaction, { shift }: LockedShift, { status }: SignupRow): boolean =>
  status !== SignupStatus.WAITLISTED &&
  tx.now().getTime() > shift.startsAt.getTime() - shift.releaseCutoffMinutes * 60_000;
