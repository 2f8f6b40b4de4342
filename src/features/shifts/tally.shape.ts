import { extend, one, shape, type Sql } from "../../platform/reading/shape.js";
import { ofCoordinatedEvent, shiftShape } from "./shift.shape.js";

/** What is counted, and SQL for which sign-ups. */
const counted: Record<string, Sql> = {
  completed: "status = 'COMPLETED'",
  left_early: "status = 'LEFT_EARLY'",
  no_show: "status = 'NO_SHOW'",
  excused: "status = 'EXCUSED'",
  released_late: "status = 'RELEASED' AND released_late",
};

export const tallyColumns = Object.keys(counted);

/** SQL: the counts of sign-ups, in the order of the columns. */
export const tallies: Sql[] = Object.values(counted).map((which) => `count(*) FILTER (WHERE ${which})::int`);

const attendanceShape = shape("ShiftAttendance");

/** Of the sign-ups that are there, and of those that are erased. */
extend(shiftShape, {
  attendance: one({
    shape: () => attendanceShape,
    from: (row, parent, scope) => ({
      table: `(SELECT ${tallyColumns.map((name) => `now.${name} + COALESCE(kept.${name}, 0) AS ${name}`).join(", ")}
        FROM (SELECT ${tallies.map((sql, index) => `${sql} AS ${tallyColumns[index]}`).join(", ")}
              FROM shift_signups WHERE shift_id = ${parent}.id) now
        LEFT JOIN shift_tallies kept ON kept.shift_id = ${parent}.id) ${row}`,
      where: [ofCoordinatedEvent(parent, scope)],
    }),
  }),
});
