export { Coverage } from "./coverage.js";
