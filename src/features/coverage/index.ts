import "./coverage.personal.js";

export { Coverage } from "./coverage.js";
export { shown as coverageShown } from "./coverage.policy.js";
