import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, refusedAs, Refusal } from "../../platform/errors.js";
import {
  become,
  freshAt,
  lockShift,
  type LockedShift,
  lockShiftRow,
  refusal,
  signupFor,
  SignupStatus,
  standingsOf,
  vouch,
} from "../shifts/index.js";
import { advance } from "./call.advance.js";
import { CallOut, type CallOutRow } from "./call.js";
import { CoverRequest, type CoverRow } from "./cover.js";
import { passed } from "./cover.rank.js";
import { CallOutStatus, CoverStatus } from "./cover.values.js";

interface OfCover extends Repeatable {
  coverId: string;
}

/** What an answer to being asked comes to. */
export interface CoverAnswer {
  shiftId: string;
  coverId: string;
}

/** Gives the viewer the place that they are asked to take, if nobody was faster; again is harmless. */
export const acceptCover = (ctx: Context, input: OfCover): Promise<CoverAnswer> =>
  withCover(ctx, "acceptCover", input, lockShift, async (tx, at, call, request) => {
    if (request.status === CoverStatus.ACCEPTED) return;
    const open = [CoverStatus.ASKED, CoverStatus.DECLINED].includes(request.status) && request.deadline > tx.now();
    if (call.status !== CallOutStatus.OPEN || !open)
      throw new Refusal("CONFLICT", "Somebody else was faster, or nobody is needed any more.", {
        reason: ErrorReason.COVER_CLOSED,
      });
    await takePlace(tx, at, request.personId);
    await tx.db.update(CoverRequest, { id: request.id }, { status: CoverStatus.ACCEPTED });
    await advance(tx, at, call);
  });

/** A coordinator asked them: they are known at this event, and need no confirmation. */
async function takePlace(tx: Transaction, at: LockedShift, personId: string): Promise<void> {
  const [standing] = await standingsOf(tx, at, [personId]);
  const obstacle = standing!.obstacles.find((one) => !passed.includes(one));
  if (obstacle) throw refusal(obstacle);
  await vouch(tx, { id: at.event.id, campaignId: null }, personId);
  await become(tx, at, await signupFor(tx, at, personId), SignupStatus.CONFIRMED, freshAt(tx.now()));
}

/** Says no, and somebody else is asked; again is harmless. */
export const declineCover = (ctx: Context, input: OfCover): Promise<CoverAnswer> =>
  withCover(ctx, "declineCover", input, lockShiftRow, async (tx, at, call, request) => {
    if (request.status === CoverStatus.ACCEPTED)
      throw new Refusal("CONFLICT", "You have the place; release it instead.", {
        reason: ErrorReason.ALREADY_SIGNED_UP,
      });
    if (request.status !== CoverStatus.ASKED) return;
    await tx.db.update(CoverRequest, { id: request.id }, { status: CoverStatus.DECLINED });
    // Coordinators are told how many decline, and never who.
    const scopes = [at.event.id, at.event.campaignId];
    await audit(tx, { type: "CallOut", id: call.id, scopes, fields: ["declined"], unnamed: true });
    await advance(tx, at, call);
  });

function withCover(
  ctx: Context,
  operation: string,
  input: OfCover,
  lock: (tx: Transaction, shiftId: string) => Promise<LockedShift>,
  act: (tx: Transaction, at: LockedShift, call: CallOutRow, request: CoverRow) => Promise<void>,
): Promise<CoverAnswer> {
  const { personId } = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const id = fromGlobalId("CoverRequest", input.coverId, "input.coverId");
    const missing = new Refusal("NOT_FOUND", "You are not asked this.");
    const found = await tx.db.findOneBy(CoverRequest, { id, personId });
    if (!found) throw missing;
    const { shiftId } = await tx.db.findOneByOrFail(CallOut, { id: found.callOutId });
    const at = await refusedAs(missing, lock(tx, shiftId));
    // What was read before the lock may be past.
    const call = await tx.db.findOneByOrFail(CallOut, { id: found.callOutId });
    await act(tx, at, call, await tx.db.findOneByOrFail(CoverRequest, { id }));
    return { shiftId, coverId: id };
  });
}
