import type { Sql } from "../../platform/reading/shape.js";

/** SQL: somebody stood there. */
export const stood = (signup: string): Sql => `${signup}.status IN ('COMPLETED', 'LEFT_EARLY')`;

type OfSignup = (signup: string) => Sql;

/** SQL, of those who note it: when somebody came to a shift, and when they went; null where that is not said. */
export const presence: { came: OfSignup; went: OfSignup }[] = [];

/** SQL: when somebody came who was there, or null. */
export const cameAt: OfSignup = (signup) =>
  firstOf(
    presence.map(({ came }) => came(signup)),
    "NULL::timestamptz",
  );

/** SQL: when somebody went who left early: when that was noted, where nobody says otherwise. */
export const wentAt: OfSignup = (signup) =>
  firstOf(
    presence.map(({ went }) => went(signup)),
    `(SELECT max(t.at) FROM signup_steps t WHERE t.signup_id = ${signup}.id AND t.status = 'LEFT_EARLY')`,
  );

const firstOf = (known: Sql[], otherwise: Sql): Sql => `COALESCE(${[...known, otherwise].join(", ")})`;

/** SQL: for how many minutes: all of the shift, or from when they came, until they left. */
export const minutesOf: OfSignup = (signup) => `(GREATEST(0, extract(epoch FROM
  LEAST(${signup}.ends_at, CASE ${signup}.status WHEN 'LEFT_EARLY' THEN ${wentAt(signup)} END)
  - GREATEST(${signup}.starts_at, ${cameAt(signup)})))::int / 60)`;

/** SQL: shifts and minutes by person, also those of which nothing else is kept. */
export const hoursByPerson = (people: Sql): Sql => `(
  SELECT person_id, sum(shifts)::int AS shifts, sum(minutes)::int AS minutes FROM (
    SELECT k.person_id, k.shifts, k.minutes FROM kept_hours k WHERE k.person_id IN (${people})
    UNION ALL
    SELECT g.person_id, 1, ${minutesOf("g")} FROM shift_signups g WHERE g.person_id IN (${people}) AND ${stood("g")}
  ) served GROUP BY person_id)`;
