import { setTimeout as wait } from "node:timers/promises";
import type { subscribers } from "../processes/subscribers.js";
import { inTime, type Reported, until } from "../support/campaign.js";
import { type Child, startChild } from "../support/child.js";
import type { BenchDatabase } from "../support/database.js";
import { judge, median, print } from "../support/figures.js";
import { startRallygraph } from "../support/rallygraph.js";
import { follow, socketsOf, textOf } from "./subscription.js";

const half = 500;
const changesBefore = 20;
const changesAfterAtMost = 150;
const pauseMs = 250;
const mib = 1_024 * 1_024;

/** 1,000 subscribers, of whom half stop reading: what it costs the server, and what the others notice of it. */
export async function stalled(database: BenchDatabase, reported: Reported, largeBytes: number): Promise<void> {
  const { campaign, event, report } = reported;
  await database.query("UPDATE events SET description = $1 WHERE id = $2", [textOf(largeBytes), event]);
  const server = startRallygraph(database);
  const crowds = [1, 2].map(() => startChild<typeof subscribers>("subscribers"));
  const [awake, asleep] = crowds as [Child<typeof subscribers>, Child<typeof subscribers>];
  try {
    const url = await server.ask("url");
    for (const crowd of crowds)
      await crowd.ask("open", { url: socketsOf(url), count: half, payload: follow(campaign, largeBytes > 0) });
    await until("all seated", async () => (await server.ask("subscriptions")) === 2 * half);
    let count = 0;
    const tell = async (): Promise<number> => {
      await wait(pauseMs);
      await awake.ask("arm");
      const began = performance.now();
      count = await report(url);
      await inTime("a change to reach those who read", awake.ask("all"));
      return performance.now() - began;
    };
    const many = async (changes: number, seats: number): Promise<number[]> => {
      const ms: number[] = [];
      while (ms.length < changes && (await server.ask("subscriptions")) >= seats) ms.push(await tell());
      return ms;
    };
    await many(3, 0);
    const lean = (await server.ask("leanUsage")).rssBytes;
    await server.ask("peakRssBytes");
    const before = await many(changesBefore, 0);
    const peakBefore = await server.ask("peakRssBytes");
    await asleep.ask("stall");
    const began = performance.now();
    const after = await many(changesAfterAtMost, half + 1);
    const peak = await server.ask("peakRssBytes");
    const seconds = (performance.now() - began) / 1_000;
    const seated = await server.ask("subscriptions");
    const held = (await server.ask("leanUsage")).rssBytes;

    const bytes = (await awake.ask("sample")).length;
    const up = (value: number): string => `${((value - lean) / mib).toFixed(1)} MiB`;
    print(`stalled: ${after.length} changes of ${bytes} bytes, ${half} of ${2 * half} subscribers read nothing`, {
      "memory up while all read, at most": up(peakBefore),
      "memory up while half read nothing, at most": up(peak),
      "memory up after that, what is not needed collected": up(held),
      "ms until those who read have it, while all read (median)": median(before),
      "ms until those who read have it, while half read nothing (median)": median(after),
      "seats at the end, and after how many seconds": `${seated}, ${seconds.toFixed(1)}`,
    });
    judge("memory up", (peak - lean) / mib, { most: 50, unit: " MiB" });
    judge("of those who read, without the last state", await awake.ask("without", `"low":${count}`), { most: 0 });
  } finally {
    await Promise.all(crowds.map((child) => child.stop()));
    await server.stop();
  }
}
