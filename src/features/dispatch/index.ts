import "./dispatch.forget.js";
import "./dispatch.known.js";
import "./dispatch.merge.js";
import "./dispatch.personal.js";

export { dispatchTopic } from "./dispatch.changes.js";
export { DispatchName, DispatchPledge } from "./dispatch.js";
export { vouched } from "./dispatch.policy.js";
