import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createPubSub } from "@graphql-yoga/subscription";
import WebSocket from "ws";
import { Seat } from "../../src/app/seat.js";
import type { Change } from "../../src/platform/changes/change.js";
import { Hub } from "../../src/platform/changes/live.js";
import { newContext } from "../../src/platform/context.js";
import { projectRoot } from "../../src/platform/files.js";
import { openWorld } from "../support/world.js";

const { a, as, server, url } = openWorld();

/** A bare graphql-transport-ws client, which a test can stop reading with. */
function open(
  query: string,
  variables: object,
): Promise<{ socket: WebSocket; closed: Promise<number>; received: string[] }> {
  const socket = new WebSocket(`${url().replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const received: string[] = [];
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  socket.on("open", () => socket.send('{"type":"connection_init"}'));
  return new Promise((resolve) => {
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      if (!text.includes("connection_ack")) return void received.push(text);
      socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables } }));
      resolve({ socket, closed, received });
    });
  });
}

test("crashes the process with type-graphql's own PubSub when one subscriber stops reading, as the control", async () => {
  const script = `
    const { createPubSub } = require("@graphql-yoga/subscription");
    const pubSub = createPubSub();
    const slow = pubSub.subscribe("turnout");
    slow.next();
    for (let n = 0; n < 2000; n++) pubSub.publish("turnout", n);
    setTimeout(() => process.exit(0), 500);`;
  await expect(promisify(execFile)(process.execPath, ["-e", script], { cwd: projectRoot })).rejects.toMatchObject({
    stderr: expect.stringContaining("RepeaterOverflowError") as string,
  });
});

/** First in, first out: what every RepeaterBuffer is. */
function oneBuffer() {
  const waiting: unknown[] = [];
  return {
    full: false,
    get empty() {
      return waiting.length === 0;
    },
    add: (value: unknown) => void waiting.push(value),
    remove: () => waiting.shift(),
  };
}

test("gives one reader what was for another with a buffer that all subscriptions share, as the control", async () => {
  const pubSub = createPubSub<{ alice: [string]; bob: [string] }>({ repeaterBuffer: oneBuffer() });
  const [alice, bob] = [pubSub.subscribe("alice"), pubSub.subscribe("bob")];
  const [first, second] = [alice.next(), bob.next()];
  for (const message of ["for Alice only", "and again"]) pubSub.publish("alice", message);
  pubSub.publish("bob", "for Bob");
  expect((await first).value).toBe("for Alice only");
  expect([(await second).value, (await bob.next()).value]).toContain("and again");
});

/** Waits until the server has so many: it learns of a close on its own side, some calls later. */
async function readersAre(count: number): Promise<void> {
  while (server().hub.readers !== count) await as().run("{ position }");
}

test("lets a reader go that stops reading, with the reason, and neither its memory grows nor do a thousand others wait", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign, description: "é".repeat(5_000) });
  const editor = as(await a.staff(campaign));
  const light = `subscription($id: ID!) { eventChanged(campaignId: $id) { event { version } } }`;
  const copies = Array.from({ length: 40 }, (_, n) => `d${n}: description`).join(" ");
  const heavy = `subscription($id: ID!) { eventChanged(campaignId: $id) { event { ${copies} } } }`;
  const others = await Promise.all(Array.from({ length: 1_000 }, () => open(light, { id: campaign.id })));
  const slow = await open(heavy, { id: campaign.id });
  slow.socket.pause();
  await readersAre(1_001);
  let version = 1;
  while (server().hub.readers === 1_001) {
    const whatToBring = `Water, ${version} times`;
    expect((await editor.call("editEvent", { eventId: event.id, version: version++, whatToBring })).code).toBe("OK");
    expect(version).toBeLessThan(200);
  }
  const last = `"version":${version}`;
  await Promise.all(others.map(({ socket, received }) => arrival(socket, received, last)));
  slow.socket.resume();
  expect(await slow.closed).toBe(4410);
  expect(slow.received.at(-1)).toContain('"reason":"LAGGING"');
  others.forEach(({ socket }) => socket.terminate());
  await readersAre(0);
});

function arrival(socket: WebSocket, received: string[], text: string): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!received.some((message) => message.includes(text))) return;
      socket.off("message", check);
      resolve();
    };
    socket.on("message", check);
    check();
  });
}

test("executes equal subscriptions once, wherever their readers were before", async () => {
  const campaign = await a.campaign();
  await a.event({ campaign });
  const { position } = (await as().run("{ position }")).data;
  const groups = server().hub.groups;
  const query = (name: string): string =>
    `subscription ${name}($id: ID!, $after: String) { turnoutChanged(campaignId: $id, after: $after) { position } }`;
  const listening = [
    await as().listen(query("Wall"), { id: campaign.id }),
    await as().listen(query("Wall"), { id: campaign.id, after: position }),
    await as().listen(query("Phone"), { id: campaign.id, after: position }),
  ];
  expect(server().hub.groups - groups).toBe(1);
  const other = await as(await a.person()).listen(query("Wall"), { id: campaign.id });
  expect(server().hub.groups - groups).toBe(2);
  await Promise.all([...listening, other].map((each) => each.stop()));
});

test("leaves nothing behind when readers come and go", async () => {
  const campaign = await a.campaign();
  const { hub } = server();
  await readersAre(0);
  const query = `subscription($id: ID!) { turnoutChanged(campaignId: $id) { position } }`;
  const listening = await Promise.all(Array.from({ length: 50 }, () => as().listen(query, { id: campaign.id })));
  expect(hub).toMatchObject({ readers: 50, groups: 1 });
  await Promise.all(listening.map((each) => each.stop()));
  await readersAre(0);
  expect(hub.groups).toBe(0);
});

test("tells readers to come back when even the RESYNC of an overfull mailbox cannot be made", async () => {
  let tell!: (change: Change) => void;
  const changes = {
    position: () => "",
    wake: () => undefined,
    follow: (_rooms: string[], listener: (change: Change) => void) => ((tell = listener), () => undefined),
  };
  const hub = new Hub(changes, null as never, server().services.log);
  const request = {
    key: "overfull",
    source: { rooms: [], message: () => Promise.resolve({}), resync: () => ({}) },
    context: () => Promise.resolve(newContext(server().services, { viewer: null, requestId: "test", address: "" })),
    execute: () => Promise.reject(new Error("The database is away.")),
  };
  await new Promise<void>((resolve) => {
    hub.join(request, {
      send: () => undefined,
      keepsUp: () => true,
      lagging: () => undefined,
      unavailable: () => resolve(),
      forbidden: () => undefined,
    });
    for (let n = 0; n <= 1_000; n++)
      tell({ position: `${n}`, topic: "event", kind: "UPDATED", subjectId: `${n}`, scopes: [] });
  });
  expect(hub).toMatchObject({ readers: 0, groups: 0 });
});

test.each(["atOnce", "gathers"])(
  "tells of no change with rights that were read before it came, where a source %s",
  async (how) => {
    let tell: (change: Change) => void = () => undefined;
    const changes = {
      position: () => "",
      wake: () => undefined,
      follow: (_rooms: string[], listener: (change: Change) => void) => ((tell = listener), () => undefined),
    };
    const come = (id: string): void =>
      tell({ position: id, topic: "event", kind: "UPDATED", subjectId: id, scopes: [] });
    const told: string[] = [];
    let contexts = 0;
    const together = (_ctx: unknown, all: Change[]) => Promise.resolve({ ids: all.map(({ subjectId }) => subjectId) });
    const source =
      how === "gathers"
        ? { gathers: { everyMs: 0, atMost: 10, message: together } }
        : { atOnce: 10, message: (ctx: unknown, change: Change) => together(ctx, [change]) };
    const request = {
      key: how,
      source: { rooms: [], resync: () => ({}), ...source },
      context: () => {
        if (++contexts === 1) come("2");
        return Promise.resolve(newContext(server().services, { viewer: null, requestId: `${contexts}`, address: "" }));
      },
      execute: ({ requestId }: { requestId: string }, { ids }: { ids?: string[] }) =>
        Promise.resolve(`${ids?.join()} with rights ${requestId}`),
    };
    const hub = new Hub(changes, null as never, server().services.log);
    await new Promise<void>((resolve) => {
      hub.join(request, {
        send: (payload) => void (told.push(payload), payload.includes("2 ") && resolve()),
        keepsUp: () => true,
        lagging: () => undefined,
        unavailable: () => resolve(),
        forbidden: () => undefined,
      });
      come("1");
    });
    expect(told).toEqual(["1 with rights 1", "2 with rights 2"]);
  },
);

/** Whether a promise has settled once everything that can run now has run. */
const settledSoon = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => setImmediate(() => resolve(false)))),
  ]);

test("settles at once when a waiting reader leaves, where a generator hangs, as the control", async () => {
  async function* forever(): AsyncGenerator<never> {
    await new Promise(() => undefined);
  }
  async function* relayed(): AsyncGenerator<never> {
    for await (const message of forever()) yield message;
  }
  const generator = relayed();
  void generator.next();
  expect(await settledSoon(generator.return(undefined))).toBe(false);

  const campaign = await a.campaign();
  const { hub } = server();
  const request = {
    key: campaign.id,
    source: { rooms: [], message: () => Promise.resolve(null), resync: () => ({}) },
    context: () => Promise.resolve(null),
    execute: () => Promise.resolve(""),
  };
  const reader = {
    send: () => undefined,
    keepsUp: () => true,
    lagging: () => undefined,
    unavailable: () => undefined,
    forbidden: () => undefined,
  };
  const readers = hub.readers;
  const seat = new Seat(
    hub,
    request,
    {
      socket: null as never,
      wire: null as never,
      asking: { viewer: null, caller: { kind: "anonymous", id: "" }, expiresAt: null },
      alive: true,
      stopWatching: undefined,
      subscriptions: 0,
    },
    reader,
  );
  const waiting = seat.next();
  expect(hub.readers).toBe(readers + 1);
  expect(await settledSoon(seat.return())).toBe(true);
  expect(await settledSoon(waiting)).toBe(true);
  expect(hub.readers).toBe(readers);
});
