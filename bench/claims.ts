import { deepStrictEqual } from "node:assert";
import { toGlobalId } from "../src/platform/database/ids.js";
import type { claimFunction } from "./processes/claim-function.js";
import { startChild } from "./support/child.js";
import { type BenchDatabase, openDatabase } from "./support/database.js";
import { judge, median, print } from "./support/figures.js";
import { rateOf, wire } from "./support/load.js";
import { startRallygraph } from "./support/rallygraph.js";
import { historySql, peopleSql, rallySql, tokenOf } from "./support/shifts.js";
import type { Usage } from "./support/usage.js";

const rallies = 500;
const shiftsOfEach = 6;
const places = 50;
/** The places that are held on another day already. */
const history = 100_000;
const connections = 8;
const rounds = 5;
const roundMs = 4_000;
const warmUpMs = 3_000;
/** Both sides fill shifts of their own, from the two ends of all. */
const perSide = (rallies * shiftsOfEach * places) / 2;

const query = `mutation Claim($input: ClaimShiftInput!) {
  claimShift(input: $input) { shift { id taken capacity staffing } signup { id status } }
}`;

interface Side {
  url: string;
  body: (shiftId: string) => string;
  usage: () => Promise<Usage>;
  /** The number of the next person, who claims a place on the first shift that has one. */
  person: number;
  rates: number[];
  cpuMs: number[];
}

/** Claims of places on one shift after the other, by 8 at once: our server beside one SQL function written by hand. */
export async function claims(): Promise<void> {
  const database = await openDatabase();
  const ours = startRallygraph(database);
  const bare = startChild<typeof claimFunction>("claim-function", { DATABASE_URL: database.url });
  try {
    const ourUrl = `${await ours.ask("url")}/graphql`;
    await database.query(rallySql, [rallies, shiftsOfEach, places]);
    await database.query(peopleSql, [2 * perSide]);
    await database.query(historySql, [history]);
    await bare.ask("prepare");
    await database.query("VACUUM ANALYZE");
    const shifts = (await database.query<{ id: string }>("SELECT id FROM shifts WHERE taken = 0 ORDER BY id")).map(
      ({ id }) => id,
    );
    const side = (rest: Pick<Side, "url" | "body" | "usage" | "person">): Side => ({ ...rest, rates: [], cpuMs: [] });
    const our = side({
      url: ourUrl,
      body: (shiftId) => JSON.stringify({ query, variables: { input: { shiftId } } }),
      usage: () => ours.ask("usage"),
      person: 0,
    });
    const their = side({
      url: `${await bare.ask("url")}/claims`,
      body: (shiftId) => JSON.stringify({ shiftId }),
      usage: () => bare.ask("usage"),
      person: perSide,
    });
    const next = (of: Side) => (): Buffer => {
      const shift = shifts[Math.floor(of.person / places)]!;
      return wire(of.url, of.body(toGlobalId("Shift", shift)), [`authorization: Bearer ${tokenOf(of.person++)}`]);
    };
    await compare(database, [our, their], next);
    const load = (of: Side, ms = roundMs): Promise<number> =>
      rateOf({ port: Number(new URL(of.url).port), next: next(of), connections, ms });
    for (const one of [our, their]) await load(one, warmUpMs);
    for (let round = 0; round < rounds; round++)
      for (const one of [our, their]) {
        const before = await one.usage();
        const rate = await load(one);
        one.rates.push(rate);
        one.cpuMs.push(((await one.usage()).cpuMs - before.cpuMs) / ((rate * roundMs) / 1_000));
      }
    await checkPlaces(database, [our, their]);
    const [ourRate, theirRate] = [median(our.rates), median(their.rates)];
    print(`claims: places on shifts of ${places}, ${connections} connections, ${rounds} rounds each`, {
      "rallygraph, claims/s": ourRate.toFixed(0),
      "one SQL function by hand, bare node:http, claims/s": theirRate.toFixed(0),
      "ratio of each round": our.rates.map((rate, n) => (rate / their.rates[n]!).toFixed(2)).join(" "),
      "CPU of the two Node processes, ms a claim": [our, their]
        .map(({ cpuMs }) => median(cpuMs).toFixed(2))
        .join(" and "),
    });
    judge("part of the bare rate", ourRate / theirRate, { least: 0.35 });
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
    await database.close();
  }
}

const written = ["shift_signups", "signup_steps", "event_follows", "changes", "audit_entries"];

/** Makes sure that both answer alike and write the same number of rows before anything is timed. */
async function compare(database: BenchDatabase, sides: Side[], next: (of: Side) => () => Buffer): Promise<void> {
  const effects: unknown[] = [];
  const counts = async (): Promise<number[]> => {
    const columns = written.map((table) => `(SELECT count(*)::int FROM ${table})`).join();
    const [row] = await database.query<{ counts: number[] }>(`SELECT ARRAY[${columns}] AS counts`);
    return row!.counts;
  };
  for (const side of sides) {
    const before = await counts();
    const [head, body] = next(side)().toString().split("\r\n\r\n");
    const authorization = /authorization: (.*)/.exec(head!)![1]!;
    const response = await fetch(side.url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body: body!,
    });
    const { data } = (await response.json()) as {
      data: { claimShift: { shift: { id?: string }; signup: { id?: string } } };
    };
    delete data.claimShift.shift.id;
    delete data.claimShift.signup.id;
    effects.push({ data, rows: (await counts()).map((count, n) => count - before[n]!) });
  }
  deepStrictEqual(effects[0], effects[1]);
}

/** Every claim has its place, and no shift has more than it has room for. */
async function checkPlaces(database: BenchDatabase, sides: Side[]): Promise<void> {
  const sent = sides[0]!.person + sides[1]!.person - perSide;
  const [held] = await database.query<{ signups: number; taken: number; most: number }>(
    `SELECT (SELECT count(*)::int FROM shift_signups WHERE status = 'CONFIRMED') AS signups,
       sum(taken)::int AS taken, max(taken) AS most FROM shifts WHERE capacity = ${places}`,
  );
  deepStrictEqual(held, { signups: sent, taken: sent, most: places });
}
