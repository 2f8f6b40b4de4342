import { deepStrictEqual } from "node:assert";
import { toGlobalId } from "../src/platform/database/ids.js";
import type { turnoutByHand } from "./processes/turnout-by-hand.js";
import type { Child } from "./support/child.js";
import type { BenchDatabase } from "./support/database.js";
import { judge, median, print } from "./support/figures.js";
import { rateOf, wire } from "./support/load.js";
import type { Rallygraph } from "./support/rallygraph.js";
import { tokenOf } from "./support/shifts.js";
import { rolesSql, runningSql } from "./support/turnout.js";

const rallies = 2_000;
const cities = 200;
/** So many people have sessions. */
export const people = 200;
/** Reporters at once. */
const crowds = [64, 256];
const rounds = 5;
const roundMs = 3_000;
const warmUpMs = 6_000;

const query = `mutation Report($input: ReportTurnoutInput!) { reportTurnout(input: $input) { report { id status } } }`;

interface Rally {
  id: string;
  people: number[];
}

/** Counts of 2,000 rallies in 200 cities by 200 people, 64 and 256 at once: our server beside one INSERT written by hand. */
export async function turnoutReports(
  database: BenchDatabase,
  ours: Rallygraph,
  bare: Child<typeof turnoutByHand>,
): Promise<void> {
  await database.query(runningSql, [rallies, cities]);
  const reported = await database.query<Rally>(rolesSql, [people]);
  await ours.ask("adoptTurnouts");
  await database.query("VACUUM ANALYZE");
  const voices = await database.query<{ id: string }>("SELECT id FROM turnout_reporters LIMIT $1", [people]);
  const [ourUrl, bareUrl] = [`${await ours.ask("url")}/graphql`, `${await bare.ask("url")}/reports`];
  let sent = 0;
  const nextOurs = (): Buffer => {
    const { id, people } = reported[sent % rallies]!;
    const person = people[Math.floor(sent / rallies) % people.length]!;
    const input = { eventId: toGlobalId("Event", id), count: 200 + (sent++ % 100), method: "HEADCOUNT" };
    return wire(ourUrl, JSON.stringify({ query, variables: { input } }), [`authorization: Bearer ${tokenOf(person)}`]);
  };
  let inserted = 0;
  const nextBare = (): Buffer => {
    const eventId = reported[inserted % rallies]!.id;
    const reporterId = voices[inserted % people]!.id;
    const body = { eventId, reporterId, count: 200 + (inserted++ % 100), method: "HEADCOUNT" };
    return wire(bareUrl, JSON.stringify(body));
  };
  const sides = [
    { url: ourUrl, next: nextOurs, usage: () => ours.ask("usage") },
    { url: bareUrl, next: nextBare, usage: () => bare.ask("usage") },
  ];
  for (const connections of crowds) await compare(sides, connections);
  const [kept] = await database.query<{ accepted: number }>(
    `SELECT count(*)::int AS accepted FROM turnout_reports r JOIN events e ON e.id = r.event_id
       JOIN campaigns c ON c.id = e.campaign_id WHERE c.slug = 'running' AND r.status = 'ACCEPTED'`,
  );
  deepStrictEqual([kept!.accepted, (await ours.ask("verifyTurnouts")).faults], [sent, []]);
}

interface Side {
  url: string;
  next: () => Buffer;
  usage: () => Promise<{ cpuMs: number }>;
}

async function compare(sides: Side[], connections: number): Promise<void> {
  const [rates, cpuMs] = [sides.map((): number[] => []), sides.map((): number[] => [])];
  for (let round = 0; round <= rounds; round++)
    for (const [side, { url, next, usage }] of sides.entries()) {
      const before = await usage();
      const ms = round === 0 ? warmUpMs : roundMs;
      const rate = await rateOf({ port: Number(new URL(url).port), next, connections, ms });
      if (round === 0) continue;
      rates[side]!.push(rate);
      cpuMs[side]!.push(((await usage()).cpuMs - before.cpuMs) / ((rate * roundMs) / 1_000));
    }
  const [our, their] = rates.map(median) as [number, number];
  print(`turnout reports: of ${rallies} rallies, ${connections} connections, ${rounds} rounds each`, {
    "rallygraph with its sums, reports/s": our.toFixed(0),
    "one INSERT by hand, bare node:http, reports/s": their.toFixed(0),
    "ratio of each round": rates[0]!.map((rate, n) => (rate / rates[1]![n]!).toFixed(2)).join(" "),
    "CPU of the two Node processes, ms a report": cpuMs.map((ms) => median(ms).toFixed(2)).join(" and "),
  });
  judge("part of the bare rate", our / their, { least: 0.4 });
}
