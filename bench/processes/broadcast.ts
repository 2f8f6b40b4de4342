import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { answer } from "../support/child.js";
import { leanUsage, usage } from "../support/usage.js";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
const listening = new Promise<void>((resolve) => server.once("listening", resolve));

/** What `ws` itself needs to tell everybody the same: the least that a fan-out can cost. */
export const broadcast = {
  url: async () => {
    await listening;
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  send: (text: string) => {
    const message = Buffer.from(text);
    for (const client of server.clients) client.send(message, { binary: false });
  },
  usage,
  leanUsage,
};

answer(broadcast);
