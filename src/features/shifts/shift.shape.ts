import { globalIdSql } from "../../platform/database/ids.js";
import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, one, type Scope, type Sql } from "../../platform/reading/shape.js";
import { coordinated, eventShape, ofVisibleEvent } from "../events/index.js";
import { obstacles } from "./shift.eligibility.js";
import { isAssured } from "./shift.values.js";

const me = (scope: Scope): Sql => scope.bind((run) => run.ctx.viewer?.personId ?? null, "uuid");
const now = (scope: Scope): Sql => scope.bind((run) => run.ctx.now(), "timestamptz");

/** SQL: the reader coordinates the event that the row is of. */
export const ofCoordinatedEvent = (row: string, scope: Scope): Sql =>
  scope.signedIn
    ? `EXISTS (SELECT 1 FROM events ce WHERE ce.id = ${row}.event_id AND ce.record = 'LIVE' AND ${coordinated("ce", scope)})`
    : "false";

/** SQL: the reader holds a place on the shift that can be counted on. */
const standsOn = (row: string, scope: Scope): Sql =>
  `EXISTS (SELECT 1 FROM shift_signups own WHERE own.shift_id = ${row}.id AND own.person_id = ${me(scope)} AND ${isAssured("own")})`;

/** What only those see who stand there, and those who coordinate it. */
const forHolders = (column: string) => (row: string, scope: Scope) =>
  scope.signedIn
    ? `CASE WHEN ${standsOn(row, scope)} OR ${ofCoordinatedEvent(row, scope)} THEN ${row}.${column} END`
    : "NULL::text";

export const shiftShape = readNode("Shift", {
  table: "shifts",
  visible: (row, scope) =>
    `(${ofVisibleEvent(row, scope)} AND (${row}.status <> 'DRAFT' OR ${ofCoordinatedEvent(row, scope)}))`,
  fields: {
    staffing: (row) =>
      `CASE WHEN ${row}.confirmed < ${row}.minimum THEN 'UNDER_MINIMUM' WHEN ${row}.taken < ${row}.capacity THEN 'STAFFED' ELSE 'FULL' END`,
    waiting: (row) =>
      `(SELECT count(*)::int FROM shift_signups w WHERE w.shift_id = ${row}.id AND w.status = 'WAITLISTED')`,
    eligibility: (row, scope) =>
      `(SELECT ${obstacles(row, "ee", { person: scope.signedIn ? me(scope) : null, now: now(scope) })}
        FROM events ee WHERE ee.id = ${row}.event_id)`,
    templateRunId: (row, scope) =>
      `CASE WHEN ${row}.template_run_id IS NOT NULL AND ${ofCoordinatedEvent(row, scope)} THEN ${globalIdSql("ShiftTemplateRun", `${row}.template_run_id`)} END`,
    checkInPoint: forHolders("check_in_point"),
    instructions: forHolders("instructions"),
    event: one({
      shape: () => eventShape,
      from: (row, parent) => ({ table: `events ${row}`, where: [`${row}.id = ${parent}.event_id`] }),
    }),
    viewerSignup: one({
      shape: () => signupShape,
      from: (row, parent, scope) => ({
        table: `shift_signups ${row}`,
        where: [`${row}.shift_id = ${parent}.id`, `${row}.person_id = ${me(scope)}`],
      }),
    }),
    signups: connection({
      shape: () => signupShape,
      order: [{ sql: (row) => `${row}.claimed_at`, type: "timestamptz" }],
      from: (row, parent, scope, args) => ({
        table: `shift_signups ${row}`,
        where: [
          `${row}.shift_id = ${parent}.id`,
          ofCoordinatedEvent(parent, scope),
          ...(args.has("status") ? [`${row}.status = ${args.bind("status", "text")}`] : []),
        ],
      }),
    }),
  },
});

export const signupShape = readNode("ShiftSignup", {
  table: "shift_signups",
  visible: (row, scope) =>
    `(${row}.person_id = ${me(scope)} OR EXISTS (
       SELECT 1 FROM shifts cs WHERE cs.id = ${row}.shift_id AND ${ofCoordinatedEvent("cs", scope)}))`,
  fields: {
    ahead: (row) =>
      `CASE WHEN ${row}.status = 'WAITLISTED' THEN (SELECT count(*)::int FROM shift_signups b
         WHERE b.shift_id = ${row}.shift_id AND b.status = 'WAITLISTED' AND b.line < ${row}.line) END`,
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
    from: (row, parent, scope) => ({
      table: `shifts ${row}`,
      where: [
        `${row}.event_id = ${parent}.id`,
        scope.signedIn ? `(${row}.status <> 'DRAFT' OR ${coordinated(parent, scope)})` : `${row}.status <> 'DRAFT'`,
      ],
    }),
  }),
});
