import "./key.personal.js";

export { ApiKey } from "./key.js";
export { meansKey } from "./key.secret.js";
export { useKey } from "./key.use.js";
