import { deepStrictEqual, notStrictEqual, strictEqual } from "node:assert";
import type { oneStatement } from "./processes/one-statement.js";
import { startChild } from "./support/child.js";
import { openDatabase } from "./support/database.js";
import { judge, median, print } from "./support/figures.js";
import { rateOf, wire } from "./support/load.js";
import { startRallygraph } from "./support/rallygraph.js";
import { boxesSql, seedSql } from "./support/seed.js";

const boxes = 50;
const connections = 8;
const rounds = 5;
const roundMs = 4_000;
const warmUpMs = 3_000;

const query = `query Viewport($box: BoundingBox!, $first: Int!) {
  events(filter: { within: $box }, first: $first) {
    nodes { id title startsAt city { name } location { latitude longitude } hosts { organization { name } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Answer {
  data: { events: { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
}

/** 100 of 20,000 events in a viewport with their hosts: our server beside one statement written by hand. */
export async function events(): Promise<void> {
  const database = await openDatabase();
  const ours = startRallygraph(database);
  const bare = startChild<typeof oneStatement>("one-statement", { DATABASE_URL: database.url });
  try {
    const [ourUrl, bareUrl] = [`${await ours.ask("url")}/graphql`, `${await bare.ask("url")}/events`];
    await database.query(seedSql);
    await database.query("VACUUM ANALYZE");
    const bodies = (await database.query(boxesSql, [boxes])).map((box) =>
      JSON.stringify({ query, variables: { box, first: 100 } }),
    );
    const bytes = await compare(ourUrl, bareUrl, bodies);
    const sides = [
      { url: ourUrl, usage: () => ours.ask("usage"), rates: [] as number[], cpuMs: [] as number[] },
      { url: bareUrl, usage: () => bare.ask("usage"), rates: [] as number[], cpuMs: [] as number[] },
    ] as const;
    const load = ({ url }: { url: string }, ms = roundMs): Promise<number> => {
      const requests = bodies.map((body) => wire(url, body));
      let sent = 0;
      const next = (): Buffer => requests[sent++ % requests.length]!;
      return rateOf({ port: Number(new URL(url).port), next, connections, ms });
    };
    for (const side of sides) await load(side, warmUpMs);
    for (let round = 0; round < rounds; round++)
      for (const side of sides) {
        const before = await side.usage();
        const rate = await load(side);
        side.rates.push(rate);
        side.cpuMs.push(((await side.usage()).cpuMs - before.cpuMs) / ((rate * roundMs) / 1_000));
      }
    const [our, their] = sides.map(({ rates }) => median(rates)) as [number, number];
    print(`events: 100 of 20,000 in each of ${boxes} viewports, ${connections} connections, ${rounds} rounds each`, {
      "bytes of an answer": Math.round(bytes).toString(),
      "rallygraph, requests/s": our.toFixed(0),
      "one statement by hand, bare node:http, requests/s": their.toFixed(0),
      "ratio of each round": sides[0].rates.map((rate, n) => (rate / sides[1].rates[n]!).toFixed(2)).join(" "),
      "CPU of the two Node processes, ms a request": sides.map(({ cpuMs }) => median(cpuMs).toFixed(2)).join(" and "),
    });
    judge("part of the bare rate", our / their, { least: 0.4 });
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
    await database.close();
  }
}

/** Makes sure that both answer the same before anything is timed; gives the mean size of an answer. */
async function compare(ourUrl: string, bareUrl: string, bodies: string[]): Promise<number> {
  let bytes = 0;
  const read = async (url: string, body: string): Promise<Answer> => {
    const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    const text = await response.text();
    if (text.includes(`"errors":`)) throw new Error(text);
    bytes += text.length;
    return JSON.parse(text) as Answer;
  };
  for (const body of bodies) {
    const [ours, bare] = [(await read(ourUrl, body)).data.events, (await read(bareUrl, body)).data.events];
    strictEqual(ours.nodes.length, 100);
    deepStrictEqual(ours.nodes, bare.nodes);
    strictEqual(ours.pageInfo.hasNextPage, bare.pageInfo.hasNextPage);
    notStrictEqual(ours.pageInfo.endCursor ?? null, null);
    notStrictEqual(bare.pageInfo.endCursor ?? null, null);
  }
  return bytes / bodies.length / 2;
}
