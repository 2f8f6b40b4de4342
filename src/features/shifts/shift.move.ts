import { In } from "typeorm";
import type { Transaction } from "../../platform/database/transact.js";
import type { ShiftRow } from "./shift.js";
import type { LockedShift } from "./shift.lock.js";
import { holds, SignupStatus } from "./shift.values.js";
import { writeShift } from "./shift.write.js";
import { become } from "./signup.become.js";
import { ShiftSignup } from "./signup.js";
import { type LostPlace, tellLost } from "./move.letters.js";
import { settle } from "./signup.places.js";

/** A locked shift and its times to be; the window for claims where it moves too. */
export type Move = { at: LockedShift } & Pick<ShiftRow, "startsAt" | "endsAt"> &
  Partial<Pick<ShiftRow, "opensAt" | "closesAt">>;

interface Overlap {
  signupId: string;
  shiftId: string;
  keptShiftId: string;
}

/** Nobody who holds a place here takes another meanwhile. */
const lockHolders = (tx: Transaction, shiftIds: string[]): Promise<unknown> =>
  tx.db.query(
    `SELECT id FROM people WHERE id IN (SELECT g.person_id FROM shift_signups g WHERE g.shift_id = ANY ($1) AND ${holds("g")})
     ORDER BY id FOR NO KEY UPDATE`,
    [shiftIds],
  );

/** The places that would be at the same time as another of the same person; of two that both move, one. */
export async function overlapsOf(tx: Transaction, moves: Move[]): Promise<Overlap[]> {
  const shiftIds = moves.map(({ at }) => at.shift.id);
  await lockHolders(tx, shiftIds);
  return tx.db.query(
    `WITH moved AS (SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS m(shift_id, starts_at, ends_at))
     SELECT DISTINCT ON (g.id) g.id AS "signupId", g.shift_id AS "shiftId", o.shift_id AS "keptShiftId"
     FROM moved m JOIN shift_signups g ON g.shift_id = m.shift_id AND ${holds("g")}
     JOIN shift_signups o ON o.person_id = g.person_id AND o.shift_id <> g.shift_id AND ${holds("o")}
     LEFT JOIN moved om ON om.shift_id = o.shift_id
     WHERE (om.shift_id IS NULL OR om.shift_id < m.shift_id)
       AND tstzrange(m.starts_at, m.ends_at) && tstzrange(COALESCE(om.starts_at, o.starts_at), COALESCE(om.ends_at, o.ends_at))
     ORDER BY g.id, o.starts_at`,
    [shiftIds, moves.map(({ startsAt }) => startsAt), moves.map(({ endsAt }) => endsAt)],
  );
}

/**
 * Gives shifts of one event other times, all of them later or all earlier. A place that would then be at the time of
 * another of the same person is released first, and both sides are told; so no move fails for one person's sake.
 */
export async function moveShifts(tx: Transaction, moves: Move[]): Promise<void> {
  const lost = await release(tx, moves, await overlapsOf(tx, moves));
  // The one in front goes first: it never comes to the old time of one that is still to move.
  const step = moves.some(({ at, startsAt }) => startsAt > at.shift.startsAt) ? -1 : 1;
  const inOrder = moves.toSorted((a, b) => step * (a.at.shift.startsAt.getTime() - b.at.shift.startsAt.getTime()));
  for (const { at, ...times } of inOrder) await setTimes(tx, at, times);
  await tellLost(tx, lost);
  for (const { at } of inOrder) await settle(tx, at);
}

async function release(tx: Transaction, moves: Move[], overlaps: Overlap[]): Promise<LostPlace[]> {
  const signups = await tx.db.findBy(ShiftSignup, { id: In(overlaps.map(({ signupId }) => signupId)) });
  const lost: LostPlace[] = [];
  for (const { signupId, shiftId, keptShiftId } of overlaps) {
    const { at } = moves.find((move) => move.at.shift.id === shiftId)!;
    const details = { releasedAt: tx.now(), reason: "moved: overlaps another shift that they hold" };
    const signup = signups.find(({ id }) => id === signupId)!;
    const { personId, version } = await become(tx, at, signup, SignupStatus.RELEASED, details);
    lost.push({ signupId, personId, version, eventId: at.event.id, keptShiftId });
  }
  return lost;
}

async function setTimes(tx: Transaction, at: LockedShift, times: Omit<Move, "at">): Promise<void> {
  await writeShift(tx, at, times);
  await tx.db.query(
    `UPDATE shift_signups SET starts_at = $2, ends_at = $3, deadline = CASE WHEN deadline > $2 THEN $2 ELSE deadline END
     WHERE shift_id = $1`,
    [at.shift.id, times.startsAt, times.endsAt],
  );
}
