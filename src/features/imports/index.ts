import "./import.personal.js";

export { mostBytes } from "./import.file.js";
export { EventImport, ImportFile, ImportProblem } from "./import.js";
export { receiveFile, refuseSender } from "./import.service.js";
