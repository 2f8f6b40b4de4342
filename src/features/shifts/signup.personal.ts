import { globalIdSql } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { beforeErasing, Erased, personal } from "../../platform/personal.js";
import { release } from "./claim.service.js";
import { lockShiftRow } from "./shift.lock.js";
import { holds, SignupStatus, toCome } from "./shift.values.js";
import { become } from "./signup.become.js";
import { foldSignups } from "./signup.fold.js";
import { ShiftSignup } from "./signup.js";
import { end } from "./swap.decide.service.js";
import { ShiftSwap } from "./swap.js";
import { SwapStatus } from "./swap.values.js";

const signup = globalIdSql("ShiftSignup", "t.signup_id");
const step = { signup, status: "t.status", at: "t.at" };

personal("shift_signups.person_id", {
  erased: Erased.ROW,
  shows: {
    id: globalIdSql("ShiftSignup", "t.id"),
    shift: globalIdSql("Shift", "t.shift_id"),
    role: "(SELECT s.role FROM shifts s WHERE s.id = t.shift_id)",
    startsAt: "t.starts_at",
    endsAt: "t.ends_at",
    status: "t.status",
    claimedAt: "t.claimed_at",
    releasedAt: "t.released_at",
    releasedLate: "t.released_late",
    setAside: "t.overridden",
  },
});
// The other's name is not said: only the coordinators know it.
const swap = { shift: globalIdSql("Shift", "t.shift_id"), status: "t.status", at: "t.asked_at" };
personal("shift_swaps.taker_id", { erased: Erased.ROW, shows: { ...swap, you: "'take'" } });
personal("shift_swaps.giver_id", {
  erased: Erased.ROW,
  of: "t.giver_id IN (SELECT id FROM shift_signups WHERE person_id = $1)",
  shows: { ...swap, you: "'give'" },
});
// Who else took a step, and why in their words, was said to coordinators only.
personal("signup_steps.signup_id", {
  erased: Erased.ROW,
  of: "t.signup_id IN (SELECT id FROM shift_signups WHERE person_id = $1)",
  shows: { ...step, byYou: "t.actor_id IS NOT DISTINCT FROM $1" },
});
personal("signup_steps.actor_id", {
  erased: Erased.LINK,
  of: "t.actor_id = $1 AND t.signup_id NOT IN (SELECT id FROM shift_signups WHERE person_id = $1)",
  shows: { ...step, byYou: "true", reason: "t.reason", setAside: "t.overridden" },
});
personal("known_peacekeepers.person_id", { erased: Erased.ROW, shows: { since: "t.since" } });
personal("kept_hours.person_id", { erased: Erased.ROW, shows: { shifts: "t.shifts", minutes: "t.minutes" } });
personal("peacekeepers.person_id", {
  erased: Erased.ROW,
  shows: { onCall: "t.on_call", city: "(SELECT c.slug FROM cities c WHERE c.id = t.city_id)", usedAt: "t.used_at" },
  opens: { name: "t.name_sealed", phone: "t.phone_sealed" },
});

const ahead = `SELECT g.shift_id AS id FROM shift_signups g JOIN shifts s ON s.id = g.shift_id
  WHERE g.person_id = $1 AND s.ends_at > $2 AND (${holds("g")} OR g.status = 'WAITLISTED')
  UNION SELECT shift_id FROM shift_swaps WHERE taker_id = $1 AND status = 'PENDING' ORDER BY id`;

/** Places go to the next in line; what is over counts as it was. */
beforeErasing.push(async (tx, personId) => {
  const rows: { id: string }[] = await tx.db.query(ahead, [personId, tx.now()]);
  for (const { id } of rows) await giveBack(tx, id, personId);
  await tx.db.query(foldSignups("SELECT id FROM shift_signups WHERE person_id = $1"), [personId]);
});

/** Whoever is there already leaves early. */
async function giveBack(tx: Transaction, shiftId: string, personId: string): Promise<void> {
  const at = await lockShiftRow(tx, shiftId);
  for (const swap of await tx.db.findBy(ShiftSwap, { shiftId, takerId: personId, status: SwapStatus.PENDING }))
    await end(tx, at, swap, SwapStatus.WITHDRAWN);
  const own = await tx.db.findOneBy(ShiftSignup, { shiftId, personId });
  if (!own || at.shift.endsAt <= tx.now()) return;
  if (own.status === SignupStatus.CHECKED_IN) await become(tx, at, own, SignupStatus.LEFT_EARLY);
  else if (toCome.includes(own.status)) await release(tx, at, own);
}
