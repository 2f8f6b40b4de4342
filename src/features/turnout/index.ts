import "./turnout.merge.js";
import "./turnout.staffing.js";
import "./turnout.personal.js";

export { turnoutTopic } from "./turnout.changes.js";
export { EventTurnout, TurnoutMethod, TurnoutReport, TurnoutSource } from "./turnout.js";
export { addReport } from "./turnout.service.js";
