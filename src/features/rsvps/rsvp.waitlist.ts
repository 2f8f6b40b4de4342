import { In } from "typeorm";
import type { Transaction } from "../../platform/database/transact.js";
import { type Event, follow, FollowReason, unfollow } from "../events/index.js";
import { sendLetter } from "../letters/index.js";
import { Rsvp, type RsvpCounter, type RsvpRow } from "./rsvp.js";
import { promotedLetter } from "./rsvp.letters.js";
import { RsvpStatus } from "./rsvp.values.js";

/** How many of the waitlist are looked at in one go. */
const batch = 1_000;

/** Gives free places to those first in line; who doesn't fit lets others past. False when nobody was left who fits. */
export async function promoteSome(tx: Transaction, event: Event, counter: RsvpCounter): Promise<boolean> {
  const free = counter.limit === null ? counter.waiting : counter.limit - counter.going;
  if (free <= 0 || counter.waiting === 0) return false;
  const chosen = firstWhoFit(await lineOf(tx, event.id, free), free);
  if (chosen.length === 0) return false;
  await tx.db.update(Rsvp, { id: In(chosen.map(({ id }) => id)) }, { status: RsvpStatus.GOING });
  const people = chosen.reduce((sum, { guests }) => sum + 1 + guests, 0);
  counter.going += people;
  counter.waiting -= people;
  await tellPromoted(tx, event, chosen);
  return true;
}

/** Parties that alone would fit, in the order in which they came. */
const lineOf = (tx: Transaction, eventId: string, free: number): Promise<RsvpRow[]> =>
  tx.db
    .createQueryBuilder(Rsvp, "rsvp")
    .where("rsvp.eventId = :eventId AND rsvp.status = 'WAITLISTED' AND rsvp.guests < :free", { eventId, free })
    .orderBy({ "rsvp.since": "ASC", "rsvp.id": "ASC" })
    .limit(batch)
    .getMany();

function firstWhoFit(line: RsvpRow[], free: number): RsvpRow[] {
  let left = free;
  return line.filter(({ guests }) => {
    const fits = guests < left;
    if (fits) left -= 1 + guests;
    return fits;
  });
}

async function tellPromoted(tx: Transaction, event: Event, chosen: RsvpRow[]): Promise<void> {
  const people = chosen.map(({ personId }) => personId);
  await follow(tx, event, people, FollowReason.RSVP);
  await unfollow(tx, event, people, FollowReason.WAITLIST);
  await sendLetter(
    tx,
    promotedLetter,
    // Who gives the place back and waits once more may be told once more.
    chosen.map(({ id, personId, since }) => ({ personId, key: `${id}:${since.getTime()}`, data: { rsvpId: id } })),
  );
}
