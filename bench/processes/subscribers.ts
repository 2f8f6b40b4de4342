import { randomUUID } from "node:crypto";
import { platform } from "node:os";
import WebSocket from "ws";
import { answer } from "../support/child.js";

interface Crowd {
  url: string;
  count: number;
  /** What each of them subscribes to, over graphql-transport-ws; left out: they just listen. */
  payload?: { query: string; variables: object };
}

const openAtOnce = 100;
const addresses = 8;

const sockets: WebSocket[] = [];
/** The last message of each. */
const last = new Map<WebSocket, Buffer>();
let missing = 0;
let told: () => void = () => undefined;

function received(socket: WebSocket, message: Buffer): void {
  last.set(socket, message);
  if (--missing === 0) told();
}

/** Resolves when the socket is open, and its subscription sent. Linux has many loopback addresses: one alone would run out of ports. */
function join({ url, payload }: Crowd, number: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const localAddress = platform() === "linux" ? `127.0.0.${1 + (number % addresses)}` : undefined;
    const options = { perMessageDeflate: false, ...(localAddress ? { localAddress } : {}) };
    const socket = new WebSocket(url, payload ? "graphql-transport-ws" : [], options);
    const say = (message: object): void => socket.send(JSON.stringify(message));
    sockets.push(socket);
    socket.on("error", reject);
    socket.on("open", () => (payload ? say({ type: "connection_init" }) : resolve()));
    socket.on("message", (message: Buffer) => {
      if (message.includes('"type":"connection_ack"')) {
        say({ id: randomUUID(), type: "subscribe", payload });
        resolve();
      } else received(socket, message);
    });
  });
}

/** Very many clients in one process. */
export const subscribers = {
  open: async (crowd: Crowd) => {
    for (let number = 0; number < crowd.count; number += openAtOnce)
      await Promise.all(Array.from({ length: openAtOnce }, (_, n) => join(crowd, number + n)));
  },
  /** From now on the next message of each is waited for. */
  arm: () => {
    missing = sockets.length;
  },
  /** Resolves when each has got it. */
  all: () => (missing <= 0 ? undefined : new Promise<void>((resolve) => (told = resolve))),
  sample: () => last.values().next().value!.toString(),
  /** How many have got something else last. */
  without: (text: string) => sockets.filter((socket) => !last.get(socket)?.includes(text)).length,
  /** From now on they read nothing. */
  stall: () => {
    for (const socket of sockets) socket.pause();
  },
};

answer(subscribers);
