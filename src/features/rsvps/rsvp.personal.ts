import { globalIdSql } from "../../platform/database/ids.js";
import { beforeErasing, Erased, personal } from "../../platform/personal.js";
import { findRow } from "../events/index.js";
import { isHeld, lockPlaces, settle, unseat } from "./rsvp.places.js";
import { Rsvp } from "./rsvp.js";

personal("rsvps.person_id", {
  erased: Erased.ROW,
  shows: {
    id: globalIdSql("Rsvp", "t.id"),
    event: globalIdSql("Event", "t.event_id"),
    status: "t.status",
    guests: "t.guests",
    showName: "t.show_name",
    since: "t.since",
  },
  opens: { name: "t.name_sealed" },
});

const ahead = `SELECT r.event_id AS "eventId" FROM rsvps r JOIN events e ON e.id = r.event_id
  WHERE r.person_id = $1 AND e.span_ends_at > $2 ORDER BY r.event_id`;

/** Places at what is still to come go to the waitlist; what is over counts as it was. */
beforeErasing.push(async (tx, personId) => {
  const rows: { eventId: string }[] = await tx.db.query(ahead, [personId, tx.now()]);
  for (const { eventId } of rows) {
    const places = await lockPlaces(tx, (await findRow(tx, eventId, { lock: { mode: "pessimistic_read" } }))!);
    const rsvp = await tx.db.findOneBy(Rsvp, { eventId, personId });
    if (isHeld(rsvp)) await unseat(tx, places, rsvp);
    await settle(tx, places);
  }
});
