import "./qualification.personal.js";
import "./qualification.renewals.js";
import "./training.merge.js";

export { forgetQualifications } from "./qualification.forget.js";
export { Qualification } from "./qualification.js";
export { holdsAny, onceQualified, qualified } from "./qualification.sql.js";
export { QualificationKind, QualificationStatus } from "./qualification.values.js";
export { Attendance, Training } from "./training.js";
