import type { Transaction } from "../../platform/database/transact.js";
import { type EventRow, EventRecord, findRow, Occurrence, onWrite } from "../events/index.js";
import { type EventMove, moveOf, moveWith } from "./event.moves.js";
import { tellOthersMoved, tellOthersOff } from "./event.letters.js";
import { endShift } from "./shift.end.js";
import type { ShiftRow } from "./shift.js";
import { type LockedShift, lockShiftsOf } from "./shift.lock.js";
import { moveShifts } from "./shift.move.js";
import { ShiftStatus } from "./shift.values.js";
import { eventIsOff } from "./stakes.words.js";

/** Shifts follow their event: they end with one that is off, and move with one that moves. */
onWrite.push(async (tx, before, after) => {
  if (isOff(after)) return isOff(before) ? undefined : endAll(tx, before, after);
  const move = moveOf(before, after);
  if (move) await moveAll(tx, before, after, move);
});

const isOff = ({ occurrence, record }: EventRow): boolean =>
  occurrence === Occurrence.CANCELLED || record !== EventRecord.LIVE;

/** A postponed event did not take place at the time that it had, nor did its shifts. */
const isPast = (tx: Transaction, before: EventRow, instant: Date): boolean =>
  before.occurrence !== Occurrence.POSTPONED && instant <= tx.now();

const hasBegun = (tx: Transaction, before: EventRow, { startsAt }: ShiftRow): boolean => isPast(tx, before, startsAt);

async function shiftsToCome(tx: Transaction, before: EventRow): Promise<LockedShift[]> {
  const event = (await findRow(tx, before.id))!;
  const shifts = await lockShiftsOf(tx, event);
  return shifts.filter(({ shift }) => shift.status !== ShiftStatus.CANCELLED && !isPast(tx, before, shift.endsAt));
}

async function endAll(tx: Transaction, before: EventRow, after: EventRow): Promise<void> {
  // What is merged has given its shifts to the other event.
  if (after.record === EventRecord.MERGED) return;
  const people = new Set<string>();
  for (const at of await shiftsToCome(tx, before)) {
    // What nobody but the coordinators saw need not be called off.
    if (at.shift.status === ShiftStatus.DRAFT) continue;
    const begun = hasBegun(tx, before, at.shift);
    for (const { personId } of await endShift(tx, at, { reason: eventIsOff, keepsFollowing: true, begun }))
      people.add(personId);
  }
  await tellOthersOff(tx, after, [...people]);
}

async function moveAll(tx: Transaction, before: EventRow, after: EventRow, move: EventMove): Promise<void> {
  const shifts = await shiftsToCome(tx, before);
  const toMove = shifts.filter(({ shift }) => !hasBegun(tx, before, shift));
  if (toMove.length === 0) return;
  await moveShifts(
    tx,
    toMove.map((at) => moveWith(move, at, tx.now())),
  );
  await tellOthersMoved(tx, after);
}
