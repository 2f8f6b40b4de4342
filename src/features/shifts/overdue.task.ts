import { type Services, systemContext } from "../../platform/context.js";
import { transact } from "../../platform/database/transact.js";
import { every } from "../../platform/jobs/queue.js";
import { lockShiftRow } from "./shift.lock.js";
import { settle } from "./signup.places.js";

/**
 * Ends what nobody answered in time, and offers free places to whoever waits. Also where somebody in line can take a
 * place by now that was free before: a shift of theirs was cancelled, or the sign-up window has opened.
 */
export const overdueSignups = every("overdue signups", 20, async (services: Services) => {
  const system = systemContext(services);
  const { rows } = await services.pool.query<{ id: string }>(
    `SELECT DISTINCT shift_id AS id FROM shift_signups WHERE deadline <= $1
     UNION SELECT s.id FROM shifts s WHERE s.status = 'OPEN' AND s.taken < s.capacity AND s.starts_at > $1
       AND EXISTS (SELECT 1 FROM shift_signups g WHERE g.shift_id = s.id AND g.status = 'WAITLISTED')`,
    [services.now()],
  );
  const failures: unknown[] = [];
  for (const { id } of rows)
    await transact(system, "lapseSignups", async (tx) => settle(tx, await lockShiftRow(tx, id))).catch(
      (error: unknown) => failures.push(error),
    );
  // One shift that fails does not keep the others waiting.
  if (failures.length > 0) throw failures[0];
});
