import "reflect-metadata";
import { readFile, writeFile } from "node:fs/promises";
import { catalogue } from "./app/catalogue.js";
import { printedSchema } from "./app/schema.js";
import { processEnvironment, readConfig } from "./platform/config.js";
import { openScratch } from "./platform/database/scratch.js";
import { projectFile } from "./platform/files.js";

/** Files that are made from the code and committed: writes them, or with `--check` refuses when one is stale. */
async function main(check: boolean): Promise<void> {
  const scratch = await openScratch(readConfig(processEnvironment()).databaseUrl);
  try {
    const made = { "schema.graphql": printedSchema(), "migrations/catalogue.txt": await catalogue(scratch) };
    const stale: string[] = [];
    for (const [name, text] of Object.entries(made)) {
      const file = projectFile(name);
      if ((await readFile(file, "utf8").catch(() => "")) === text) continue;
      if (check) stale.push(name);
      else await writeFile(file, text);
    }
    if (stale.length > 0)
      throw new Error(`Stale: ${stale.join(", ")}. Run "npm run generate" and commit what changed.`);
  } finally {
    await scratch.stop();
  }
}

main(process.argv.includes("--check")).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
