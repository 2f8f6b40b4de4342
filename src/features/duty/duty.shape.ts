import { connection, extend, one, type Scope, shape, type Sql } from "../../platform/reading/shape.js";
import { coordinated, eventShape, isOn } from "../events/index.js";
import { shiftShape, signupShape } from "../shifts/index.js";
import { dutyRows } from "./duty.values.js";

const now = (scope: Scope): Sql => scope.bind((run) => run.ctx.now(), "timestamptz");

/** SQL: of when somebody came and went. */
export const ofTimes =
  (sql: Sql) =>
  (row: string): Sql =>
    `(SELECT ${sql} FROM duty_times t WHERE t.signup_id = ${row}.id)`;

export const arrival = "LEAST(t.arrived_client, t.arrived_server)";
export const departure = "LEAST(t.left_client, t.left_server)";

extend(signupShape, {
  arrivedAt: ofTimes(arrival),
  arrivalHeardAt: ofTimes("t.arrived_server"),
  minutesLate: (row) => ofTimes(`GREATEST(0, floor(extract(epoch FROM ${arrival} - ${row}.starts_at) / 60))::int`)(row),
  leftAt: ofTimes(departure),
});

const count = (state: string, name: string): Sql => `count(*) FILTER (WHERE d.state = '${state}')::int AS ${name}`;
const counts = [
  count("ON_DUTY", "on_duty"),
  count("DUE", "due"),
  count("LATE", "late"),
  count("MISSING", "missing"),
].join(", ");

const dutyShape = shape("EventDuty");

extend(eventShape, {
  duty: one({
    shape: () => dutyShape,
    from: (row, parent, scope) => ({
      table: `(SELECT ${counts} FROM ${dutyRows(now(scope))} WHERE s.event_id = ${parent}.id) ${row}`,
      where: [coordinated(parent, scope)],
    }),
  }),
  shiftsUnderMinimum: connection({
    shape: () => shiftShape,
    order: [{ sql: (row) => `${row}.starts_at`, type: "timestamptz" }],
    from: (row, parent, scope) => ({
      table: `shifts ${row}`,
      where: [
        `${row}.event_id = ${parent}.id`,
        `${row}.status IN ('OPEN', 'CLOSED')`,
        `${row}.confirmed < ${row}.minimum`,
        `${row}.ends_at > ${now(scope)}`,
        isOn(parent),
      ],
    }),
  }),
});
