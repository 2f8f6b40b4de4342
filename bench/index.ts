import "reflect-metadata";
import { board } from "./board.js";
import { claims } from "./claims.js";
import { events } from "./events.js";
import { fanout } from "./fanout.js";

const benchmarks: Record<string, () => Promise<void>> = { events, fanout, claims, board };

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  for (const name of asked.length > 0 ? asked : Object.keys(benchmarks)) {
    const benchmark = benchmarks[name];
    if (!benchmark)
      throw new Error(`There is no benchmark "${name}"; there are ${Object.keys(benchmarks).join(", ")}.`);
    await benchmark();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
