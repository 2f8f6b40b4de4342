import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, one, type Scope, type Sql } from "../../platform/reading/shape.js";
import { eventShape, ofVisibleEvent } from "../events/index.js";

const me = (scope: Scope): Sql => scope.bind((run) => run.ctx.viewer?.personId ?? null, "uuid");

export const shiftShape = readNode("Shift", {
  table: "shifts",
  visible: ofVisibleEvent,
  fields: {
    staffing: (row) =>
      `CASE WHEN ${row}.taken < ${row}.minimum THEN 'UNDER_MINIMUM' WHEN ${row}.taken < ${row}.capacity THEN 'STAFFED' ELSE 'FULL' END`,
    event: one({
      shape: () => eventShape,
      from: (row, parent) => ({ table: `events ${row}`, where: [`${row}.id = ${parent}.event_id`] }),
    }),
    viewerSignup: one({
      shape: () => signupShape,
      from: (row, parent, scope) => ({
        table: `(SELECT * FROM shift_signups ORDER BY claimed_at DESC, id) ${row}`,
        where: [`${row}.shift_id = ${parent}.id`, `${row}.person_id = ${me(scope)}`],
      }),
    }),
  },
});

export const signupShape = readNode("ShiftSignup", {
  table: "shift_signups",
  visible: (row, scope) => `${row}.person_id = ${me(scope)}`,
  fields: {
    shift: one({
      shape: () => shiftShape,
      from: (row, parent, scope) => ({
        table: `shifts ${row}`,
        where: [`${row}.id = ${parent}.shift_id`, shiftShape.visible(row, scope)],
      }),
    }),
  },
});

/** The viewer's claims, the next shift first. */
export const viewerSignups = connection({
  shape: () => signupShape,
  order: [{ sql: (row) => `${row}.starts_at`, type: "timestamptz" }],
  from: (row, _parent, scope) => ({ table: `shift_signups ${row}`, where: [`${row}.person_id = ${me(scope)}`] }),
});

extend(eventShape, {
  shifts: connection({
    shape: () => shiftShape,
    order: [{ sql: (row) => `${row}.starts_at`, type: "timestamptz" }],
    from: (row, parent) => ({ table: `shifts ${row}`, where: [`${row}.event_id = ${parent}.id`] }),
  }),
});
