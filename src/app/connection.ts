import type { WebSocket } from "ws";
import type { Viewer } from "../platform/context.js";

/** One WebSocket and who is behind it. */
export interface Connection {
  socket: WebSocket;
  viewer: Viewer | null;
  /** It has answered the last ping. */
  alive: boolean;
  stopWatching: (() => void) | undefined;
  subscriptions: number;
}
