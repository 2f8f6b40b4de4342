import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, refusedAs, Refusal } from "../../platform/errors.js";
import { canCoordinate, Visibility } from "../events/index.js";
import { lockShift, type LockedShift, refusal, settle } from "../shifts/index.js";
import { advance, end, whyNobody } from "./call.advance.js";
import { CallOut, type CallOutRow } from "./call.js";
import type { CallOutInput, CloseCallOutInput } from "./cover.inputs.js";
import { CallOutStatus } from "./cover.values.js";

/** What a call-out comes to. */
export interface CallAnswer {
  shiftId: string;
  callOutId: string;
}

const what = "call people out to this shift: the event's coordinators, hosts and staff may";

/** Asks people on call to help out; again sets how many are to accept and from how far. */
export function callOut(ctx: Context, input: CallOutInput): Promise<CallAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "callOut", input, async (tx) => {
    const at = await lockShift(tx, fromGlobalId("Shift", input.shiftId, "input.shiftId"));
    allow(canCoordinate(viewer, at.event), what);
    // Whoever waits in line comes first.
    await settle(tx, at);
    await checkNeeded(tx, at);
    const before = await tx.db.findOneBy(CallOut, { shiftId: at.shift.id, status: CallOutStatus.OPEN });
    const call = { ...(before ?? blankCall(tx, at)), count: countOf(at, input), withinKm: input.withinKm };
    if (before?.count === call.count && before.withinKm === call.withinKm) return answer(at, call);
    await tx.db.save(CallOut, call);
    await note(tx, at, call);
    await advance(tx, at, call);
    return answer(at, call);
  });
}

const answer = ({ shift }: LockedShift, { id }: CallOutRow): CallAnswer => ({ shiftId: shift.id, callOutId: id });

const note = (tx: Transaction, { event }: LockedShift, { id }: CallOutRow): Promise<void> =>
  audit(tx, { type: "CallOut", id, scopes: [event.id, event.campaignId], fields: ["status"] });

async function checkNeeded(tx: Transaction, at: LockedShift): Promise<void> {
  const why = await whyNobody(tx, at);
  if (why) throw refusal(why);
  if (at.event.visibility === Visibility.PRIVATE)
    throw new Refusal("CONFLICT", "Nobody is called out to a private event: assign those who may see it.", {
      reason: ErrorReason.EVENT_HIDDEN,
    });
}

function countOf({ shift }: LockedShift, { count }: CallOutInput): number {
  const free = shift.capacity - shift.taken;
  if ((count ?? 1) > free) throw badInput("input.count", `must be at most ${free}, the places that are free`);
  return count ?? Math.min(Math.max(shift.minimum - shift.confirmed, 1), free);
}

const blankCall = (tx: Transaction, { shift }: LockedShift): CallOutRow => ({
  id: newId(),
  shiftId: shift.id,
  status: CallOutStatus.OPEN,
  count: 1,
  withinKm: 0,
  calledAt: tx.now(),
  endedAt: null,
  nextAt: tx.now(),
});

/** Asks nobody any more; again is harmless. */
export function closeCallOut(ctx: Context, input: CloseCallOutInput): Promise<CallAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "closeCallOut", input, async (tx) => {
    const id = fromGlobalId("CallOut", input.callOutId, "input.callOutId");
    const missing = new Refusal("NOT_FOUND", "There is no such call-out.");
    const found = await tx.db.findOneBy(CallOut, { id });
    if (!found) throw missing;
    const at = await refusedAs(missing, lockShift(tx, found.shiftId));
    // Nobody else knows that anybody is asked.
    if (!canCoordinate(viewer, at.event)) throw missing;
    const call = await tx.db.findOneByOrFail(CallOut, { id });
    if (call.status === CallOutStatus.OPEN) {
      await end(tx, call, CallOutStatus.CLOSED);
      await note(tx, at, call);
    }
    return answer(at, call);
  });
}
