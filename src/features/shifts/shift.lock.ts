import type { FindOptionsWhere } from "typeorm";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { Refusal } from "../../platform/errors.js";
import { canCoordinate, type Event, findRow, lockEventBehind, type LockedEvent } from "../events/index.js";
import { Shift, type ShiftRow } from "./shift.js";
import { ShiftStatus } from "./shift.values.js";

/** A shift whose row is locked, and its event: whoever has it decides on its places. */
export interface LockedShift<Known extends Event = Event> {
  shift: ShiftRow;
  event: Known;
}

const rowOf = (tx: Transaction, id: string): Promise<ShiftRow | null> =>
  tx.db.findOne(Shift, { where: { id }, lock: { mode: "for_no_key_update" } });

/**
 * The shift and its event, locked; what the viewer may not see is not there. The event first: whoever cancels or moves it
 * has it before they come to its shifts.
 */
export async function lockShift(tx: Transaction, id: string): Promise<LockedShift<LockedEvent>> {
  const known = await tx.db.findOneBy(Shift, { id });
  const { event } = await lockEventBehind(tx, known, "shift", "pessimistic_read");
  const shift = await rowOf(tx, id);
  const hidden = shift?.status === ShiftStatus.DRAFT && !(tx.viewer && canCoordinate(tx.viewer, event));
  if (!shift || hidden) throw new Refusal("NOT_FOUND", "There is no such shift.");
  return { shift, event };
}

/** The same for what happens by itself, or to a person's own sign-up: whoever may see the event. */
export async function lockShiftRow(tx: Transaction, id: string): Promise<LockedShift> {
  const shift = await rowOf(tx, id);
  if (!shift) throw new Refusal("NOT_FOUND", "There is no such shift.");
  return { shift, event: (await findRow(tx, shift.eventId))! };
}

/** All shifts of an event that is locked, themselves locked in the order of their ids. */
export async function lockShiftsOf(
  tx: Transaction,
  event: Event,
  of: FindOptionsWhere<Shift> = {},
): Promise<LockedShift[]> {
  const shifts: ShiftRow[] = await tx.db.find(Shift, {
    where: { ...of, eventId: event.id },
    order: { id: "ASC" },
    lock: { mode: "for_no_key_update" },
  });
  return shifts.map((shift) => ({ shift, event }));
}

/** An input about a shift. */
export interface OfShift extends Repeatable {
  shiftId: string;
}

/** What a mutation of a shift answers with. */
export interface ShiftAnswer {
  shiftId: string;
}

/** One act of a coordinator on a shift that is locked. */
export function withShift(
  ctx: Context,
  operation: string,
  input: OfShift,
  what: string,
  act: (tx: Transaction, at: LockedShift<LockedEvent>) => Promise<unknown>,
): Promise<ShiftAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const { shift, event } = await lockShift(tx, fromGlobalId("Shift", input.shiftId, "input.shiftId"));
    allow(canCoordinate(viewer, event), `${what}: the event's coordinators, hosts and staff may`);
    await act(tx, { shift, event });
    return { shiftId: shift.id };
  });
}
