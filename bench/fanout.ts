import { strictEqual } from "node:assert";
import { setTimeout as wait } from "node:timers/promises";
import { newToken, tokenHash } from "../src/platform/secrets.js";
import { toGlobalId } from "../src/platform/database/ids.js";
import type { broadcast } from "./processes/broadcast.js";
import type { subscribers } from "./processes/subscribers.js";
import { type Child, startChild } from "./support/child.js";
import { type BenchDatabase, openDatabase } from "./support/database.js";
import { judge, median, print } from "./support/figures.js";
import { startRallygraph } from "./support/rallygraph.js";
import { reporterSql, seedSql } from "./support/seed.js";
import type { Usage } from "./support/usage.js";

const sockets = 10_000;
const changes = 20;
const patienceMs = 60_000;
const pauseMs = 200;

const subscription = `subscription Live($campaign: ID!) {
  turnoutChanged(campaignId: $campaign) {
    position kind
    turnout { low high peakLow peakHigh reporting scheduled reports observedAt }
    event { id title city { name region } turnout { low high reports observedAt } }
  }
}`;
const mutation = `mutation Report($input: ReportTurnoutInput!) { reportTurnout(input: $input) { report { id } } }`;

interface Side {
  crowd: Child<typeof subscribers>;
  usage: () => Promise<Usage>;
  /** Makes one change. */
  change: (number: number) => Promise<void>;
  cpuMs: number[];
  ms: number[];
}

/** One change to 10,000 subscribers of a campaign: our server beside a broadcast of the same bytes with bare `ws`. */
export async function fanout(): Promise<void> {
  const database = await openDatabase();
  const ours = startRallygraph(database);
  const bare = startChild<typeof broadcast>("broadcast");
  const crowds = [1, 2].map(() => startChild<typeof subscribers>("subscribers"));
  const [ourCrowd, bareCrowd] = crowds as [Child<typeof subscribers>, Child<typeof subscribers>];
  try {
    const url = await ours.ask("url");
    const { campaign, report } = await prepare(database, url);
    const before = [await ours.ask("leanUsage"), await bare.ask("leanUsage")] as const;
    const variables = { campaign };
    await ourCrowd.ask("open", {
      url: `${url.replace("http", "ws")}/graphql`,
      count: sockets,
      payload: { query: subscription, variables },
    });
    await bareCrowd.ask("open", { url: await bare.ask("url"), count: sockets });
    await until(async () => (await ours.ask("subscriptions")) === sockets);
    const after = [await ours.ask("leanUsage"), await bare.ask("leanUsage")] as const;

    const side = (rest: Pick<Side, "crowd" | "usage" | "change">): Side => ({ ...rest, cpuMs: [], ms: [] });
    const our = side({ crowd: ourCrowd, usage: () => ours.ask("usage"), change: report });
    await tell(our, 0);
    const text = await ourCrowd.ask("sample");
    if (process.env["SHOW"]) console.log(text);
    const their = side({ crowd: bareCrowd, usage: () => bare.ask("usage"), change: () => bare.ask("send", text) });
    await tell(their, 0);
    const blocks: number[] = [];
    for (let number = 1; number <= changes; number++) {
      await ours.ask("longestBlockMs");
      for (const one of [our, their]) await tell(one, number);
      blocks.push(await ours.ask("longestBlockMs"));
    }

    // The first of each warmed it up.
    for (const one of [our, their]) one.cpuMs.shift();
    for (const one of [our, their]) one.ms.shift();
    const perDelivery = (one: Side): number => (median(one.cpuMs) * 1_000) / sockets;
    const kib = (n: 0 | 1, of: "rssBytes" | "heapBytes"): number => (after[n][of] - before[n][of]) / 1_024 / sockets;
    print(`fanout: ${changes} changes to each of ${sockets} subscribers, ${text.length} bytes a message`, {
      "rallygraph, CPU µs a delivery": perDelivery(our),
      "bare ws broadcast, CPU µs a delivery": perDelivery(their),
      "rallygraph, ms until all have it (median, longest)": `${median(our.ms).toFixed(0)}, ${Math.max(...our.ms).toFixed(0)}`,
      "bare ws broadcast, ms until all have it (median, longest)": `${median(their.ms).toFixed(0)}, ${Math.max(...their.ms).toFixed(0)}`,
      "rallygraph, longest block of the event loop, ms (median, longest)": `${median(blocks).toFixed(0)}, ${Math.max(...blocks).toFixed(0)}`,
      "rallygraph, KiB a socket (resident, heap and buffers)": `${kib(0, "rssBytes").toFixed(1)}, ${kib(0, "heapBytes").toFixed(1)}`,
      "bare ws, KiB a socket (resident, heap and buffers)": `${kib(1, "rssBytes").toFixed(1)}, ${kib(1, "heapBytes").toFixed(1)}`,
    });
    judge("CPU a delivery, times the broadcast's", perDelivery(our) / perDelivery(their), { most: 1.5 });
    judge("resident memory a socket", kib(0, "rssBytes"), { most: 15, unit: " KiB" });
  } finally {
    await Promise.all([...crowds, bare].map((child) => child.stop()));
    await ours.stop();
    await database.close();
  }
}

/** One change, until everybody has it. */
async function tell({ crowd, usage, change, cpuMs, ms }: Side, number: number): Promise<void> {
  await wait(pauseMs);
  await crowd.ask("arm");
  const before = await usage();
  const began = performance.now();
  await change(number);
  await Promise.race([crowd.ask("all"), late(`the change to reach everybody`)]);
  ms.push(performance.now() - began);
  cpuMs.push((await usage()).cpuMs - before.cpuMs);
}

async function late(what: string): Promise<never> {
  await wait(patienceMs, undefined, { ref: false });
  throw new Error(`${what} took longer than ${patienceMs} ms`);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > patience) throw new Error("not everybody was seated in time");
    await wait(50);
  }
}

/** A campaign of 20,000 events, and somebody of its staff who reports a new count with each change. */
async function prepare(database: BenchDatabase, url: string) {
  await database.query(seedSql);
  await database.query("VACUUM ANALYZE");
  const token = newToken();
  const [ids] = await database.query<{ campaign: string; event: string }>(reporterSql, [tokenHash(token)]);
  const eventId = toGlobalId("Event", ids!.event);
  const report = async (number: number): Promise<void> => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: mutation, variables: { input: { eventId, count: 1_000 + number } } }),
    });
    strictEqual(response.status, 200, await response.text());
  };
  return { campaign: toGlobalId("Campaign", ids!.campaign), report };
}
