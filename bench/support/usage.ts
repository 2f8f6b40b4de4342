import { setTimeout as wait } from "node:timers/promises";

/** What a process has used of the machine. */
export interface Usage {
  cpuMs: number;
  rssBytes: number;
  /** JavaScript objects and buffers. */
  heapBytes: number;
}

export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { cpuMs: (user + system) / 1_000, rssBytes: rss, heapBytes: heapUsed + external };
}

/** The same, with nothing in memory that is not needed. */
export async function leanUsage(): Promise<Usage> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await wait(100);
  }
  return usage();
}

let peak = 0;
let watching: NodeJS.Timeout | undefined;

/** The most memory that has been resident since it was last asked; from the second time on. */
export function peakRssBytes(): number {
  const look = (): void => void (peak = Math.max(peak, process.memoryUsage.rss()));
  watching ??= setInterval(look, 20);
  look();
  const highest = peak;
  peak = 0;
  return highest;
}
