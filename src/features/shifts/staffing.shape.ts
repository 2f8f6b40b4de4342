import { extend, one, shape } from "../../platform/reading/shape.js";
import { coordinated, eventShape } from "../events/index.js";
import { targetOf } from "./staffing.sql.js";

const targetShape = shape("StaffingTarget");

extend(eventShape, {
  staffingTarget: one({
    shape: () => targetShape,
    from: (row, parent, scope) => {
      const now = scope.bind((run) => run.ctx.now(), "timestamptz");
      return { table: `${targetOf(parent, now)} ${row}`, where: [coordinated(parent, scope)] };
    },
  }),
});
