import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { theSchema } from "../../src/app/schema.js";
import { type RunningServer, start } from "../../src/app/server.js";
import { readConfig } from "../../src/platform/config.js";
import { openScratch } from "../../src/platform/database/scratch.js";
import { createLog } from "../../src/platform/log.js";
import { listen, type Listening, post, type Reply } from "./client.js";
import { makeFactories } from "./factories.js";

/** Somebody who can sign in. */
export interface Person {
  id: string;
  email: string;
  token: string;
}

/** The calls of a person, in the words of the API. */
export interface Caller {
  run(query: string, variables?: object): Promise<Reply>;
  listen(query: string, variables?: object): Promise<Listening>;
  /** Any mutation, by its name and input. */
  call(name: string, input: object, selection?: string): Promise<Reply>;
  draftEvent(input: object): Promise<Reply>;
  submitEvent(eventId: string): Promise<Reply>;
  approveEvent(eventId: string): Promise<Reply>;
  openShift(input: object): Promise<Reply>;
  claimShift(shiftId: string, idempotencyKey?: string): Promise<Reply>;
  releaseShift(shiftId: string): Promise<Reply>;
  reportTurnout(input: object): Promise<Reply>;
  rsvp(input: object): Promise<Reply>;
  confirmRsvp(token: string): Promise<Reply>;
  cancelRsvp(which: { rsvpId: string } | { token: string }): Promise<Reply>;
  setRsvpLimit(eventId: string, limit: number | null): Promise<Reply>;
  followEvent(eventId: string): Promise<Reply>;
  unfollowEvent(eventId: string): Promise<Reply>;
}

const rsvpSelection = "status rsvp { id status guests showName } event { id rsvps { going waiting limit } }";
const shiftFields = "id taken capacity staffing";

function callerAt(url: () => string, token?: string): Caller {
  const run = (query: string, variables?: object): Promise<Reply> => post(url(), query, variables, token);
  const call = (name: string, input: object, selection = "event { id }"): Promise<Reply> => {
    const type = theSchema().getMutationType()!.getFields()[name]!.args[0]!.type.toString();
    return run(`mutation($input: ${type}) { ${name}(input: $input) { ${selection} } }`, { input });
  };
  const mutate = (name: string, selection: string) => (input: object) => call(name, input, selection);
  return {
    run,
    listen: (query, variables) => listen(url(), query, variables, token),
    call,
    draftEvent: mutate("draftEvent", "event { id title review startsAt startsOn }"),
    submitEvent: (eventId) => mutate("submitEvent", "event { id review }")({ eventId }),
    approveEvent: (eventId) => mutate("approveEvent", "event { id review }")({ eventId }),
    openShift: mutate("openShift", `shift { ${shiftFields} startsAt endsAt }`),
    claimShift: (shiftId, idempotencyKey) =>
      mutate("claimShift", `shift { ${shiftFields} } signup { id status }`)({ shiftId, idempotencyKey }),
    releaseShift: (shiftId) => mutate("releaseShift", `shift { ${shiftFields} } signup { id status }`)({ shiftId }),
    rsvp: mutate("rsvp", rsvpSelection),
    confirmRsvp: (token) => mutate("confirmRsvp", rsvpSelection)({ token }),
    cancelRsvp: mutate("cancelRsvp", rsvpSelection),
    setRsvpLimit: (eventId, limit) =>
      mutate("setRsvpLimit", "event { rsvps { going waiting limit } }")({ eventId, limit }),
    followEvent: (eventId) => mutate("followEvent", "event { id viewerFollows }")({ eventId }),
    unfollowEvent: (eventId) => mutate("unfollowEvent", "event { id viewerFollows }")({ eventId }),
    reportTurnout: mutate(
      "reportTurnout",
      "report { id low high source words } event { turnout { low high reporting } }",
    ),
  };
}

/** A server of its own on a database of its own, for one test file; with settings of either. */
export function openWorld(settings: Record<string, string> = {}, database: Record<string, string> = {}) {
  let now = new Date("2026-01-23T18:00:00Z");
  /** Time passes at once: what was held before that is no longer sure to be true. */
  const clock = {
    get now() {
      return now;
    },
    set now(instant: Date) {
      now = instant;
      (running as RunningServer | undefined)?.services.reads.forget();
    },
  };
  const lines: string[] = [];
  let running: RunningServer;
  let databaseUrl: string;
  let folder: string;
  const others: RunningServer[] = [];

  const open = (): Promise<RunningServer> => {
    const env = {
      NODE_ENV: "test",
      PORT: "0",
      DATABASE_URL: databaseUrl,
      DATABASE_POOL: "10",
      DATA_DIR: folder,
      DEMO: "false",
      SECRET_KEY: "11".repeat(32),
      LAME_DUCK_MS: "0",
      RATE_ANONYMOUS: "0",
      RATE_SIGNED_IN: "0",
      RATE_KEY: "0",
      WEBHOOK_ALLOW_PRIVATE: "true",
      LOG_LEVEL: process.env["TEST_LOG"] ?? "silent",
      ...settings,
    };
    // Whoever asks for a level reads the log: as lines, here.
    const log = createLog(env.LOG_LEVEL, settings["LOG_LEVEL"] ? { write: (line) => lines.push(line) } : undefined);
    return start(readConfig(env), log, () => new Date(clock.now));
  };

  beforeAll(async () => {
    const scratch = await openScratch(process.env["TEST_SERVER"]);
    databaseUrl = await scratch.create(process.env["TEST_TEMPLATE"], database);
    folder = await mkdtemp(path.join(tmpdir(), "rallygraph-test-"));
    running = await open();
  });

  afterAll(async () => {
    for (const server of [running, ...others]) await server?.stop();
    await rm(folder, { recursive: true, force: true });
    const scratch = await openScratch(process.env["TEST_SERVER"]);
    await scratch.drop(databaseUrl);
  });

  const url = (): string => running.url;
  /** Whoever takes the server by hand may write past it: what it holds for readers is no longer sure to be true. */
  const server = (): RunningServer => {
    running.services.reads.forget();
    return running;
  };
  return {
    clock,
    lines,
    url,
    server,
    databaseUrl: () => databaseUrl,
    folder: () => folder,
    /** A second server on the same database. */
    another: async () => {
      const server = await open();
      others.push(server);
      return server;
    },
    as: (person?: Person, at: () => string = url) => callerAt(at, person?.token),
    a: makeFactories(() => server().services),
  };
}
