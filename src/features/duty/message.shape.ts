import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, one, type Scope, type Sql } from "../../platform/reading/shape.js";
import { eventShape, ofVisibleEvent } from "../events/index.js";
import { isAssured, ofCoordinatedEvent, shiftShape } from "../shifts/index.js";

/**
 * SQL: the message is for the reader, who can be counted on at its event. Whoever takes a place later reads what was sent
 * before; what went to those on duty stays with them.
 */
const isForMe = (row: string, scope: Scope): Sql => {
  const me = scope.bind((run) => run.ctx.viewer!.personId, "uuid");
  return `EXISTS (SELECT 1 FROM shift_signups mg JOIN shifts ms ON ms.id = mg.shift_id
    WHERE ms.event_id = ${row}.event_id AND mg.person_id = ${me} AND ${isAssured("mg")}
      AND (${row}.audience = 'EVENT' OR ${row}.shift_id = ms.id OR EXISTS (
        SELECT 1 FROM peacekeeper_message_recipients mr WHERE mr.message_id = ${row}.id AND mr.person_id = mg.person_id)))`;
};

const readable = (row: string, scope: Scope): Sql =>
  scope.signedIn ? `(${ofCoordinatedEvent(row, scope)} OR ${isForMe(row, scope)})` : "false";

export const messageShape = readNode("PeacekeeperMessage", {
  table: "peacekeeper_messages",
  visible: (row, scope) => `(${ofVisibleEvent(row, scope)} AND ${readable(row, scope)})`,
  fields: {
    event: one({
      shape: () => eventShape,
      from: (row, parent) => ({ table: `events ${row}`, where: [`${row}.id = ${parent}.event_id`] }),
    }),
    shift: one({
      shape: () => shiftShape,
      from: (row, parent, scope) => ({
        table: `shifts ${row}`,
        where: [`${row}.id = ${parent}.shift_id`, shiftShape.visible(row, scope)],
      }),
    }),
  },
});

extend(eventShape, {
  peacekeeperMessages: connection({
    shape: () => messageShape,
    order: [{ sql: (row) => `${row}.sent_at`, type: "timestamptz" }],
    descending: true,
    from: (row, parent, scope) => ({
      table: `peacekeeper_messages ${row}`,
      where: [`${row}.event_id = ${parent}.id`, readable(row, scope)],
    }),
  }),
});
