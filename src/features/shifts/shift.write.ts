import { audit } from "../../platform/audit/audit.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { shiftChanged } from "./shift.changes.js";
import { Shift, type ShiftRow } from "./shift.js";
import type { LockedShift } from "./shift.lock.js";

/** What people decide of a shift; what its sign-ups make of it is written with them. */
export type ShiftPatch = Partial<
  Omit<ShiftRow, "id" | "eventId" | "taken" | "confirmed" | "line" | "version" | "changedAt">
>;

const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

/** Writes what is different of a locked shift as its next version; gives the names of that. */
export async function writeShift(
  tx: Transaction,
  { shift, event }: LockedShift,
  patch: ShiftPatch,
): Promise<(keyof ShiftPatch)[]> {
  const changed = (Object.keys(patch) as (keyof ShiftPatch)[]).filter((name) => differs(shift[name], patch[name]));
  if (changed.length === 0) return [];
  const risen = { version: shift.version + 1, changedAt: tx.now() };
  Object.assign(shift, patch, risen);
  await tx.db.update(Shift, { id: shift.id }, { ...patch, ...risen });
  shiftChanged(tx, event, shift.id, ChangeKind.UPDATED);
  const fields = changed.filter((name) => name !== "overfull");
  await audit(tx, { type: "Shift", id: shift.id, scopes: [event.id, event.campaignId], fields });
  return changed;
}
