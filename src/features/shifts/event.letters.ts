import type { Transaction } from "../../platform/database/transact.js";
import { Event, type EventRow, letterEndings, mayHear } from "../events/index.js";
import { letter, sendLetter } from "../letters/index.js";
import { changedLetter } from "./plan.letters.js";
import { holds } from "./shift.values.js";
import { stakesInWords } from "./stakes.words.js";

// Whoever follows the event reads of their shifts in the letter about it.
letterEndings.push(stakesInWords);

/** To those who had a place, or waited for one, and do not follow the event. */
const offLetter = letter<{ eventId: string }>("shifts-off", async (ctx, { personId }, { eventId }) => {
  const event = await ctx.db.findOneBy(Event, { id: eventId });
  const words = await stakesInWords(ctx, personId, eventId);
  if (!event || !words || !(await mayHear(ctx, event))) return null;
  const reason = event.removedReason ?? event.occurrenceReason;
  const text = [`${event.title} does not take place.`, ...(reason ? [`Why: ${reason}`] : []), "", words].join("\n");
  return { about: eventId, subject: `No longer takes place: ${event.title}`, text };
});

/** Those of the people who are not told of the event's changes anyway. */
async function notFollowing(tx: Transaction, eventId: string, people: string[]): Promise<string[]> {
  const rows: { id: string }[] = await tx.db.query(
    `SELECT id FROM unnest($2::uuid[]) AS p(id)
     WHERE NOT EXISTS (SELECT 1 FROM event_follows f WHERE f.event_id = $1 AND f.person_id = p.id)`,
    [eventId, people],
  );
  return rows.map(({ id }) => id);
}

export async function tellOthersOff(tx: Transaction, { id: eventId }: EventRow, people: string[]): Promise<void> {
  const others = await notFollowing(tx, eventId, people);
  await sendLetter(
    tx,
    offLetter,
    others.map((personId) => ({ personId, key: `${eventId}:${personId}`, data: { eventId } })),
  );
}

/** The same for an event that has moved, with their shifts. */
export async function tellOthersMoved(tx: Transaction, { id: eventId, version }: EventRow): Promise<void> {
  const people: { id: string }[] = await tx.db.query(
    `SELECT DISTINCT g.person_id AS id FROM shift_signups g JOIN shifts s ON s.id = g.shift_id
     WHERE s.event_id = $1 AND s.ends_at > $2 AND (${holds("g")} OR g.status = 'WAITLISTED')`,
    [eventId, tx.now()],
  );
  const others = await notFollowing(
    tx,
    eventId,
    people.map(({ id }) => id),
  );
  const data = { eventId, shiftId: null, version };
  await sendLetter(
    tx,
    changedLetter,
    others.map((personId) => ({ personId, key: `${eventId}:${personId}:${version}`, data })),
  );
}
