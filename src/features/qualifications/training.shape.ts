import { extend, one, shape } from "../../platform/reading/shape.js";
import { eventShape } from "../events/index.js";
import { organizationOfRow } from "./qualification.shape.js";

const trainingShape = shape("Training", { organization: organizationOfRow });

extend(eventShape, {
  training: one({
    shape: () => trainingShape,
    from: (row, parent) => ({
      table: `trainings ${row}`,
      where: [
        `${row}.event_id = ${parent}.id`,
        `EXISTS (SELECT 1 FROM event_hosts clearing WHERE clearing.event_id = ${row}.event_id
           AND clearing.organization_id = ${row}.organization_id AND clearing.status = 'ACCEPTED')`,
      ],
    }),
  }),
});
