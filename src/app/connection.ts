import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Asking } from "./caller.js";

/** One WebSocket and who is behind it. */
export interface Connection {
  socket: WebSocket;
  /** What the socket's frames go over. */
  wire: Duplex;
  asking: Asking;
  /** It has answered the last ping. */
  alive: boolean;
  stopWatching: (() => void) | undefined;
  subscriptions: number;
}
