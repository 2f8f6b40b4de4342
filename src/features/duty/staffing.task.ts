import { type Services, systemContext } from "../../platform/context.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { every } from "../../platform/jobs/queue.js";
import { takesPlace } from "../events/index.js";
import { tellCoordinators } from "../shifts/index.js";
import { understaffedLetter } from "./staffing.letters.js";

const horizon = "interval '6 hours'";

/** SQL: shifts that begin within the next hours, at events that take place. */
const soon = `shifts s JOIN events e ON e.id = s.event_id
  WHERE s.starts_at > $1 AND s.starts_at <= $1::timestamptz + ${horizon} AND s.status IN ('OPEN', 'CLOSED')
    AND ${takesPlace("e")}`;

/** Tells coordinators when a shift of the next hours has fewer people than it needs: once, until it has recovered and falls again. */
export const watchStaffing = every("staffing alerts", 60, async (services: Services) => {
  const system = systemContext(services);
  const now = services.now();
  await services.pool.query(
    `UPDATE staffing_alerts a SET told_at = NULL FROM shifts s
     WHERE s.id = a.shift_id AND a.told_at IS NOT NULL AND s.confirmed >= s.minimum`,
  );
  const { rows } = await services.pool.query<{ id: string }>(
    `SELECT s.id FROM ${soon} AND s.confirmed < s.minimum
       AND NOT EXISTS (SELECT 1 FROM staffing_alerts a WHERE a.shift_id = s.id AND a.told_at IS NOT NULL) LIMIT 500`,
    [now],
  );
  for (const { id } of rows) await transact(system, "alertCoordinators", (tx) => alert(tx, id));
});

async function alert(tx: Transaction, shiftId: string): Promise<void> {
  const [fall]: { falls: number; event_id: string }[] = await tx.db.query(
    `INSERT INTO staffing_alerts (shift_id, falls, told_at) VALUES ($1, 1, $2)
     ON CONFLICT (shift_id) DO UPDATE SET falls = staffing_alerts.falls + 1, told_at = excluded.told_at
       WHERE staffing_alerts.told_at IS NULL
     RETURNING falls, (SELECT event_id FROM shifts WHERE id = $1)`,
    [shiftId, tx.now()],
  );
  if (!fall) return;
  await tellCoordinators(tx, understaffedLetter, { eventId: fall.event_id, shiftId }, `${shiftId}:${fall.falls}`);
}
