import { extend, list, shape, thingOf } from "../../platform/reading/shape.js";
import { concerned, eventShape } from "../events/index.js";
import { reportShape } from "./turnout.shape.js";

const stepShape = shape("TurnoutStep", { report: thingOf(() => reportShape, "report_id") });

extend(eventShape, {
  turnoutSteps: list({
    shape: () => stepShape,
    order: (row) => `${row}.number DESC`,
    from: (row, parent, scope) => ({
      table: `turnout_steps ${row}`,
      where: [`${row}.event_id = ${parent}.id`, concerned(parent, scope)],
    }),
  }),
});
