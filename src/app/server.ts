import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import fastify, { type FastifyInstance } from "fastify";
import { PublicEvents } from "../features/feeds/index.js";
import { openMap } from "../features/map/index.js";
import { adoptTurnouts } from "../features/turnout/index.js";
import { pendingDeliveries } from "../features/webhooks/index.js";
import { Hub } from "../platform/changes/live.js";
import { Replay } from "../platform/changes/replay.js";
import type { Config } from "../platform/config.js";
import type { Services } from "../platform/context.js";
import { Answers } from "../platform/http/answers.js";
import { Streams } from "../platform/http/streams.js";
import type { Log } from "../platform/log.js";
import { createMetrics } from "../platform/metrics.js";
import { addCalendars } from "./calendars.js";
import { openDatabase } from "./database.js";
import { loadDemo } from "./demo/load.js";
import { Door } from "./door.js";
import { addExplorer } from "./explorer.js";
import { addFeeds } from "./feeds.js";
import { createGraphQL } from "./graphql.js";
import { addGraphQL } from "./graphql.route.js";
import { addHealth, type Readiness } from "./health.js";
import { startHousekeeping } from "./housekeeping.js";
import { addImports } from "./imports.js";
import { trusted, warnOfProxies } from "./proxies.js";
import { addMap } from "./map.js";
import { addReportPage } from "./report-page.js";
import { addRsvpPage } from "./rsvp-page.js";
import { theSchema } from "./schema.js";
import { type OpenServices, openServices } from "./services.js";
import { openSockets } from "./sockets.js";
import { Subscriptions } from "./subscriptions.js";
import { addTiles } from "./tiles.js";
import { addTurnoutExport } from "./turnout-export.js";
import { addUnsubscribe } from "./unsubscribe.js";

/** A server that listens. */
export interface RunningServer {
  /** Where clients find it, as http://127.0.0.1:4000 */
  url: string;
  services: Services;
  hub: Hub;
  /** Stops it: out of rotation first, then whoever is being served is served, then everything closes. */
  stop(options?: { lameDuckMs?: number }): Promise<void>;
}

const bodyLimit = 256 * 1024;

/** Starts everything and returns once requests are answered. */
export async function start(config: Config, log: Log, now: () => Date = () => new Date()): Promise<RunningServer> {
  const database = await openDatabase(config, log);
  try {
    const services = await openServices(config, database.url, log, now);
    try {
      await adoptTurnouts(services);
      if (config.demo) await loadDemo(services);
      return await serve(services, () => database.stop());
    } catch (error) {
      await services.close();
      throw error;
    }
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function serve(services: OpenServices, stopDatabase: () => Promise<void>): Promise<RunningServer> {
  const { admission, config, log, pool } = services;
  const schema = theSchema();
  const hub = new Hub(services.changes, new Replay(pool, log), log);
  const readiness: Readiness = { stopping: false };
  const metrics = createMetrics({
    rallygraph_sockets: { help: "Open WebSockets.", value: () => sockets.size() },
    rallygraph_subscriptions: { help: "Live subscriptions.", value: () => hub.readers },
    rallygraph_subscription_groups: {
      help: "Different live subscriptions: each is executed once a message.",
      value: () => hub.groups,
    },
    rallygraph_database_waiting: {
      help: "Requests that wait for a database connection.",
      value: () => pool.waitingCount,
    },
    rallygraph_webhook_deliveries_pending: {
      help: "Webhook messages that wait to be delivered, of all nodes together; NaN while the database is away.",
      value: () => pendingDeliveries(services).catch(() => Number.NaN),
    },
  });
  const apollo = await createGraphQL({ schema, admission, log, metrics, introspection: config.introspection });
  const streams = new Streams(Math.ceil(config.databasePool / 5));
  const publicEvents = new PublicEvents(services);
  const door = new Door(services, new Answers(publicEvents, services.now), readiness);
  const app = await createHttp(config, readiness, door);
  app.addHook("preClose", (done) => {
    streams.stop();
    done();
  });
  warnOfProxies(app, config, log);
  openMap(services, publicEvents);
  addHealth(app, pool, readiness, metrics);
  if (config.explorer) addExplorer(app);
  addUnsubscribe(app, services);
  addImports(app, services);
  addRsvpPage(app, services);
  addReportPage(app, services);
  addCalendars(app, services);
  addTiles(app, services, door);
  addMap(app);
  addTurnoutExport(app, services, streams);
  addFeeds(app, services, { streams, publicEvents, door });
  addGraphQL(app, apollo, services, metrics);
  const sockets = openSockets({
    services,
    subscriptions: new Subscriptions(services, schema, admission, hub, services.requests),
    readiness,
    server: app.server,
  });
  const stopHousekeeping = startHousekeeping(services);
  if (config.jobs) await services.work();
  const url = await app.listen({ host: config.host, port: config.port });

  async function stop({ lameDuckMs = config.lameDuckMs } = {}): Promise<void> {
    readiness.stopping = true;
    // Load balancers look away first; until then everything is answered, on connections that are not used again.
    await wait(lameDuckMs);
    stopHousekeeping();
    await sockets.close();
    // Who was being served when it began to stop keeps a connection that nobody uses: for over a minute, if left alone.
    const idle = setInterval(() => app.server.closeIdleConnections(), 50);
    await app.close().finally(() => clearInterval(idle));
    await apollo.stop();
    await services.close();
    await stopDatabase();
  }
  let stopped: Promise<void> | undefined;
  return { url, services, hub, stop: (options) => (stopped ??= stop(options)) };
}

async function createHttp(config: Config, readiness: Readiness, door: Door): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit,
    trustProxy: config.trustProxy > 0 && trusted(config),
    genReqId: () => randomUUID(),
    forceCloseConnections: "idle",
    return503OnClosing: false,
    serverFactory: (route) =>
      createServer(
        { maxHeaderSize: 32 * 1024, requestTimeout: 30_000, keepAliveTimeout: 72_000 },
        (request, response) => {
          if (!door.answer(request, response)) route(request, response);
        },
      ),
    // Links in mails carry what they are for, signed.
    routerOptions: { maxParamLength: 500 },
    // As over GET and WebSocket: no input is merged into anything, each field is read by its type.
    onProtoPoisoning: "ignore",
    onConstructorPoisoning: "ignore",
  });
  await app.register(helmet, { contentSecurityPolicy: false });
  await app.register(cors, {
    // One answer for all: a cache may give it to whoever asks next, from another page.
    origin: config.allowedOrigins ?? "*",
    methods: ["GET", "POST", "PUT"],
    allowedHeaders: ["content-type", "authorization"],
    exposedHeaders: ["x-request-id", "etag", "link", "retry-after", "ratelimit", "ratelimit-policy"],
    maxAge: 86_400,
  });
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header("x-request-id", request.id);
    if (readiness.stopping) void reply.header("connection", "close");
    done();
  });
  return app;
}
