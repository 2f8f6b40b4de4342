import { Erased, personal } from "../../platform/personal.js";

personal("letters.person_id", {
  erased: Erased.ROW,
  shows: { kind: "t.kind", queuedAt: "t.queued_at", sentAt: "t.sent_at" },
});
personal("letter_stops.person_id", { erased: Erased.ROW, shows: { about: "t.about" } });
