import "./coverage.personal.js";

export { Coverage } from "./coverage.js";
