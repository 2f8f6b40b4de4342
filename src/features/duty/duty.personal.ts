import { forget } from "../../platform/database/forget.js";
import { globalIdSql } from "../../platform/database/ids.js";
import { Erased, personal } from "../../platform/personal.js";
import { beforeForgetting, ownActs, presence } from "../shifts/index.js";
import { arrival, departure, ofTimes } from "./duty.shape.js";

presence.push({ came: ofTimes(arrival), went: ofTimes(departure) });
ownActs.add("checkInWithCode");

personal("duty_times.signup_id", {
  erased: Erased.ROW,
  of: "t.signup_id IN (SELECT id FROM shift_signups WHERE person_id = $1)",
  shows: {
    signup: globalIdSql("ShiftSignup", "t.signup_id"),
    arrivedAt: "t.arrived_client",
    arrivalHeardAt: "t.arrived_server",
    leftAt: "t.left_client",
    leavingHeardAt: "t.left_server",
  },
});
personal("contact_showings.person_id", {
  erased: Erased.ROW,
  shows: { event: globalIdSql("Event", "t.event_id"), at: "t.at" },
});
// What was written is for all who were there, and stays; to whom it went is theirs.
personal("peacekeeper_message_recipients.person_id", {
  erased: Erased.ROW,
  shows: { message: globalIdSql("PeacekeeperMessage", "t.message_id") },
});
personal("coordinator_messages.person_id", {
  erased: Erased.ROW,
  shows: { shift: globalIdSql("Shift", "t.shift_id"), at: "t.sent_at" },
  opens: { text: "t.text_sealed" },
});
// It is an event's, and says nothing of anybody.
personal("check_in_codes.code_sealed", { erased: Erased.KEPT });

const ended = "event_id IN (SELECT id FROM events WHERE span_ends_at < $1)";

/** To how many a message went, and what was written to peacekeepers, stays. */
beforeForgetting.push(async (pool, before) => {
  const written = `message_id IN (SELECT id FROM peacekeeper_messages WHERE ${ended})`;
  const told = `kind = 'peacekeeper-message' AND EXISTS (SELECT 1 FROM peacekeeper_message_recipients r
    WHERE ${written} AND letters.key = r.message_id || ':' || r.person_id)`;
  await forget(pool, "letters", told, before);
  await forget(pool, "peacekeeper_message_recipients", written, before);
  const over = `shift_id IN (SELECT s.id FROM shifts s WHERE s.ends_at < $1 AND ${ended})`;
  await forget(pool, "coordinator_messages", over, before);
  for (const table of ["contact_showings", "check_in_codes"]) await forget(pool, table, ended, before);
});
