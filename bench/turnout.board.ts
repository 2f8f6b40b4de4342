import { deepStrictEqual } from "node:assert";
import type { BenchDatabase } from "./support/database.js";
import { judge, median, print } from "./support/figures.js";
import { wire, rateOf } from "./support/load.js";
import { tokenOf } from "./support/shifts.js";

const rounds = 5;
const roundMs = 3_000;
const connections = 4;

const sums = "turnout { low high reporting scheduled }";
const query = `query Board { campaign(slug: "benchmark") {
  ${sums} turnoutByRegion { region ${sums} } turnoutByCity(first: 100) { nodes { city { name } ${sums} } }
} }`;

/** The board of 20,000 rallies with 200,000 reports: from kept sums, beside one statement over the reports. */
export async function turnoutBoard(database: BenchDatabase, ourUrl: string, bareUrl: string): Promise<void> {
  const [campaign] = await database.query<{ id: string; events: number; reports: number }>(
    `SELECT id, (SELECT count(*)::int FROM events) AS events, (SELECT count(*)::int FROM turnout_reports) AS reports
     FROM campaigns WHERE slug = 'benchmark'`,
  );
  const sides = [
    { url: `${ourUrl}/graphql`, body: JSON.stringify({ query }), rates: [] as number[] },
    { url: `${bareUrl}/board`, body: JSON.stringify({ campaign: campaign!.id }), rates: [] as number[] },
  ] as const;
  deepStrictEqual(await answerOf(sides[0]), await answerOf(sides[1]));
  for (let round = 0; round <= rounds; round++)
    for (const { url, body, rates } of sides) {
      // Signed in, for what nobody in particular asks again is held in memory.
      const request = wire(url, body, [`authorization: Bearer ${tokenOf(0)}`]);
      const rate = await rateOf({ port: Number(new URL(url).port), next: () => request, connections, ms: roundMs });
      // The first is to warm up.
      if (round > 0) rates.push(rate);
    }
  const [our, their] = sides.map(({ rates }) => median(rates)) as [number, number];
  print(`turnout board: ${campaign!.events} rallies, ${campaign!.reports} reports, ${rounds} rounds each`, {
    "from the kept sums, requests/s": our.toFixed(1),
    "one statement by hand over the reports, requests/s": their.toFixed(1),
    "times as fast in each round": sides[0].rates.map((rate, n) => (rate / sides[1].rates[n]!).toFixed(1)).join(" "),
  });
  judge("times as fast as adding up the reports", our / their, { least: 5 });
}

async function answerOf({ url, body }: { url: string; body: string }): Promise<unknown> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  return response.json();
}
