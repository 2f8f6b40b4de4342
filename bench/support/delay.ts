import { existsSync, openSync, readSync } from "node:fs";

/** How long the event loop has been held up: by the clock, and without the time in which others had the processor. */
export interface Block {
  ms: number;
  ownMs: number;
}

const everyMs = 5;
const statistics = `/proc/self/task/${process.pid}/schedstat`;
const file = existsSync(statistics) ? openSync(statistics, "r") : undefined;
const text = Buffer.alloc(100);

/** How long this thread has waited for a processor; 0 where the system doesn't say. */
function waitedMs(): number {
  if (file === undefined) return 0;
  return Number(text.toString("latin1", 0, readSync(file, text, 0, text.length, 0)).split(" ")[1]) / 1e6;
}

const seen = (): { at: number; waited: number } => ({ at: performance.now(), waited: waitedMs() });

let longest: Block = { ms: 0, ownMs: 0 };
let last = seen();

function look(): void {
  const now = seen();
  const ms = Math.max(0, now.at - last.at - everyMs);
  const ownMs = Math.max(0, ms - (now.waited - last.waited));
  longest = { ms: Math.max(longest.ms, ms), ownMs: Math.max(longest.ownMs, ownMs) };
  last = now;
}

function watch(): NodeJS.Timeout {
  last = seen();
  return setInterval(look, everyMs).unref();
}

let watching: NodeJS.Timeout | undefined;

/** The longest since it was last asked; watched from the first time on: to look takes time, too. */
export function longestBlock(): Block {
  watching ??= watch();
  const found = longest;
  longest = { ms: 0, ownMs: 0 };
  return found;
}
