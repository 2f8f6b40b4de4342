import "./shift.merge.js";

export { listedShifts, shiftTopic } from "./shift.changes.js";
export { Shift, ShiftSignup, SignupStatus } from "./shift.js";
export { shiftShape } from "./shift.shape.js";
