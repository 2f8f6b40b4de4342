import { onMerge } from "../events/index.js";

/** Runs of templates go with their shifts to the event that stays; its own plan stays, where it has one. */
onMerge.push(async (tx, from, into) => {
  await tx.db.query(`UPDATE shift_template_runs SET event_id = $2 WHERE event_id = $1`, [from.id, into.id]);
  await tx.db.query(
    `INSERT INTO staffing_plans (event_id, expected_turnout, ratio, told_target)
     SELECT $2, expected_turnout, ratio, told_target FROM staffing_plans WHERE event_id = $1 ON CONFLICT DO NOTHING`,
    [from.id, into.id],
  );
});
