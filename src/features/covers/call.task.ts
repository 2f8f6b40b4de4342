import { type Services, systemContext } from "../../platform/context.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { every } from "../../platform/jobs/queue.js";
import { lockShiftRow } from "../shifts/index.js";
import { advance } from "./call.advance.js";
import { CallOut } from "./call.js";

/** Asks the next people where those who were asked do not answer. */
export const callOuts = every("call-outs", 20, async (services: Services) => {
  const system = systemContext(services);
  const { rows } = await services.pool.query<{ id: string }>(
    `SELECT id FROM call_outs WHERE status = 'OPEN' AND next_at <= $1 ORDER BY next_at, id`,
    [services.now()],
  );
  for (const { id } of rows) await transact(system, "moveCallOuts", (tx) => move(tx, id));
});

async function move(tx: Transaction, id: string): Promise<void> {
  const { shiftId } = await tx.db.findOneByOrFail(CallOut, { id });
  const at = await lockShiftRow(tx, shiftId);
  await advance(tx, at, await tx.db.findOneByOrFail(CallOut, { id }));
}
