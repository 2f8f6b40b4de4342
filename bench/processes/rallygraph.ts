import "reflect-metadata";
import { start } from "../../src/app/server.js";
import { adoptTurnouts, verifyTurnouts } from "../../src/features/turnout/index.js";
import { readConfig } from "../../src/platform/config.js";
import { createLog } from "../../src/platform/log.js";
import { answer } from "../support/child.js";
import { longestBlock } from "../support/delay.js";
import { leanUsage, peakRssBytes, usage } from "../support/usage.js";

const config = readConfig(process.env);
const starting = start(config, createLog(config.logLevel));

export const rallygraph = {
  url: async () => (await starting).url,
  subscriptions: async () => (await starting).hub.readers,
  usage,
  leanUsage,
  adoptTurnouts: async () => adoptTurnouts((await starting).services),
  verifyTurnouts: async () => verifyTurnouts((await starting).services),
  peakRssBytes,
  longestBlock,
};

answer(rallygraph, async () => (await starting).stop());
