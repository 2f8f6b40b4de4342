import type { Context } from "../../platform/context.js";
import { tidy } from "../../platform/graphql/text.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { refusal } from "./claim.service.js";
import type { CancelShiftInput, OfShiftInput } from "./plan.inputs.js";
import { tellCancelled } from "./plan.letters.js";
import { endShift } from "./shift.end.js";
import { type ShiftAnswer, withShift } from "./shift.lock.js";
import { ClaimObstacle, ShiftStatus } from "./shift.values.js";
import { writeShift } from "./shift.write.js";
import { settle } from "./signup.places.js";

type Refused = Partial<Record<ShiftStatus, Refusal>>;

const cancelled = { [ShiftStatus.CANCELLED]: refusal(ClaimObstacle.SHIFT_CANCELLED) };
const conflict = (message: string, reason: ErrorReason): Refusal => new Refusal("CONFLICT", message, { reason });

/** From what it is refused; where it stands so already, nothing happens. */
const becoming =
  (operation: string, what: string, status: ShiftStatus, refused: Refused) =>
  (ctx: Context, input: OfShiftInput): Promise<ShiftAnswer> =>
    withShift(ctx, operation, input, `${what} this shift`, async (tx, at) => {
      if (at.shift.status === status) return;
      const no = { ...cancelled, ...refused }[at.shift.status];
      if (no) throw no;
      await writeShift(tx, at, { status });
      await settle(tx, at);
    });

export const publishShift = becoming("publishShift", "publish", ShiftStatus.OPEN, {
  [ShiftStatus.CLOSED]: conflict("This shift was published, and is closed: use reopenShift.", ErrorReason.SHIFT_CLOSED),
});

const draft = conflict("This shift is a draft: use publishShift.", ErrorReason.NOT_OPEN_YET);

export const closeShift = becoming("closeShift", "close", ShiftStatus.CLOSED, { [ShiftStatus.DRAFT]: draft });

export const reopenShift = becoming("reopenShift", "reopen", ShiftStatus.OPEN, { [ShiftStatus.DRAFT]: draft });

/** Calls a shift off for good; whoever holds a place or waits for one is told once. */
export const cancelShift = (ctx: Context, input: CancelShiftInput): Promise<ShiftAnswer> =>
  withShift(ctx, "cancelShift", input, "cancel this shift", async (tx, at) => {
    if (at.shift.status === ShiftStatus.CANCELLED) return;
    if (at.shift.endsAt <= tx.now()) throw refusal(ClaimObstacle.SHIFT_ENDED);
    if (at.shift.startsAt <= tx.now())
      throw conflict("This shift has begun: close it, and release who is not to come.", ErrorReason.SHIFT_STARTED);
    await tellCancelled(tx, await endShift(tx, at, { reason: tidy(input.reason)! }));
  });
