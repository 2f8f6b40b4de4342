import "./event.follow.js";
import "./overdue.task.js";
import "./plan.merge.js";
import "./shift.merge.js";
import "./staffing.shape.js";
import "./signup.personal.js";
import "./swap.overdue.task.js";

export { refusal } from "./claim.service.js";
export { lockSignup, refuseUnless, withSignup } from "./confirm.service.js";
export { coordinatorLetter, tellCoordinators } from "./coordinator.letters.js";
export { listedShifts, shiftChanged, shiftTopic } from "./shift.changes.js";
export { KeptHours } from "./hours.js";
export { lockOwn, type SignupAnswer, withOwn } from "./own.lock.js";
export { presence } from "./hours.sql.js";
export { PeacekeeperRow } from "./peacekeeper.js";
export { peacekeeperOf } from "./peacekeeper.service.js";
export { isKnown, km, knownBecause, obstacles, publicPoint } from "./shift.eligibility.js";
export { OfSignup } from "./shift.inputs.js";
export { RoleRequirement } from "./requirement.js";
export { Shift, ShiftConnection, type ShiftRow } from "./shift.js";
export { freePlaces } from "./shift.free.js";
export { type LockedShift, lockShift, lockShiftRow } from "./shift.lock.js";
export { ofCoordinatedEvent, shiftShape, signupShape } from "./shift.shape.js";
export {
  assured,
  ClaimObstacle,
  holding,
  holds,
  isAssured,
  PeacekeeperRole,
  ShiftStatus,
  SignupStatus,
} from "./shift.values.js";
export { hoursInWords, roleInWords, shiftInWords, untilInWords } from "./shift.words.js";
export { become, freshAt, signupFor } from "./signup.become.js";
export { KnownPeacekeeper, ShiftSignup, type SignupRow, SignupStep } from "./signup.js";
export { ownActs } from "./signup.unnamed.js";
export { vouch } from "./signup.known.js";
export { ShiftSignupPayload, signupPayload } from "./signup.payload.js";
export { settle, standingsOf } from "./signup.places.js";
export { StaffingPlan } from "./staffing.plan.js";
export { tellOutgrown } from "./staffing.letters.js";
export { crowds } from "./staffing.sql.js";
export { ShiftSwap } from "./swap.js";
export { ShiftTemplateRun } from "./template.run.js";
export { ShiftTally } from "./shift.tally.js";
export { beforeForgetting, forgetSignups } from "./signup.forget.js";
