import { In } from "typeorm";
import type { Transaction } from "../../platform/database/transact.js";
import { isKnown, obstacles } from "./shift.eligibility.js";
import type { ShiftRow } from "./shift.js";
import type { LockedShift } from "./shift.lock.js";
import { ClaimObstacle, SignupStatus } from "./shift.values.js";
import { become } from "./signup.become.js";
import { ShiftSignup, type SignupRow } from "./signup.js";
import { lapsedLetter, offerLetter } from "./signup.letters.js";
import { sendLetter } from "../letters/index.js";

const minute = 60_000;
/** How many of a line are looked at in one go: whoever cannot take a place now keeps theirs, and lets others past. */
const batch = 50;

/** What stands in a person's way, and whether a coordinator has to confirm their claims. */
export interface Standing {
  personId: string;
  obstacles: ClaimObstacle[];
  known: boolean;
}

/**
 * How people stand to a locked shift. Their own rows are locked first, in one order: nobody takes two places at once,
 * each of which alone would be within the limits.
 */
export async function standingsOf(tx: Transaction, { shift }: LockedShift, people: string[]): Promise<Standing[]> {
  await tx.db.query(`SELECT id FROM people WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE`, [people]);
  return tx.db.query(
    `SELECT p.id AS "personId", ${obstacles("s", "e", { person: "p.id", now: "$3::timestamptz" })} AS obstacles,
       ${isKnown("e", { person: "p.id", now: "$3::timestamptz" })} AS known
     FROM unnest($2::uuid[]) WITH ORDINALITY AS p(id, place), shifts s JOIN events e ON e.id = s.event_id
     WHERE s.id = $1 ORDER BY p.place`,
    [shift.id, people, tx.now()],
  );
}

/** An offer lasts a quarter of the time that is left, at least 15 minutes and at most a day, and never past the beginning; of a shift that has begun, the end. */
export function offerDeadline(now: Date, { startsAt, endsAt }: Pick<ShiftRow, "startsAt" | "endsAt">): Date {
  const left = (startsAt > now ? startsAt : endsAt).getTime() - now.getTime();
  const lasts = Math.min(Math.max(left / 4, 15 * minute), 24 * 60 * minute, left);
  return new Date(now.getTime() + lasts);
}

/** Ends what nobody answered in time, and offers free places to those first in line; each is offered one place at most. */
export async function settle(tx: Transaction, at: LockedShift): Promise<void> {
  await lapse(tx, at);
  for (let after = 0; at.shift.taken < at.shift.capacity;) {
    const line = await lineOf(tx, at, after);
    if (line.length === 0) return;
    const people = line.map(({ personId }) => personId);
    const standings = await standingsOf(tx, at, people);
    for (const [place, signup] of line.entries()) {
      if (at.shift.taken >= at.shift.capacity) return;
      if (standings[place]!.obstacles.length === 0) await offer(tx, at, signup);
    }
    after = line.at(-1)!.line!;
  }
}

const ofKnown = `(SELECT ${isKnown("e", { person: "g.person_id", now: ":now" })} FROM events e WHERE e.id = :event)`;

/** The next of a line. Newcomers' turn comes once a coordinator has said yes: else places would go from one to the other. */
const lineOf = (tx: Transaction, at: LockedShift, after: number): Promise<SignupRow[]> =>
  tx.db
    .createQueryBuilder(ShiftSignup, "g")
    .where("g.shift_id = :shift AND g.status = 'WAITLISTED' AND g.line > :after", { shift: at.shift.id, after })
    .andWhere(ofKnown, { event: at.event.id, now: tx.now() })
    .orderBy("g.line")
    .limit(batch)
    .getMany();

/** Where all who hold a place can be counted on, nothing has a deadline. */
async function lapse(tx: Transaction, at: LockedShift): Promise<void> {
  if (at.shift.taken === at.shift.confirmed) return;
  const open = await signupsOf(tx, at, [SignupStatus.REQUESTED, SignupStatus.OFFERED]);
  for (const signup of open.filter(({ deadline }) => deadline! <= tx.now())) {
    const { id: signupId, personId, version } = await become(tx, at, signup, SignupStatus.LAPSED);
    if (signup.status === SignupStatus.REQUESTED)
      await sendLetter(tx, lapsedLetter, [{ personId, key: `${signupId}:${version}`, data: { signupId } }]);
  }
}

async function offer(tx: Transaction, at: LockedShift, signup: SignupRow): Promise<void> {
  const deadline = offerDeadline(tx.now(), at.shift);
  const { id: signupId, personId, version } = await become(tx, at, signup, SignupStatus.OFFERED, { deadline });
  await sendLetter(tx, offerLetter, [{ personId, key: `${signupId}:${version}`, data: { signupId } }]);
}

/** The sign-ups of a shift that stand so, the first in line first. */
export const signupsOf = (tx: Transaction, { shift }: LockedShift, statuses: SignupStatus[]): Promise<SignupRow[]> =>
  tx.db.find(ShiftSignup, {
    where: { shiftId: shift.id, status: In(statuses) },
    order: { line: "ASC", claimedAt: "ASC", id: "ASC" },
  });
