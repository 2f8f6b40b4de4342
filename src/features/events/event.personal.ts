import { globalIdSql } from "../../platform/database/ids.js";
import { beforeErasing, Erased, personal } from "../../platform/personal.js";

const event = globalIdSql("Event", "t.event_id");
const id = globalIdSql("Event", "t.id");

personal("events.created_by", { erased: Erased.LINK, shows: { drafted: id, at: "t.created_at" } });
personal("events.review_held_by", { erased: Erased.LINK, shows: { reviewing: id, since: "t.review_held_at" } });
personal("event_roles.person_id", { erased: Erased.ROW, shows: { event, role: "t.role" } });
personal("event_follows.person_id", {
  erased: Erased.ROW,
  shows: { event, because: "t.because", since: "t.since" },
});
// Whom hosts name is theirs to change, but for an event that is its drafter's alone.
personal("events.contact_sealed", { erased: Erased.KEPT });

beforeErasing.push(async (tx, personId) => {
  await tx.db.query(
    `UPDATE events e SET contact_sealed = NULL, contact_public = false WHERE created_by = $1
     AND NOT EXISTS (SELECT 1 FROM event_hosts h WHERE h.event_id = e.id AND h.role = 'LEAD')`,
    [personId],
  );
});
