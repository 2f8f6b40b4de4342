import { onMerge } from "../events/index.js";

/** What was written and shown goes to the event that stays; its own check-in code stays, the other's comes where it has none. */
onMerge.push(async (tx, from, into) => {
  const ids = [from.id, into.id];
  for (const table of ["peacekeeper_messages", "contact_showings"])
    await tx.db.query(`UPDATE ${table} SET event_id = $2 WHERE event_id = $1`, ids);
  await tx.db.query(
    `UPDATE check_in_codes SET event_id = $2 WHERE event_id = $1
       AND NOT EXISTS (SELECT 1 FROM check_in_codes own WHERE own.event_id = $2)`,
    ids,
  );
});
