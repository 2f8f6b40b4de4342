import { globalIdSql } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { beforeErasing, Erased, personal } from "../../platform/personal.js";
import type { Sql } from "../../platform/reading/shape.js";
import { beforeForgetting, lockShiftRow, ownActs, PeacekeeperRow } from "../shifts/index.js";
import { advance } from "./call.advance.js";
import { CallOut } from "./call.js";

ownActs.add("acceptCover");

personal("cover_requests.person_id", {
  erased: Erased.ROW,
  shows: {
    id: globalIdSql("CoverRequest", "t.id"),
    shift: globalIdSql("Shift", "(SELECT c.shift_id FROM call_outs c WHERE c.id = t.call_out_id)"),
    status: "t.status",
    at: "t.asked_at",
  },
});

/** SQL, one statement: erases the requests that a condition on `r` finds; how many were asked, and what they said, is kept. */
const foldRequests = (which: Sql): Sql => `
  WITH gone AS (DELETE FROM cover_requests r WHERE ${which} RETURNING r.call_out_id, r.status)
  UPDATE call_outs c SET erased_asked = c.erased_asked + asked, erased_accepted = c.erased_accepted + accepted,
    erased_declined = c.erased_declined + declined
  FROM (SELECT call_out_id, count(*)::int AS asked, (count(*) FILTER (WHERE status = 'ACCEPTED'))::int AS accepted,
          (count(*) FILTER (WHERE status = 'DECLINED'))::int AS declined FROM gone GROUP BY call_out_id) counts
  WHERE c.id = counts.call_out_id`;

/** So many call-outs a statement, of at most 200 people each. */
const some = 50;

beforeForgetting.push(async (pool, before) => {
  const over = `SELECT c.id FROM call_outs c JOIN shifts s ON s.id = c.shift_id JOIN events e ON e.id = s.event_id
    WHERE s.ends_at < $1 AND e.span_ends_at < $1
      AND EXISTS (SELECT 1 FROM cover_requests r WHERE r.call_out_id = c.id) LIMIT ${some}`;
  for (let done = some; done > 0;)
    done = (await pool.query(foldRequests(`r.call_out_id IN (${over})`), [before])).rowCount ?? 0;
});

/** Nobody waits for their answer any more, and others are asked; they themselves no more. */
beforeErasing.push(async (tx, personId) => {
  await tx.db.update(PeacekeeperRow, { personId }, { onCall: false });
  const open: { shiftId: string; id: string }[] = await tx.db.query(
    `SELECT c.shift_id AS "shiftId", c.id FROM cover_requests r JOIN call_outs c ON c.id = r.call_out_id
     WHERE r.person_id = $1 AND r.status IN ('ASKED', 'ACCEPTED') AND c.status = 'OPEN' ORDER BY 1, 2`,
    [personId],
  );
  for (const { shiftId, id } of open) await askOthers(tx, shiftId, id, personId);
  await tx.db.query(foldRequests("r.person_id = $1"), [personId]);
});

async function askOthers(tx: Transaction, shiftId: string, id: string, personId: string): Promise<void> {
  const at = await lockShiftRow(tx, shiftId);
  await tx.db.query(foldRequests("r.person_id = $1 AND r.call_out_id = $2"), [personId, id]);
  await advance(tx, at, await tx.db.findOneByOrFail(CallOut, { id }));
}
