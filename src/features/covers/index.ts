import "./call.task.js";
import "./cover.personal.js";

export { CallOut } from "./call.js";
export { CoverRequest } from "./cover.js";
