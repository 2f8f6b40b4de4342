import "./duty.merge.js";
import "./duty.personal.js";
import "./duty.shape.js";
import "./finish.task.js";
import "./staffing.task.js";

export { CheckInCode } from "./check-in.code.js";
export { ContactShowing } from "./contact.js";
export { DutyTimes } from "./duty.js";
export { CoordinatorMessage, MessageRecipient, PeacekeeperMessage } from "./message.js";
export { StaffingAlert } from "./staffing.alert.js";
