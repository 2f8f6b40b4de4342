import { type Services, systemContext } from "../../platform/context.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { every } from "../../platform/jobs/queue.js";
import { lockShiftRow } from "./shift.lock.js";
import { holding } from "./shift.values.js";
import { end } from "./swap.decide.service.js";
import { takerOf } from "./swap.hand.js";
import { ShiftSwap } from "./swap.js";
import { tellEnded } from "./swap.letters.js";
import { SwapStatus } from "./swap.values.js";

/** Ends what nobody approved in time, and what is needless: the taker has another place on the shift by now. */
export const overdueSwaps = every("overdue swaps", 20, async (services: Services) => {
  const system = systemContext(services);
  const { rows } = await services.pool.query<{ id: string }>(
    `SELECT w.id FROM shift_swaps w LEFT JOIN shift_signups g ON g.shift_id = w.shift_id AND g.person_id = w.taker_id
     WHERE w.status = 'PENDING' AND (w.deadline <= $1 OR g.status = ANY ($2))`,
    [services.now(), holding],
  );
  for (const { id } of rows) await transact(system, "lapseSwaps", (tx) => lapse(tx, id));
});

async function lapse(tx: Transaction, id: string): Promise<void> {
  const { shiftId } = await tx.db.findOneByOrFail(ShiftSwap, { id });
  const at = await lockShiftRow(tx, shiftId);
  const swap = await tx.db.findOneByOrFail(ShiftSwap, { id });
  if (swap.status !== SwapStatus.PENDING) return;
  const taker = await takerOf(tx, swap);
  if (taker && holding.includes(taker.status)) return void (await end(tx, at, swap, SwapStatus.WITHDRAWN));
  if (swap.deadline! <= tx.now()) await tellEnded(tx, await end(tx, at, swap, SwapStatus.LAPSED));
}
