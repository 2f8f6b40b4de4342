import { setTimeout as wait } from "node:timers/promises";
import type { broadcast } from "../processes/broadcast.js";
import type { subscribers } from "../processes/subscribers.js";
import { inTime, type Reported, until } from "../support/campaign.js";
import { type Child, startChild } from "../support/child.js";
import type { BenchDatabase } from "../support/database.js";
import { judge, median, print } from "../support/figures.js";
import { startRallygraph } from "../support/rallygraph.js";
import type { Block } from "../support/delay.js";
import type { Usage } from "../support/usage.js";
import { follow, socketsOf } from "./subscription.js";

const sockets = 10_000;
const changes = 30;
const pauseMs = 300;

interface Side {
  crowd: Child<typeof subscribers>;
  usage: () => Promise<Usage>;
  /** Makes one change. */
  change: () => Promise<void>;
  cpuMs: number[];
  ms: number[];
}

/** One change to 10,000 subscribers of a campaign: our server beside a broadcast of the same bytes with bare `ws`. */
export async function reach(database: BenchDatabase, { campaign, report }: Reported): Promise<void> {
  const ours = startRallygraph(database);
  const bare = startChild<typeof broadcast>("broadcast");
  const crowds = [1, 2].map(() => startChild<typeof subscribers>("subscribers"));
  const [ourCrowd, bareCrowd] = crowds as [Child<typeof subscribers>, Child<typeof subscribers>];
  try {
    const url = await ours.ask("url");
    const before = [await ours.ask("leanUsage"), await bare.ask("leanUsage")] as const;
    await ours.ask("longestBlock");
    await ourCrowd.ask("open", { url: socketsOf(url), count: sockets, payload: follow(campaign) });
    await until("all seated", async () => (await ours.ask("subscriptions")) === sockets);
    const seating = await ours.ask("longestBlock");
    await bareCrowd.ask("open", { url: await bare.ask("url"), count: sockets });
    const after = [await ours.ask("leanUsage"), await bare.ask("leanUsage")] as const;

    const side = (rest: Pick<Side, "crowd" | "usage" | "change">): Side => ({ ...rest, cpuMs: [], ms: [] });
    let count = 0;
    const change = async (): Promise<void> => void (count = await report(url));
    const our = side({ crowd: ourCrowd, usage: () => ours.ask("usage"), change });
    await tell(our);
    const text = await ourCrowd.ask("sample");
    if (process.env["SHOW"]) console.log(text);
    const their = side({ crowd: bareCrowd, usage: () => bare.ask("usage"), change: () => bare.ask("send", text) });
    await tell(their);
    const blocks: Block[] = [];
    for (let round = 0; round < changes; round++) {
      await ours.ask("longestBlock");
      await tell(our);
      blocks.push(await ours.ask("longestBlock"));
      await tell(their);
    }
    const without = await ourCrowd.ask("without", `"low":${count}`);

    // The first of each warmed it up.
    for (const one of [our, their]) one.cpuMs.shift();
    for (const one of [our, their]) one.ms.shift();
    const perDelivery = (one: Side): number => (median(one.cpuMs) * 1_000) / sockets;
    const kib = (n: 0 | 1, of: "rssBytes" | "heapBytes"): number => (after[n][of] - before[n][of]) / 1_024 / sockets;
    const spread = (all: number[]): string =>
      `${median(all).toFixed(0)}, ${Math.min(...all).toFixed(0)}, ${Math.max(...all).toFixed(0)}`;
    print(`fanout: ${changes} changes to each of ${sockets} subscribers, ${text.length} bytes a message`, {
      "rallygraph, CPU µs a delivery": perDelivery(our),
      "bare ws broadcast, CPU µs a delivery": perDelivery(their),
      "rallygraph, ms from the report until all have it (median, least, most)": spread(our.ms),
      "bare ws broadcast, ms until all have it (median, least, most)": spread(their.ms),
      "rallygraph, longest block of the event loop, ms by the clock (median, least, most)": spread(
        blocks.map((b) => b.ms),
      ),
      "rallygraph, the same without what other processes took of it": spread(blocks.map((b) => b.ownMs)),
      "rallygraph, the same while all took their seats": seating.ownMs,
      "rallygraph, KiB a socket (resident, heap and buffers)": `${kib(0, "rssBytes").toFixed(1)}, ${kib(0, "heapBytes").toFixed(1)}`,
      "bare ws, KiB a socket (resident, heap and buffers)": `${kib(1, "rssBytes").toFixed(1)}, ${kib(1, "heapBytes").toFixed(1)}`,
    });
    judge("time until all have it, times the broadcast's", median(our.ms) / median(their.ms), { most: 1.5 });
    judge(
      "longest block of the event loop, without what other processes took of it",
      Math.max(...blocks.map((b) => b.ownMs)),
      { most: 50, unit: " ms" },
    );
    judge("subscribers without the last state", without, { most: 0 });
    judge("CPU a delivery, times the broadcast's", perDelivery(our) / perDelivery(their), { most: 1.5 });
    judge("resident memory a socket", kib(0, "rssBytes"), { most: 15, unit: " KiB" });
  } finally {
    await Promise.all([...crowds, bare].map((child) => child.stop()));
    await ours.stop();
  }
}

/** One change, until everybody has it. */
async function tell({ crowd, usage, change, cpuMs, ms }: Side): Promise<void> {
  await wait(pauseMs);
  await crowd.ask("arm");
  const before = await usage();
  const began = performance.now();
  await change();
  await inTime("a change to reach everybody", crowd.ask("all"));
  ms.push(performance.now() - began);
  cpuMs.push((await usage()).cpuMs - before.cpuMs);
}
