import { deepStrictEqual, notStrictEqual, strictEqual } from "node:assert";
import type { oneStatement } from "./processes/one-statement.js";
import { type Child, startChild } from "./support/child.js";
import { type BenchDatabase, openDatabase } from "./support/database.js";
import { judge, median, print } from "./support/figures.js";
import { rateOf, wire, wireOf } from "./support/load.js";
import { type Rallygraph, startRallygraph } from "./support/rallygraph.js";
import { boxesSql, seedSql, sizes } from "./support/seed.js";

const boxes = 50;
const connections = 8;
const rounds = 4;
const roundMs = 2_000;
const warmUpMs = 2_000;

const query = `query Viewport($box: BoundingBox!, $first: Int!) {
  events(filter: { within: $box }, first: $first) {
    nodes { id title startsAt city { name } location { latitude longitude } hosts { organization { name } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

interface Answer {
  data: { events: { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
}

interface Side {
  url: string;
  next: () => Buffer;
  usage: () => Promise<{ cpuMs: number }>;
  rates: number[];
  cpuMs: number[];
}

/** 100 events in a viewport with their hosts, of 20,000 and of 200,000: our server beside one statement written by hand. */
export async function events(): Promise<void> {
  for (const count of sizes) {
    const database = await openDatabase();
    const ours = startRallygraph(database);
    const bare = startChild<typeof oneStatement>("one-statement", { DATABASE_URL: database.url });
    try {
      await ours.ask("url");
      await database.query(seedSql(count));
      await database.query("VACUUM ANALYZE");
      await viewports(count, database, ours, bare);
    } finally {
      await Promise.all([ours.stop(), bare.stop()]);
      await database.close();
    }
  }
}

const bodyOf = (box: Box): string => JSON.stringify({ query, variables: { box, first: 100 } });

async function viewports(count: number, database: BenchDatabase, ours: Rallygraph, bare: Child<typeof oneStatement>) {
  const [ourUrl, bareUrl] = [`${await ours.ask("url")}/graphql`, `${await bare.ask("url")}/events`];
  const views = (await database.query(boxesSql, [boxes])) as unknown as Box[];
  const bytes = await compare(ourUrl, bareUrl, views.map(bodyOf));
  const ourUsage = () => ours.ask("usage");
  const posted = (url: string) => (box: Box) => wire(url, bodyOf(box));
  const sides = [
    sideOf(ourUrl, fresh(views, posted(ourUrl)), ourUsage),
    sideOf(bareUrl, fresh(views, posted(bareUrl)), () => bare.ask("usage")),
    sideOf(ourUrl, repeated(views, posted(ourUrl)), ourUsage),
    sideOf(ourUrl, fresh(views, feedOf(ourUrl)), ourUsage),
    sideOf(ourUrl, repeated(views, feedOf(ourUrl)), ourUsage),
  ] as const;
  for (let round = 0; round <= rounds; round++) for (const side of sides) await measure(side, round === 0);
  const [our, their, held, feed, heldFeed] = sides.map(({ rates }) => median(rates)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  print(`events: 100 of ${count} in each of ${boxes} viewports, ${connections} connections, ${rounds} rounds each`, {
    "bytes of an answer": Math.round(bytes).toString(),
    "GraphQL, each viewport a hair different, requests/s": our.toFixed(0),
    "GraphQL, the same viewports again and again, requests/s": held.toFixed(0),
    "GeoJSON, each viewport a hair different, requests/s": feed.toFixed(0),
    "GeoJSON, the same viewports again and again, requests/s": heldFeed.toFixed(0),
    "one statement by hand, bare node:http, requests/s": their.toFixed(0),
    "ratio of each round": sides[0].rates.map((rate, n) => (rate / sides[1].rates[n]!).toFixed(2)).join(" "),
    "CPU of the Node processes, ms a request": sides.map(({ cpuMs }) => median(cpuMs).toFixed(2)).join(", "),
  });
  judge("part of the bare rate, GraphQL", our / their, { least: 0.55 });
  judge("part of the bare rate, GeoJSON", feed / their, { least: 0.55 });
  judge("times the bare rate where nothing has changed, GraphQL", held / their, { least: 8 });
  judge("times the bare rate where nothing has changed, GeoJSON", heldFeed / their, { least: 8 });
}

const sideOf = (url: string, next: Side["next"], usage: Side["usage"]): Side => ({
  url,
  next,
  usage,
  rates: [],
  cpuMs: [],
});

/** The same viewport as map clients ask for it: fields of like content. */
const feedOf =
  (url: string) =>
  ({ west, south, east, north }: Box): Buffer =>
    wireOf(
      `${new URL(url).origin}/events.geojson?bbox=${[west, south, east, north].join()}&limit=100&fields=title,startsAt,city,organization,coHosts`,
    );

/** Requests of which none is like another, though the same events are in it: whoever holds answers has none for it. */
function fresh(views: Box[], request: (box: Box) => Buffer): () => Buffer {
  let sent = 0;
  return () => {
    const { west, ...view } = views[++sent % views.length]!;
    return request({ west: west - sent * 1e-12, ...view });
  };
}

function repeated(views: Box[], request: (box: Box) => Buffer): () => Buffer {
  const requests = views.map(request);
  let sent = 0;
  return () => requests[++sent % requests.length]!;
}

async function measure({ url, next, usage, rates, cpuMs }: Side, warmUp: boolean): Promise<void> {
  const before = await usage();
  const ms = warmUp ? warmUpMs : roundMs;
  const rate = await rateOf({ port: Number(new URL(url).port), next, connections, ms });
  if (warmUp) return;
  rates.push(rate);
  cpuMs.push(((await usage()).cpuMs - before.cpuMs) / ((rate * ms) / 1_000));
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
