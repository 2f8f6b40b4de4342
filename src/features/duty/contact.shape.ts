import { connection, one, shape } from "../../platform/reading/shape.js";
import { eventShape, visible } from "../events/index.js";

const showingShape = shape("ContactShowing", {
  event: one({
    shape: () => eventShape,
    from: (row, parent, scope) => ({
      table: `events ${row}`,
      where: [`${row}.id = ${parent}.event_id`, visible(row, scope)],
    }),
  }),
});

/** To whom the viewer's name and number were shown, the latest first. */
export const viewerShowings = connection({
  shape: () => showingShape,
  order: [{ sql: (row) => `${row}.at`, type: "timestamptz" }],
  descending: true,
  from: (row, _parent, scope) => ({
    table: `contact_showings ${row}`,
    where: [`${row}.person_id = ${scope.bind((run) => run.ctx.viewer?.personId ?? null, "uuid")}`],
  }),
});
