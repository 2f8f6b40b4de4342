export { ChangeTopic } from "./change.js";
