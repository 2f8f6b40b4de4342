import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import proxyAddr from "@fastify/proxy-addr";
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Config } from "../platform/config.js";
import type { Services } from "../platform/context.js";
import { Refusal } from "../platform/errors.js";
import { accessTopic } from "../features/people/index.js";
import { room } from "../platform/changes/change.js";
import type { Readiness } from "./health.js";
import { type Asking, askingWith, stranger } from "./caller.js";
import type { Connection } from "./connection.js";
import { trusted } from "./proxies.js";
import type { Subscriptions } from "./subscriptions.js";

const maxMessageBytes = 64 * 1024;
const pingEveryMs = 15_000;
const pingsAtOnce = 100;
const pingPauseMs = 10;
const initWithinMs = 10_000;

interface Options {
  services: Services;
  subscriptions: Subscriptions;
  readiness: Readiness;
  server: Server;
}

/** The WebSocket side of `/graphql`: graphql-transport-ws, subscriptions only. */
export function openSockets({ services, subscriptions, readiness, server }: Options): {
  size(): number;
  close(): Promise<void>;
} {
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
  });
  const protocol = makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: initWithinMs,
    onConnect: ({ connectionParams, extra }) =>
      signIn(services, extra, connectionParams?.["token"] ?? connectionParams?.["authorization"]),
    onSubscribe: ({ extra }, id, payload) => subscriptions.prepare(extra, id, payload),
    subscribe: (args) => subscriptions.seat(args) as never,
  });
  const open = new Set<Connection>();

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refuse(request, services.config, readiness);
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    wss.handleUpgrade(request, socket, head, (webSocket) =>
      welcome(webSocket, socket, addressOf(request, services.config)),
    );
  });

  function welcome(socket: WebSocket, wire: Duplex, address: string): void {
    const connection: Connection = {
      socket,
      wire,
      asking: stranger(address),
      alive: true,
      stopWatching: undefined,
      subscriptions: 0,
    };
    open.add(connection);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => void (socket.readyState === socket.OPEN && socket.send(data)),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on("message", (data: Buffer) => {
            handle(data.toString()).catch((error: unknown) => {
              services.log.warn({ error }, "socket message not handled");
              socket.close(CloseCode.InternalServerError, "Internal server error");
            });
          }),
      },
      connection,
    );
    socket.on("pong", () => (connection.alive = true));
    // Too large a message and other breaches of the protocol: ws closes the socket with the code that says so.
    socket.on("error", () => undefined);
    socket.on("close", (code, reason) => {
      open.delete(connection);
      connection.stopWatching?.();
      void closed(code, reason.toString());
    });
  }

  // One timer for all: whoever has not answered the last ping is gone, or reads nothing.
  const beat = async (): Promise<void> => {
    let pinged = 0;
    for (const connection of open) {
      if (!connection.alive) connection.socket.terminate();
      connection.alive = false;
      connection.socket.ping();
      // Ten thousand pings in one turn, and then their answers, would block every request of this node.
      if (++pinged % pingsAtOnce === 0) await wait(pingPauseMs);
    }
  };
  let beating: Promise<void> | undefined;
  const heart = setInterval(() => void (beating ??= beat().finally(() => (beating = undefined))), pingEveryMs);

  const expiry = setInterval(() => {
    const now = services.now();
    for (const { socket, asking } of open) if (asking.expiresAt && asking.expiresAt <= now) forbid(socket);
  }, 1_000);

  return {
    size: () => open.size,
    async close() {
      clearInterval(heart);
      clearInterval(expiry);
      for (const { socket } of open) socket.close(1001, "Going away");
      const patience = setTimeout(() => open.forEach(({ socket }) => socket.terminate()), 2_000);
      await Promise.all([...open].map(({ socket }) => new Promise((resolve) => socket.once("close", resolve))));
      clearTimeout(patience);
    },
  };
}

/** Why a socket is not opened, as an HTTP status line; undefined when it is. */
function refuse(request: IncomingMessage, config: Config, readiness: Readiness): string | undefined {
  if (request.url?.split("?")[0] !== "/graphql") return "404 Not Found";
  if (readiness.stopping) return "503 Service Unavailable";
  const { origin } = request.headers;
  // Only browsers send an Origin; other clients could write what they like.
  if (config.allowedOrigins && origin !== undefined && !config.allowedOrigins.includes(origin)) return "403 Forbidden";
  if (
    !request.headers["sec-websocket-protocol"]?.split(",").some((name) => name.trim() === GRAPHQL_TRANSPORT_WS_PROTOCOL)
  )
    return "400 Bad Request";
  return undefined;
}

/** As Fastify knows it of requests. */
const addressOf = (request: IncomingMessage, config: Config): string => proxyAddr(request, trusted(config));

const forbid = (socket: WebSocket, why = "Forbidden"): void => socket.close(CloseCode.Forbidden, why);

/** The token or key of connection_init; a bad one closes the socket, and so does the end of its rights later. */
async function signIn(services: Services, connection: Connection, token: unknown): Promise<boolean> {
  if (token === undefined || token === null) return true;
  const bare = typeof token === "string" ? token.replace(/^Bearer /i, "") : "";
  const { socket } = connection;
  try {
    connection.asking = await askingWith(services, bare);
    connection.stopWatching = services.changes.follow(roomsOfAccess(connection.asking), () => forbid(socket));
    // Closed while we looked: nobody else would end the watch.
    if (socket.readyState !== socket.OPEN) connection.stopWatching();
    // Signed out between the look-up and the watch: look again.
    await askingWith(services, bare);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    forbid(socket, String(error.extensions["reason"]));
    return false;
  }
}

const roomsOfAccess = ({ viewer, caller }: Asking): string[] =>
  [viewer?.sessionId, caller.id].filter((id) => id !== undefined).map((id) => room(accessTopic, id));
