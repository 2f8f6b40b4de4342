import { ChangeKind } from "../../platform/graphql/live.js";
import { onMerge } from "../events/index.js";
import { shiftChanged } from "./shift.changes.js";

/** Shifts, and the claims on them, go to the event that stays. What calendars number them by never falls, whatever that event's version. */
onMerge.push(async (tx, from, into) => {
  const [moved]: [{ id: string }[], number] = await tx.db.query(
    `UPDATE shifts SET event_id = $2, version = version + $3, changed_at = $4
     WHERE event_id = $1 RETURNING id`,
    [from.id, into.id, from.version, tx.now()],
  );
  for (const { id } of moved) shiftChanged(tx, into, id, ChangeKind.UPDATED);
});
