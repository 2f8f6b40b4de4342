import "reflect-metadata";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { start } from "../../src/app/server.js";
import { readConfig } from "../../src/platform/config.js";
import { createLog } from "../../src/platform/log.js";
import { answer } from "../support/child.js";
import { leanUsage, usage } from "../support/usage.js";

const config = readConfig(process.env);
const starting = start(config, createLog(config.logLevel));
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();

export const rallygraph = {
  url: async () => (await starting).url,
  subscriptions: async () => (await starting).hub.readers,
  usage,
  leanUsage,
  /** The longest that the event loop has been held up since it was last asked. */
  longestBlockMs: () => {
    const longest = delays.max / 1e6;
    delays.reset();
    return longest;
  },
};

answer(rallygraph, async () => (await starting).stop());
