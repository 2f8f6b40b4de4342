import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, one, type Scope, type Sql } from "../../platform/reading/shape.js";
import { ofCoordinatedEvent, shiftShape, signupShape } from "./shift.shape.js";

const me = (scope: Scope): Sql => scope.bind((run) => run.ctx.viewer?.personId ?? null, "uuid");

/** SQL: the reader gives the place or takes it. */
const takesPart = (row: string, scope: Scope): Sql =>
  `(${row}.taker_id = ${me(scope)} OR ${row}.giver_id IN (SELECT og.id FROM shift_signups og WHERE og.person_id = ${me(scope)}))`;

const signup = (of: (row: string, parent: string) => Sql) =>
  one({
    shape: () => signupShape,
    from: (row, parent, scope) => ({
      table: `shift_signups ${row}`,
      where: [of(row, parent), signupShape.visible(row, scope)],
    }),
  });

export const swapShape = readNode("ShiftSwap", {
  table: "shift_swaps",
  visible: (row, scope) =>
    `(${takesPart(row, scope)} OR EXISTS (
       SELECT 1 FROM shifts ws WHERE ws.id = ${row}.shift_id AND ${ofCoordinatedEvent("ws", scope)}))`,
  fields: {
    shift: one({
      shape: () => shiftShape,
      from: (row, parent, scope) => ({
        table: `shifts ${row}`,
        where: [`${row}.id = ${parent}.shift_id`, shiftShape.visible(row, scope)],
      }),
    }),
    giver: signup((row, parent) => `${row}.id = ${parent}.giver_id`),
    taker: signup((row, parent) => `${row}.shift_id = ${parent}.shift_id AND ${row}.person_id = ${parent}.taker_id`),
  },
});

/** The swaps in which the viewer takes part, the latest first. */
export const viewerSwaps = connection({
  shape: () => swapShape,
  order: [{ sql: (row) => `${row}.asked_at`, type: "timestamptz" }],
  descending: true,
  from: (row, _parent, scope) => ({ table: `shift_swaps ${row}`, where: [takesPart(row, scope)] }),
});

extend(shiftShape, {
  swapsOffered: (row) =>
    `(SELECT count(*)::int FROM shift_signups so WHERE so.shift_id = ${row}.id AND so.status = 'SWAP_OFFERED'
       AND NOT EXISTS (SELECT 1 FROM shift_swaps w WHERE w.giver_id = so.id AND w.status = 'PENDING'))`,
  swaps: connection({
    shape: () => swapShape,
    order: [{ sql: (row) => `${row}.asked_at`, type: "timestamptz" }],
    from: (row, parent, scope, args) => ({
      table: `shift_swaps ${row}`,
      where: [
        `${row}.shift_id = ${parent}.id`,
        ofCoordinatedEvent(parent, scope),
        ...(args.has("status") ? [`${row}.status = ${args.bind("status", "text")}`] : []),
      ],
    }),
  }),
});
