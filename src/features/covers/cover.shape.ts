import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, one, type Scope, type Sql } from "../../platform/reading/shape.js";
import { ofCoordinatedEvent, shiftShape } from "../shifts/index.js";
import type { CoverStatus } from "./cover.values.js";

/** Of the requests that are there, and of those that are erased. */
const asked =
  (kept: string, status?: `${CoverStatus}`) =>
  (row: string): Sql =>
    `(${row}.${kept} + (SELECT count(*)::int FROM cover_requests r
       WHERE r.call_out_id = ${row}.id${status ? ` AND r.status = '${status}'` : ""}))`;

export const callShape = readNode("CallOut", {
  table: "call_outs",
  visible: (row, scope) =>
    `EXISTS (SELECT 1 FROM shifts cs WHERE cs.id = ${row}.shift_id AND ${ofCoordinatedEvent("cs", scope)})`,
  fields: {
    asked: asked("erased_asked"),
    accepted: asked("erased_accepted", "ACCEPTED"),
    declined: asked("erased_declined", "DECLINED"),
    shift: one({
      shape: () => shiftShape,
      from: (row, parent) => ({ table: `shifts ${row}`, where: [`${row}.id = ${parent}.shift_id`] }),
    }),
  },
});

const mine = (row: string, scope: Scope): Sql =>
  `${row}.person_id = ${scope.bind((run) => run.ctx.viewer?.personId ?? null, "uuid")}`;

export const coverShape = readNode("CoverRequest", {
  table: "cover_requests",
  visible: mine,
  fields: {
    shift: one({
      shape: () => shiftShape,
      from: (row, parent, scope) => ({
        table: `shifts ${row}`,
        where: [
          `${row}.id = (SELECT co.shift_id FROM call_outs co WHERE co.id = ${parent}.call_out_id)`,
          shiftShape.visible(row, scope),
        ],
      }),
    }),
  },
});

/** What the viewer is asked, the latest first. */
export const viewerCovers = connection({
  shape: () => coverShape,
  order: [{ sql: (row) => `${row}.asked_at`, type: "timestamptz" }],
  descending: true,
  from: (row, _parent, scope) => ({ table: `cover_requests ${row}`, where: [mine(row, scope)] }),
});

extend(shiftShape, {
  callOuts: connection({
    shape: () => callShape,
    order: [{ sql: (row) => `${row}.called_at`, type: "timestamptz" }],
    descending: true,
    from: (row, parent, scope) => ({
      table: `call_outs ${row}`,
      where: [`${row}.shift_id = ${parent}.id`, ofCoordinatedEvent(parent, scope)],
    }),
  }),
});
