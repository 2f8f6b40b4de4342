import "reflect-metadata";
import { parseArgs } from "node:util";
import { board } from "./board.js";
import { claims } from "./claims.js";
import { collectors } from "./collectors.js";
import { events } from "./events.js";
import { fanout } from "./fanout.js";
import { feeds } from "./feeds.js";
import { hostile } from "./hostile.js";
import { series } from "./series.js";
import { tiles } from "./tiles.js";
import { turnout } from "./turnout.js";

const benchmarks: Record<string, () => Promise<void>> = {
  events,
  feeds,
  fanout,
  claims,
  board,
  series,
  turnout,
  hostile,
  tiles,
};

async function main(): Promise<void> {
  const { positionals: asked, values } = parseArgs({ allowPositionals: true, options: { file: { type: "string" } } });
  const { file } = values;
  // It checks, and needs a file that is not ours to ship: so it is not among those that run when none is named.
  const known = file === undefined ? benchmarks : { ...benchmarks, collectors: () => collectors(file) };
  for (const name of asked.length > 0 ? asked : Object.keys(benchmarks)) {
    const benchmark = known[name];
    if (!benchmark)
      throw new Error(
        `There is no benchmark "${name}"; there are ${Object.keys(benchmarks).join(", ")}, and collectors with --file.`,
      );
    await benchmark();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
