import "./turnout.merge.js";

export { turnoutTopic } from "./turnout.changes.js";
export { EventTurnout, TurnoutMethod, TurnoutReport, TurnoutSource } from "./turnout.js";
export { addReport } from "./turnout.service.js";
