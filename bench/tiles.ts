import { createHash } from "node:crypto";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { supercluster } from "./processes/supercluster.js";
import { type Child, startChild } from "./support/child.js";
import { type BenchDatabase, openDatabase } from "./support/database.js";
import { judge, median, print } from "./support/figures.js";
import { rateOf, wireOf } from "./support/load.js";
import { type Rallygraph, startRallygraph } from "./support/rallygraph.js";
import type { Usage } from "./support/usage.js";
import { citiesSql, numbersSql, seedSql, sizes } from "./support/seed.js";

const connections = 8;
const rounds = 3;
const roundMs = 3_000;
/** Each looks at a large city, coming from the country down to its streets. */
const people = 200;
const zooms = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
/** Other people of other cities, with whose tiles both sides get as fast as they are in an hour. */
const others = 800;
/** Pixels. */
const map = { width: 1_280, height: 800, tile: 512 };
const compared = 200;
const mebibyte = 1024 ** 2;

type Bare = Child<typeof supercluster>;

/** Tiles of 20,000 and of 200,000 events: our server beside supercluster and vt-pbf on a bare one. */
export async function tiles(): Promise<void> {
  for (const size of sizes) await tilesOf(size);
}

async function tilesOf(size: number): Promise<void> {
  const database = await openDatabase();
  const ours = startRallygraph(database, { TRUST_PROXY: "true", RATE_ANONYMOUS: "600000" });
  const bare = startChild<typeof supercluster>("supercluster", { DATABASE_URL: database.url });
  try {
    const sides: Side[] = [
      { url: await ours.ask("url"), usage: () => ours.ask("usage") },
      { url: await bare.ask("url"), usage: () => bare.ask("usage") },
    ];
    await database.query(seedSql(size));
    await database.query(numbersSql);
    await database.query("VACUUM ANALYZE");
    const memory = await warmUp(ours, bare, sides[0]!.url);
    const loads = await loadsOf(database, people, 0);
    const different = shuffled([...new Set(loads.flat())]);
    const timed = new Set(different);
    const otherwise = (await loadsOf(database, others, people)).flat().filter((path) => !timed.has(path));
    await ratesOf(sides, onceInAll(shuffled([...new Set(otherwise)])));
    const first = await ratesOf(sides, onceInAll(different));
    // As often as they are loaded: the country by all of them, a street by one.
    const all = shuffled(loads.flat());
    const again = await ratesOf(sides, () => ({ paths: all, isOnce: false }));
    const features = await compare(sides, all.slice(0, compared));
    print(`tiles: ${size.toLocaleString("en")} events, ${connections} connections, ${rounds} rounds each`, {
      "different tiles": different.length.toString(),
      "tiles that are loaded again and again": all.length.toString(),
      "features of a tile, ours and theirs": features.map((count) => count.toFixed(1)).join(" and "),
      "rallygraph, tiles/s, each once": first.ours.toFixed(0),
      "supercluster and vt-pbf, bare node:http, tiles/s, each once": first.theirs.toFixed(0),
      "rallygraph, tiles/s, again and again": again.ours.toFixed(0),
      "supercluster and vt-pbf, tiles/s, again and again": again.theirs.toFixed(0),
      "CPU of a tile, ms, ours and theirs, each once": first.cpu,
      "CPU of a tile, ms, ours and theirs, again and again": again.cpu,
      ...memory,
    });
    judge("part of their rate, each once", first.ours / first.theirs, { least: 1 });
    judge("part of their rate, again and again", again.ours / again.theirs, { least: 3 });
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
    await database.close();
  }
}

/** Has both read the events; what that takes. */
async function warmUp(ours: Rallygraph, bare: Bare, url: string): Promise<Record<string, string>> {
  const grown = async (
    lean: () => Promise<Usage>,
    load: () => Promise<unknown>,
  ): Promise<[mib: number, ms: number]> => {
    const before = await lean();
    const began = performance.now();
    await load();
    const ms = performance.now() - began;
    return [((await lean()).heapBytes - before.heapBytes) / mebibyte, ms];
  };
  await fetch(`${url}/tiles/0/0/0.mvt?on=2000-01-01`).then((reply) => reply.arrayBuffer());
  await ours.ask("longestBlock");
  const [our, ourMs] = await grown(
    () => ours.ask("leanUsage"),
    () => fetch(`${url}/tiles/0/0/0.mvt`).then((reply) => reply.arrayBuffer()),
  );
  const { ownMs } = await ours.ask("longestBlock");
  const [their, theirMs] = await grown(
    () => bare.ask("leanUsage"),
    () => bare.ask("load"),
  );
  return {
    "memory for the events, MiB, ours and theirs": `${our.toFixed(0)} and ${their.toFixed(0)}`,
    "read from the database, ms, ours and theirs": `${ourMs.toFixed(0)} and ${theirMs.toFixed(0)}`,
    "longest block of our event loop meanwhile, ms": ownMs.toFixed(0),
  };
}

/** What each of so many people loads, of so many cities after so many larger ones. */
async function loadsOf(database: BenchDatabase, count: number, after: number): Promise<string[][]> {
  const places = await database.query<Place>(citiesSql, [count, after]);
  return places.map((place) => zooms.flatMap((zoom) => tilesAround(place, zoom)));
}

interface Place {
  longitude: number;
  latitude: number;
}

/** The tiles that a map on a desktop loads which shows this place in its middle. */
function tilesAround({ longitude, latitude }: Place, zoom: number): string[] {
  const last = 2 ** zoom - 1;
  const east = (0.5 + longitude / 360) * 2 ** zoom;
  const south = (0.5 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** zoom;
  const around = (middle: number, pixels: number): number[] => {
    const [from, to] = [-1, 1].map((sign) => Math.floor(middle + (sign * pixels) / 2 / map.tile));
    return Array.from({ length: to! - from! + 1 }, (_, n) => from! + n).filter((n) => n >= 0 && n <= last);
  };
  const rows = around(south, map.height);
  return around(east, map.width).flatMap((x) => rows.map((y) => `/tiles/${zoom}/${x}/${y}.mvt`));
}

/** In no order, and always in the same. */
function shuffled(paths: string[]): string[] {
  const order = new Map(paths.map((path, n) => [n, createHash("md5").update(`${n} ${path}`).digest("hex")]));
  return [...order].sort(([, one], [, other]) => (one < other ? -1 : 1)).map(([n]) => paths[n]!);
}

interface Side {
  url: string;
  usage: () => Promise<Usage>;
}

/** Both show as many events: the mean number of features in a tile of each. */
async function compare(sides: Side[], paths: string[]): Promise<number[]> {
  const means: number[] = [];
  for (const { url } of sides) {
    let features = 0;
    for (const path of paths) {
      const reply = await fetch(url + path);
      if (reply.status !== 200) throw new Error(await reply.text());
      features +=
        new VectorTile(new PbfReader(new Uint8Array(await reply.arrayBuffer()))).layers["events"]?.length ?? 0;
    }
    means.push(features / paths.length);
  }
  return means;
}

/** What a side is asked for in a round: each once, or for as long as it lasts. */
type Paths = (round: number) => { paths: string[]; isOnce: boolean };

const onceInAll =
  (paths: string[]): Paths =>
  (round) => ({ paths: paths.filter((_, n) => n % rounds === round), isOnce: true });

/** The rates of both, in turn. */
async function ratesOf(sides: Side[], paths: Paths): Promise<{ ours: number; theirs: number; cpu: string }> {
  const [sent, cpuMs, rates] = [sides.map(() => 0), sides.map(() => 0), sides.map((): number[] => [])];
  for (let round = 0; round < rounds; round++)
    for (const [side, { url, usage }] of sides.entries()) {
      const asked = paths(round);
      const requests = asked.paths.map((path, n) => wireOf(url + path, [`x-forwarded-for: 10.0.0.${n % people}`]));
      let n = 0;
      const next = (): Buffer | undefined => requests[asked.isOnce ? n++ : n++ % requests.length];
      const before = await usage();
      rates[side]!.push(await rateOf({ port: Number(new URL(url).port), next, connections, ms: roundMs }));
      cpuMs[side]! += (await usage()).cpuMs - before.cpuMs;
      sent[side]! += n;
    }
  const cpu = cpuMs.map((ms, side) => (ms / sent[side]!).toFixed(3)).join(" and ");
  return { ours: median(rates[0]!), theirs: median(rates[1]!), cpu };
}
