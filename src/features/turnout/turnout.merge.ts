import { onMerge } from "../events/index.js";
import { turnoutChanged } from "./turnout.changes.js";

const derived = `
  INSERT INTO turnouts (event_id, low, high, peak_low, peak_high, reports, observed_at)
  SELECT $1, latest.low, latest.high, peak.low, peak.high, counted.reports, latest.observed_at
  FROM (SELECT low, high, observed_at FROM turnout_reports WHERE event_id = $1
        ORDER BY observed_at DESC, received_at DESC, id LIMIT 1) latest,
    (SELECT low, high FROM turnout_reports WHERE event_id = $1 ORDER BY low + high DESC, id LIMIT 1) peak,
    (SELECT count(*)::int AS reports FROM turnout_reports WHERE event_id = $1) counted`;

/** Both were the same crowd: what was reported of the duplicate was reported of the event that stays. */
onMerge.push(async (tx, from, into) => {
  await tx.db.query(`UPDATE turnout_reports SET event_id = $2 WHERE event_id = $1`, [from.id, into.id]);
  await tx.db.query(`DELETE FROM turnouts WHERE event_id IN ($1, $2)`, [from.id, into.id]);
  await tx.db.query(derived, [into.id]);
  turnoutChanged(tx, into);
});
