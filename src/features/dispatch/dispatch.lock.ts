import type { Context } from "../../platform/context.js";
import { allow, signedIn } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { canCoordinate, type Event, findRow, lockEvent, type LockedEvent, Occurrence } from "../events/index.js";
import { canManageOrganization, canSeeOrganization, Organization } from "../organizations/index.js";
import { DispatchPledge, type DispatchRow } from "./dispatch.js";

/** A promise whose row is locked, its event, and in whose name the viewer acts. */
export interface LockedDispatch {
  pledge: DispatchRow;
  event: Event;
  /** The viewer sees the event too: it may have been hidden since. */
  open: boolean;
  /** The viewer is an admin of the organization. */
  own: boolean;
}

/** The promise, its event and its own row locked in this order; what the viewer may not see is not there. */
export async function lockDispatch(tx: Transaction, id: string): Promise<LockedDispatch> {
  const viewer = signedIn(tx);
  const missing = new Refusal("NOT_FOUND", "There is no such promise of peacekeepers.");
  const found = await tx.db.findOneBy(DispatchPledge, { id });
  if (!found) throw missing;
  const seen = await lockEvent(tx, found.eventId, "pessimistic_read").catch(orNull);
  const own = canManageOrganization(viewer, found.organizationId);
  if (!own && !(seen && canCoordinate(viewer, seen) && (await knows(tx, found.organizationId)))) throw missing;
  const pledge = await tx.db.findOneOrFail(DispatchPledge, { where: { id }, lock: { mode: "for_no_key_update" } });
  return { pledge, event: seen ?? (await findRow(tx, pledge.eventId))!, open: seen !== null, own };
}

function orNull(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

const knows = async (tx: Transaction, id: string): Promise<boolean> =>
  canSeeOrganization(tx.viewer, await tx.db.findOneByOrFail(Organization, { id }));

/** What a mutation of a promise answers with. */
export interface DispatchAnswer {
  dispatchId: string;
}

/** An input about a promise. */
export interface OfDispatch extends Repeatable {
  dispatchId: string;
}

/** One act of the organization's admins on their promise, which is locked. */
export function withDispatch(
  ctx: Context,
  operation: string,
  input: OfDispatch,
  act: (tx: Transaction, at: LockedDispatch) => Promise<unknown>,
): Promise<DispatchAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const at = await lockDispatch(tx, fromGlobalId("DispatchPledge", input.dispatchId, "input.dispatchId"));
    allow(at.own, "name its peacekeepers: owners and admins of the organization may");
    await act(tx, at);
    return { dispatchId: at.pledge.id };
  });
}

/** Nobody is sent to what is over or cancelled. */
export function refusePast(tx: Transaction, event: Pick<LockedEvent, "occurrence" | "spanEndsAt">): void {
  if (event.occurrence === Occurrence.CANCELLED)
    throw new Refusal("CONFLICT", "The event is cancelled.", { reason: ErrorReason.EVENT_CANCELLED });
  if (event.spanEndsAt <= tx.now())
    throw new Refusal("CONFLICT", "The event is over.", { reason: ErrorReason.EVENT_ENDED });
}
