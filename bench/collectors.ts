import { readFile } from "node:fs/promises";
import { compare } from "./collectors/compare.js";
import { load } from "./collectors/load.js";
import { readRows } from "./collectors/rows.js";
import { setStage } from "./collectors/stage.js";
import { truthOf } from "./collectors/truth.js";
import { openDatabase } from "./support/database.js";
import { print } from "./support/figures.js";
import { startRallygraph } from "./support/rallygraph.js";

const shownDifferences = 20;

/** A file of what several collectors wrote down about the same days, through the API: then every number is compared with the file's. */
export async function collectors(file: string): Promise<void> {
  const csv = await readFile(file, "utf8");
  const rows = readRows(csv);
  const database = await openDatabase({ at: process.env["BENCH_DATABASE_SERVER"] });
  const ours = startRallygraph(database);
  try {
    const target = await setStage(database, await ours.ask("url"), rows);
    const before = performance.now();
    const loaded = await load(target, rows);
    const seconds = (performance.now() - before) / 1_000;
    const again = await load(target, rows);
    const twice = rows.filter(({ id }) => loaded.reports.get(id) !== again.reports.get(id));
    const { campaign, differences, ...compared } = await compare(target, "benchmark", truthOf(csv));
    const all = [...loaded.faults, ...again.faults, ...twice.map(({ id }) => `${id}: was taken twice`), ...differences];
    print(
      `collectors: ${rows.length} rows of ${new Set(rows.map(({ reporter }) => reporter)).size} collectors, each sent twice with its key`,
      {
        "rows with a size": String(loaded.sized),
        "rows with words only": String(loaded.wordsOnly),
        "rows with neither: refused, then sent as words": String(loaded.empty),
        "city-days": `${compared.cityDays}, of known size ${compared.known}`,
        cities: String(compared.cities),
        campaign: `${campaign.low}–${campaign.high} at ${campaign.reporting} of ${campaign.scheduled}, ${campaign.reports} reports`,
        "first load, s": seconds.toFixed(1),
        differences: String(all.length),
      },
    );
    for (const difference of all.slice(0, shownDifferences)) console.log(`  ${difference}`);
    if (all.length > 0) process.exitCode = 1;
  } finally {
    await ours.stop();
    await database.close();
  }
}
