import { deepStrictEqual, strictEqual } from "node:assert";
import type { oneFeed } from "./processes/one-feed.js";
import { startChild } from "./support/child.js";
import { openDatabase } from "./support/database.js";
import { judge, median, print } from "./support/figures.js";
import { rateOf } from "./support/load.js";
import { startRallygraph } from "./support/rallygraph.js";
import { seedSql } from "./support/seed.js";

const connections = 4;
const rounds = 5;
const roundMs = 2_000;
const fields = "title,type,occurrence,startsOn,startsAt,endsAt,timeZone,accessibility,version,updatedAt,organization";

interface Collection {
  features: object[];
}

/** 1,000 of 20,000 events with ten fields and their organization as GeoJSON: our server beside one statement written by hand. */
export async function feeds(): Promise<void> {
  const database = await openDatabase();
  const ours = startRallygraph(database);
  const bare = startChild<typeof oneFeed>("one-feed", { DATABASE_URL: database.url });
  try {
    const urls = [await ours.ask("url"), await bare.ask("url")];
    await database.query(seedSql());
    await database.query("VACUUM ANALYZE");
    await compare(urls);
    const rates: [number[], number[]] = [[], []];
    for (let round = -1; round < rounds; round++)
      for (const [side, url] of urls.entries()) {
        const rate = await rateOf({ port: Number(new URL(url).port), next, connections, ms: roundMs });
        if (round >= 0) rates[side]!.push(rate);
      }
    const [our, their] = rates.map(median) as [number, number];
    print(`feeds: 1,000 of 20,000 events, uncached, ${connections} connections, ${rounds} rounds each`, {
      "rallygraph, requests/s": our.toFixed(1),
      "one statement by hand, bare node:http, requests/s": their.toFixed(1),
      "ratio of each round": rates[0].map((rate, n) => (rate / rates[1][n]!).toFixed(2)).join(" "),
    });
    judge("part of the bare rate", our / their, { least: 0.6 });
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
    await database.close();
  }
}

let asked = 0;
/** Each is another, of the same events: no answer is a held one. */
const path = (): string =>
  `/events.geojson?limit=1000&fields=${fields}&endsAfter=${new Date(++asked).toISOString()}`.replace("1970", "2020");
const next = (): Buffer => Buffer.from(`GET ${path()} HTTP/1.1\r\nhost: bench\r\n\r\n`);

/** Makes sure that both answer the same before anything is timed. */
async function compare(urls: string[]): Promise<void> {
  const [our, their] = await Promise.all(
    urls.map(async (url) => (await (await fetch(url + path())).json()) as Collection),
  );
  strictEqual(our!.features.length, 1_000);
  deepStrictEqual(our!.features, their!.features);
}
