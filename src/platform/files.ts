import { existsSync } from "node:fs";
import path from "node:path";

/** The folder with package.json: this file runs from src (tests) and from dist. */
function findRoot(): string {
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "package.json"))) return folder;
    if (folder === path.dirname(folder)) throw new Error("package.json not found above " + __dirname);
  }
}

export const projectRoot = findRoot();

/** The path of a file of the project, named from its top. */
export const projectFile = (name: string): string => path.join(projectRoot, name);
