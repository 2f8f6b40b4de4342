import { onMerge } from "../events/index.js";

/** What the duplicate clears for, and who attended it, goes to the event that stays, unless that has its own. */
onMerge.push(async (tx, from, into) => {
  await tx.db.query(
    `INSERT INTO trainings (event_id, kind, organization_id, valid_days)
     SELECT $2, kind, organization_id, valid_days FROM trainings WHERE event_id = $1 ON CONFLICT DO NOTHING`,
    [from.id, into.id],
  );
  await tx.db.query(
    `INSERT INTO attendances (event_id, qualification_id, at, until)
     SELECT $2, qualification_id, at, until FROM attendances WHERE event_id = $1
     ON CONFLICT (event_id, qualification_id) DO UPDATE SET until = greatest(attendances.until, excluded.until)`,
    [from.id, into.id],
  );
  await tx.db.query(`DELETE FROM trainings WHERE event_id = $1`, [from.id]);
  await tx.db.query(`DELETE FROM attendances WHERE event_id = $1`, [from.id]);
});
