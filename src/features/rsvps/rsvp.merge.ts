import type { Transaction } from "../../platform/database/transact.js";
import { type LockedEvent, onMerge } from "../events/index.js";
import { lockPlaces, settle } from "./rsvp.places.js";

/** Of two RSVPs of one person the one that stands better stays, and of equals the larger party. */
const lesserOfTwo = `
  DELETE FROM rsvps USING (
    SELECT id, row_number() OVER (
      PARTITION BY person_id
      ORDER BY array_position(ARRAY['GOING', 'WAITLISTED', 'PENDING', 'CANCELLED'], status), guests DESC, since, id) AS place
    FROM rsvps WHERE event_id IN ($1, $2)) ranked
  WHERE rsvps.id = ranked.id AND ranked.place > 1`;

const recount = `
  SELECT COALESCE(sum(1 + guests) FILTER (WHERE status = 'GOING'), 0)::int AS going,
    COALESCE(sum(1 + guests) FILTER (WHERE status = 'WAITLISTED'), 0)::int AS waiting
  FROM rsvps WHERE event_id = $1`;

/** Those who followed the duplicate because they wait, but have a place at the other event. */
const untrueFollows = `
  DELETE FROM event_follows f WHERE f.event_id = $1 AND f.because IN ('RSVP', 'WAITLIST') AND NOT EXISTS (
    SELECT 1 FROM rsvps r WHERE r.event_id = f.event_id AND r.person_id = f.person_id
      AND f.because = CASE r.status WHEN 'GOING' THEN 'RSVP' WHEN 'WAITLISTED' THEN 'WAITLIST' END)`;

/** RSVPs go to the event that stays; whoever has a place keeps it, even above the limit. */
async function moveRsvps(tx: Transaction, from: LockedEvent, into: LockedEvent): Promise<void> {
  const places = await lockPlaces(tx, into);
  await tx.db.query(lesserOfTwo, [from.id, into.id]);
  await tx.db.query(`UPDATE rsvps SET event_id = $2 WHERE event_id = $1`, [from.id, into.id]);
  await tx.db.query(`DELETE FROM rsvp_counters WHERE event_id = $1`, [from.id]);
  const [counts]: { going: number; waiting: number }[] = await tx.db.query(recount, [into.id]);
  Object.assign(places.counter, counts);
  await tx.db.query(untrueFollows, [into.id]);
  await settle(tx, places);
}

onMerge.push(moveRsvps);
