import { ChangeKind } from "../../platform/graphql/live.js";
import { onMerge } from "../events/index.js";
import { shiftChanged } from "./shift.changes.js";

/** Shifts, and the claims on them, go to the event that stays. */
onMerge.push(async (tx, from, into) => {
  const [moved]: [{ id: string }[], number] = await tx.db.query(
    `UPDATE shifts SET event_id = $2 WHERE event_id = $1 RETURNING id`,
    [from.id, into.id],
  );
  for (const { id } of moved) shiftChanged(tx, into, id, ChangeKind.UPDATED);
});
