import { deepStrictEqual } from "node:assert";
import { openDatabase } from "./support/database.js";
import { median, print } from "./support/figures.js";
import { startRallygraph } from "./support/rallygraph.js";
import { seedSql } from "./support/seed.js";

const rounds = 10;
const day = { from: "2026-01-23T00:00:00Z", to: "2026-01-24T00:00:00Z" };
const fields = "{ low high peakLow peakHigh reporting scheduled closed reports changedAt }";

/** Ten standings of each of 20,000 events, at any time of one day. */
const statesSql = `
INSERT INTO turnout_states (event_id, version, campaign_id, city_id, counted, state, low, high, peak_low, peak_high, lowest,
  highest, median, reports, observed_at, changed_at)
SELECT id, version, campaign_id, city_id, true, CASE WHEN version = 1 THEN 'MISSING' ELSE 'PARTIAL' END,
  people, people, people, people, people, people, people, version - 1, at, at
FROM (SELECT e.id, e.campaign_id, e.city_id, v.version, CASE WHEN v.version > 1 THEN v.version * 100 END AS people,
    timestamptz '2026-01-23T00:00Z' + (v.version - random()) * interval '144 minutes' AS at
  FROM events e, generate_series(1, 10) v(version) OFFSET 0) s`;

const questions = {
  "24 h in steps of 1 minute, ms": `turnoutSeries(from: "${day.from}", to: "${day.to}", stepMinutes: 1) { at turnout ${fields} }`,
  "24 h in steps of 1 hour, ms": `turnoutSeries(from: "${day.from}", to: "${day.to}", stepMinutes: 60) { at turnout ${fields} }`,
  "turnout(asOf:) of the evening, ms": `turnout(asOf: "2026-01-23T20:00:00Z") ${fields}`,
  "turnoutByCity(asOf:) of the evening, ms": `turnoutByCity(asOf: "2026-01-23T20:00:00Z", first: 100) { nodes { city { name } turnout ${fields} } }`,
};

interface Point {
  at: string;
  turnout: object;
}

/** The series of a campaign with 200,000 standings in its history, asked over HTTP. */
export async function series(): Promise<void> {
  const database = await openDatabase();
  const ours = startRallygraph(database);
  try {
    const url = `${await ours.ask("url")}/graphql`;
    await database.query(seedSql());
    await database.query(statesSql);
    await database.query("VACUUM ANALYZE");
    const ask = async <Answer>(selection: string): Promise<Answer> => {
      const query = `{ campaign(slug: "benchmark") { answer: ${selection} } }`;
      const headers = { "content-type": "application/json" };
      const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query }) });
      const { data, errors } = (await response.json()) as { data: { campaign: { answer: Answer } }; errors?: unknown };
      if (errors) throw new Error(JSON.stringify(errors));
      return data.campaign.answer;
    };
    const figures: Record<string, string> = {};
    for (const [name, selection] of Object.entries(questions))
      figures[name] = (await timed(() => ask(selection))).toFixed(0);
    const points = await ask<Point[]>(questions["24 h in steps of 1 hour, ms"]);
    for (const { at, turnout } of points) deepStrictEqual(await ask(`turnout(asOf: "${at}") ${fields}`), turnout);
    print(`series: a campaign of 20,000 events and 200,000 standings, ${rounds} rounds each, over HTTP`, figures);
  } finally {
    await ours.stop();
    await database.close();
  }
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const ms: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    await act();
    ms.push(performance.now() - before);
  }
  return median(ms);
}
