import { type Services, systemContext } from "../../platform/context.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { every } from "../../platform/jobs/queue.js";
import { isOn } from "../events/index.js";
import { become, lockShiftRow, ShiftSignup, type SignupStatus } from "../shifts/index.js";
import { completedMs, settledMs } from "./duty.values.js";

/** Nobody is looked for longer than this: whoever is still CONFIRMED then stays so. */
const lookBack = "interval '3 days'";

/** A completion that a coordinator has undone is theirs to decide, until the day after. */
const completedOnce = (row: string): string =>
  `EXISTS (SELECT 1 FROM signup_steps c WHERE c.signup_id = ${row}.id AND c.status = 'COMPLETED')`;

/** Where nobody was checked in at all, nobody looked who came: then nobody is a no-show. */
const wasWatched = (row: string): string =>
  `EXISTS (SELECT 1 FROM shifts s JOIN events e ON e.id = s.event_id JOIN shifts os ON os.event_id = e.id
     JOIN shift_signups og ON og.shift_id = os.id JOIN duty_times t ON t.signup_id = og.id
     WHERE s.id = ${row}.shift_id AND ${isOn("e")})`;

/** What a sign-up becomes by itself once its shift is over; null: nothing. */
const becomes = (row: string): string =>
  `CASE WHEN ${row}.status IN ('REQUESTED', 'OFFERED', 'WAITLISTED') THEN 'LAPSED'
     WHEN ${row}.status = 'CHECKED_IN' AND (${row}.ends_at <= $3 OR ${row}.ends_at <= $2 AND NOT ${completedOnce(row)}) THEN 'COMPLETED'
     WHEN ${row}.status IN ('CONFIRMED', 'SWAP_OFFERED') AND ${row}.ends_at <= $3 AND ${row}.ends_at > $3::timestamptz - ${lookBack}
       AND ${wasWatched(row)} THEN 'NO_SHOW' END`;

/** SQL: the sign-ups of shifts that are over and are not finished; the parameters are of {@link momentsOf}. */
const over = `shift_signups g WHERE g.ends_at <= $1
  AND g.status IN ('REQUESTED', 'OFFERED', 'WAITLISTED', 'CHECKED_IN', 'CONFIRMED', 'SWAP_OFFERED')
  AND (g.status NOT IN ('CONFIRMED', 'SWAP_OFFERED') OR g.ends_at > $3::timestamptz - ${lookBack})`;

const momentsOf = (now: Date): Date[] => [0, completedMs, settledMs].map((ms) => new Date(now.getTime() - ms));

/** Finishes what is left of shifts that are over: who was there has completed, who waited waits no more, who never came did not. */
export const finishShifts = every("finish shifts", 60, async (services: Services) => {
  const system = systemContext(services);
  const { rows } = await services.pool.query<{ id: string }>(
    `SELECT DISTINCT g.shift_id AS id FROM ${over} AND ${becomes("g")} IS NOT NULL LIMIT 500`,
    momentsOf(services.now()),
  );
  for (const { id } of rows) await transact(system, "finishShift", (tx) => finish(tx, id));
});

async function finish(tx: Transaction, shiftId: string): Promise<void> {
  const at = await lockShiftRow(tx, shiftId);
  const ends: { id: string; status: SignupStatus }[] = await tx.db.query(
    `SELECT * FROM (SELECT g.id, ${becomes("g")} AS status FROM ${over} AND g.shift_id = $4) ends WHERE status IS NOT NULL`,
    [...momentsOf(tx.now()), shiftId],
  );
  for (const { id, status } of ends) await become(tx, at, await tx.db.findOneByOrFail(ShiftSignup, { id }), status);
}
