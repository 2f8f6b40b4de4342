import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { refusal } from "./claim.service.js";
import type { EditShiftInput } from "./plan.inputs.js";
import { tellChanged } from "./plan.letters.js";
import type { ShiftRow } from "./shift.js";
import { type LockedShift, type ShiftAnswer, withShift } from "./shift.lock.js";
import { moveShifts, overlapsOf } from "./shift.move.js";
import { timesOf, windowOf } from "./shift.times.js";
import { ClaimObstacle, ShiftStatus } from "./shift.values.js";
import { type ShiftPatch, writeShift } from "./shift.write.js";
import { settle } from "./signup.places.js";

/** Changes what is given of a shift; refused when somebody else has changed it since the version that the caller has seen. */
export const editShift = (ctx: Context, input: EditShiftInput): Promise<ShiftAnswer> =>
  withShift(ctx, "editShift", input, "edit this shift", async (tx, at) => {
    refuseStale(at.shift, input.version);
    refusePast(tx, at.shift);
    const moved = await moveTo(tx, at, timesAfter(tx, input, at));
    const changed = await writeShift(tx, at, { ...detailsOf(input, at), ...placesOf(input, at.shift) });
    await settle(tx, at);
    // Of a check-in point those are told who may know it.
    const toAll = moved || changed.includes("role");
    if (toAll || changed.includes("checkInPoint")) await tellChanged(tx, at, !toAll);
  });

function refuseStale({ version }: ShiftRow, seen: number): void {
  if (seen === version) return;
  throw new Refusal("CONFLICT", `The shift is at version ${version} by now; read it again, then edit.`, {
    reason: ErrorReason.STALE_VERSION,
    fields: [{ path: "input.version", reason: `must be ${version}, the present one` }],
  });
}

export function refusePast(tx: Transaction, shift: ShiftRow): void {
  if (shift.status === ShiftStatus.CANCELLED) throw refusal(ClaimObstacle.SHIFT_CANCELLED);
  if (shift.endsAt <= tx.now()) throw refusal(ClaimObstacle.SHIFT_ENDED);
}

const cleared = "cannot be cleared; leave it out to keep it as it is";

type Times = Pick<ShiftRow, "startsAt" | "endsAt">;

function timesAfter(tx: Transaction, input: EditShiftInput, { shift, event }: LockedShift): Times {
  for (const name of ["startsAt", "endsAt"] as const)
    if (input[name] === null) throw badInput(`input.${name}`, cleared);
  if (!input.startsAt && !input.endsAt) return shift;
  const times = timesOf(input, event, shift);
  if (times.startsAt.getTime() !== shift.startsAt.getTime()) {
    if (shift.startsAt <= tx.now())
      throw new Refusal("CONFLICT", "This shift has begun; only its end can be changed.", {
        reason: ErrorReason.SHIFT_STARTED,
      });
    if (times.startsAt < tx.now()) throw badInput("input.startsAt", "must be a time to come");
  }
  if (times.endsAt <= tx.now()) throw badInput("input.endsAt", "must be a time to come");
  return times;
}

async function moveTo(tx: Transaction, at: LockedShift, { startsAt, endsAt }: Times): Promise<boolean> {
  const { shift } = at;
  if (startsAt.getTime() === shift.startsAt.getTime() && endsAt.getTime() === shift.endsAt.getTime()) return false;
  const move = { at, startsAt, endsAt };
  const begun = shift.startsAt <= tx.now();
  const overlaps = begun ? await overlapsOf(tx, [move]) : [];
  // Whoever stands there cannot be told to have lost the place.
  if (overlaps.length > 0)
    throw new Refusal("CONFLICT", `${overlaps.length} of those on this shift stand elsewhere by that time.`, {
      reason: ErrorReason.OVERLAPS,
    });
  await moveShifts(tx, [move]);
  return true;
}

function detailsOf(input: EditShiftInput, { shift, event }: LockedShift): ShiftPatch {
  if (input.role === null) throw badInput("input.role", cleared);
  const patch: ShiftPatch = windowOf(input, event, shift);
  if (input.role) patch.role = input.role;
  if (input.releaseCutoffMinutes !== undefined) patch.releaseCutoffMinutes = input.releaseCutoffMinutes ?? 0;
  if (input.swapNeedsApproval !== undefined) patch.swapNeedsApproval = input.swapNeedsApproval ?? false;
  for (const name of ["checkInPoint", "instructions"] as const)
    if (input[name] !== undefined) patch[name] = tidy(input[name]);
  return patch;
}

/** How many it needs and has room for: nobody loses a place without a word. */
function placesOf(input: EditShiftInput, shift: ShiftRow): ShiftPatch {
  for (const name of ["minimum", "capacity"] as const)
    if (input[name] === null) throw badInput(`input.${name}`, cleared);
  const [minimum, capacity] = [input.minimum ?? shift.minimum, input.capacity ?? shift.capacity];
  if (minimum > capacity) throw badInput("input.minimum", "must not be above capacity");
  const overfull = shift.taken > capacity;
  if (overfull && capacity < shift.capacity && !input.keepOverfull)
    throw new Refusal(
      "CONFLICT",
      `${shift.taken} places are taken: keep as many, or send keepOverfull, and everybody keeps theirs.`,
      {
        reason: ErrorReason.CAPACITY_BELOW_TAKEN,
        fields: [{ path: "input.capacity", reason: `must be at least ${shift.taken}, as many as are taken` }],
      },
    );
  return { minimum, capacity, overfull };
}
