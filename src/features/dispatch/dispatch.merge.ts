import { onMerge } from "../events/index.js";
import { dispatchChanged } from "./dispatch.changes.js";

/** The same organization's promises for both were the same promise: the names of both, and the larger number, stay. */
const join = `
  WITH pairs AS (
    SELECT f.id AS from_id, i.id AS into_id, f.count AS from_count
    FROM dispatch_pledges f JOIN dispatch_pledges i ON i.organization_id = f.organization_id AND i.event_id = $2
    WHERE f.event_id = $1 AND f.status = 'PROMISED'
  ), moved AS (
    INSERT INTO dispatch_names (pledge_id, person_id, named_at, named_by)
    SELECT p.into_id, n.person_id, n.named_at, n.named_by FROM pairs p JOIN dispatch_names n ON n.pledge_id = p.from_id
    WHERE n.removed_at IS NULL ON CONFLICT (pledge_id, person_id) DO UPDATE SET removed_at = NULL
  )
  UPDATE dispatch_pledges i SET status = 'PROMISED', named = names.number, 
    count = GREATEST(CASE WHEN i.status = 'PROMISED' THEN i.count END, p.from_count, names.number)
  FROM pairs p, LATERAL (
    SELECT count(DISTINCT person_id)::int AS number FROM dispatch_names
    WHERE pledge_id IN (p.from_id, p.into_id) AND removed_at IS NULL) names
  WHERE i.id = p.into_id`;

/** What was promised for the duplicate is promised for the event that stays. */
onMerge.push(async (tx, from, into) => {
  await tx.db.query(join, [from.id, into.id]);
  await tx.db.query(
    `DELETE FROM dispatch_pledges f WHERE event_id = $1 AND EXISTS (
       SELECT 1 FROM dispatch_pledges i WHERE i.event_id = $2 AND i.organization_id = f.organization_id)`,
    [from.id, into.id],
  );
  await tx.db.query(`UPDATE dispatch_pledges SET event_id = $2 WHERE event_id = $1`, [from.id, into.id]);
  const there: { id: string }[] = await tx.db.query(`SELECT id FROM dispatch_pledges WHERE event_id = $1`, [into.id]);
  for (const { id } of there) dispatchChanged(tx, into, id);
});
