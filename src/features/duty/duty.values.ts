import { registerEnumType } from "type-graphql";
import type { Sql } from "../../platform/reading/shape.js";
import { isOn } from "../events/index.js";

const minute = 60_000;
const hour = 60 * minute;

/** From when on before the beginning one can check in. */
export const earlyMs = 25 * minute;
/** How much a phone's clock may be ahead of ours. */
export const aheadMs = 5 * minute;
/** How long after the end what happened can still be said, and corrected. */
export const settledMs = 24 * hour;
/** How long after the end whoever is still there is taken to have stayed to the end. */
export const completedMs = 30 * minute;
/** From when on after the beginning somebody who is not there is missing, not late. */
const missingMinutes = 15;

export enum DutyState {
  ON_DUTY = "ON_DUTY",
  DUE = "DUE",
  LATE = "LATE",
  MISSING = "MISSING",
}
registerEnumType(DutyState, {
  name: "DutyState",
  description: "How somebody who holds a place stands to their shift right now.",
  valuesConfig: {
    ON_DUTY: { description: "Is checked in." },
    DUE: { description: "Check-in is open, the shift has not begun, and they are not here yet." },
    LATE: { description: "The shift began up to 15 minutes ago, and they are not here." },
    MISSING: { description: "The shift runs, and they are not here 15 minutes after it began, or noted as no-show." },
  },
});

/** SQL: how a sign-up stands right now, as {@link DutyState}; null when it is neither here nor expected. */
const dutyState = (signup: string, now: Sql): Sql =>
  `CASE WHEN ${signup}.status = 'CHECKED_IN' THEN 'ON_DUTY'
     WHEN ${signup}.ends_at <= ${now} OR ${signup}.starts_at > ${now} + interval '${earlyMs} milliseconds' THEN NULL
     WHEN ${signup}.status = 'NO_SHOW' THEN 'MISSING'
     WHEN ${signup}.status NOT IN ('CONFIRMED', 'SWAP_OFFERED') THEN NULL
     WHEN ${signup}.starts_at >= ${now} THEN 'DUE'
     WHEN ${signup}.starts_at >= ${now} - interval '${missingMinutes} minutes' THEN 'LATE'
     ELSE 'MISSING' END`;

/** SQL: the sign-ups of events, each with how it stands right now; those of a day that does not take place are expected nowhere. */
export const dutyRows = (now: Sql): Sql =>
  `shift_signups g JOIN shifts s ON s.id = g.shift_id
   JOIN events e ON e.id = s.event_id AND ${isOn("e")}
   CROSS JOIN LATERAL (SELECT ${dutyState("g", now)} AS state) d`;
