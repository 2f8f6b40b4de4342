import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { type Event, follow, FollowReason, unfollow } from "../events/index.js";
import { rsvpsChanged } from "./rsvp.changes.js";
import { closedBecause } from "./rsvp.policy.js";
import { Rsvp, RsvpCounter, type RsvpRow } from "./rsvp.js";
import { RsvpStatus } from "./rsvp.values.js";
import { promoteSome } from "./rsvp.waitlist.js";

/** An event whose places nobody else gives or takes before this transaction ends. */
export interface Places {
  event: Event;
  counter: RsvpCounter;
  /** The counter as it was when it was locked. */
  before: Readonly<Pick<RsvpCounter, "limit" | "going" | "waiting">>;
}

/** Locks the places of an event; the event itself is locked before. */
export async function lockPlaces(tx: Transaction, event: Event): Promise<Places> {
  await tx.db.query(`INSERT INTO rsvp_counters (event_id) VALUES ($1) ON CONFLICT DO NOTHING`, [event.id]);
  const counter = await tx.db.findOneOrFail(RsvpCounter, {
    where: { eventId: event.id },
    lock: { mode: "pessimistic_write" },
  });
  const { limit, going, waiting } = counter;
  return { event, counter, before: { limit, going, waiting } };
}

const partyIn = (status: RsvpStatus, rsvp: RsvpRow | null): number => (rsvp?.status === status ? 1 + rsvp.guests : 0);

type Held = RsvpRow & { status: RsvpStatus.GOING | RsvpStatus.WAITLISTED };

/** Whether it holds places or waits for some. */
export const isHeld = (rsvp: RsvpRow | null): rsvp is Held =>
  rsvp?.status === RsvpStatus.GOING || rsvp?.status === RsvpStatus.WAITLISTED;

/** Gives a party its places, or a turn on the waitlist. Whoever has places keeps them, whatever they ask for. */
export async function seat(tx: Transaction, places: Places, before: RsvpRow | null, wanted: RsvpRow): Promise<RsvpRow> {
  const { limit, going } = places.counter;
  const more = 1 + wanted.guests - partyIn(RsvpStatus.GOING, before);
  const fits = more <= 0 || limit === null || going + more <= limit;
  if (!fits && before?.status === RsvpStatus.GOING)
    throw new Refusal("CONFLICT", "There is no room for so many guests; your RSVP stays as it was.", {
      reason: ErrorReason.RSVPS_FULL,
    });
  const status = fits ? RsvpStatus.GOING : RsvpStatus.WAITLISTED;
  const since = isHeld(before) ? before.since : tx.now();
  return write(tx, places, before, { ...wanted, status, since });
}

/** Gives the places back, and forgets the name. */
export const unseat = (tx: Transaction, places: Places, before: RsvpRow): Promise<RsvpRow> =>
  write(tx, places, before, { ...before, status: RsvpStatus.CANCELLED, nameSealed: null, showName: false });

/** Why whoever has an RSVP is told of the event; the exact place may hang on it (`exactAfterRsvp`). */
const reasonFor = ({ status }: Held): FollowReason =>
  status === RsvpStatus.GOING ? FollowReason.RSVP : FollowReason.WAITLIST;

async function write(
  tx: Transaction,
  { event, counter }: Places,
  before: RsvpRow | null,
  after: RsvpRow,
): Promise<RsvpRow> {
  await tx.db.upsert(Rsvp, after, ["id"]);
  counter.going += partyIn(RsvpStatus.GOING, after) - partyIn(RsvpStatus.GOING, before);
  counter.waiting += partyIn(RsvpStatus.WAITLISTED, after) - partyIn(RsvpStatus.WAITLISTED, before);
  if (isHeld(after)) await follow(tx, event, after.personId, reasonFor(after));
  if (isHeld(before) && before.status !== after.status) await unfollow(tx, event, before.personId, reasonFor(before));
  return after;
}

/** Gives free places to the waitlist, writes the counts and tells those who manage the event. */
export async function settle(tx: Transaction, places: Places): Promise<void> {
  const { event, before, counter } = places;
  if (!closedBecause(event, tx.now())) while (await promoteSome(tx, event, counter));
  const { limit, going, waiting } = counter;
  if (limit === before.limit && going === before.going && waiting === before.waiting) return;
  await tx.db.update(RsvpCounter, { eventId: event.id }, { limit, going, waiting });
  rsvpsChanged(tx, event.id);
}
