import { randomUUID } from "node:crypto";
import type { Change, ChangeLog } from "../../src/platform/changes/change.js";
import { Hub } from "../../src/platform/changes/live.js";
import type { Ticker } from "../../src/platform/changes/pace.js";
import type { Reader } from "../../src/platform/changes/document.js";
import type { LiveRequest } from "../../src/platform/changes/reader.js";
import { Replay } from "../../src/platform/changes/replay.js";
import { readBounds, readStretch } from "../../src/platform/changes/store.js";
import { formatPosition, parsePosition } from "../../src/platform/changes/position.js";
import { type Context, newContext } from "../../src/platform/context.js";
import { openWorld } from "../support/world.js";

const { server } = openWorld();

const everyMs = 250;

interface Told {
  at: number;
  position: string;
  kind: "UPDATED" | "RESYNC";
  subjects: string[];
}

/** Everything that can run now has run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** Time that passes when a test says so. */
class TestTicker implements Ticker {
  readonly timers = new Map<() => void, number>();
  #now = 0;

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    // Each has a key of its own, also when the same is called twice.
    const timer = (): void => call();
    this.timers.set(timer, this.#now + ms);
    return () => void this.timers.delete(timer);
  }

  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (await settled(); ; await settled()) {
      const [timer, due] = [...this.timers].sort(([, a], [, b]) => a - b)[0] ?? [];
      if (!timer || due! > end) break;
      this.#now = due!;
      this.timers.delete(timer);
      timer();
    }
    this.#now = end;
  }
}

/** A reader that writes down what it is told, and how it ended. */
function notes(ticker: Ticker) {
  const told: Told[] = [];
  const ends: string[] = [];
  const end = (how: string) => () => void ends.push(how);
  const reader: Reader = {
    send: (payload) => void told.push({ at: ticker.now(), ...(JSON.parse(payload) as Omit<Told, "at">) }),
    keepsUp: () => true,
    lagging: end("LAGGING"),
    unavailable: end("UNAVAILABLE"),
    forbidden: end("FORBIDDEN"),
  };
  return { told, ends, reader };
}

/** A subscription that gathers, at most three things a message, over a log and a time that are the test's. */
function openHall(faults: Partial<LiveRequest> & { seen?: (change: Change) => boolean } = {}) {
  const ticker = new TestTicker();
  const listeners = new Set<(change: Change) => void>();
  let position = 0;
  const place = (): string => String(position).padStart(8, "0");
  const log: ChangeLog = {
    position: place,
    wake: () => undefined,
    follow: (_rooms, listener) => (listeners.add(listener), () => listeners.delete(listener)),
  };
  const change = (subjectId: string): void => {
    position++;
    for (const listener of listeners)
      listener({ position: place(), topic: "t", kind: "UPDATED", subjectId, scopes: [] });
  };
  const hub = new Hub(log, null as never, server().services.log, ticker);
  const request = requestFor({ rooms: [], seen: () => true, ...faults });
  const join = () => {
    const noted = notes(ticker);
    return { ...noted, leave: hub.join(request, noted.reader) };
  };
  return { hub, ticker, change, join, place };
}

interface Asked extends Partial<LiveRequest> {
  rooms: string[];
  after?: string;
  seen?: (change: Change) => boolean;
}

const requestFor = ({ rooms, after, seen = () => true, ...rest }: Asked): LiveRequest => ({
  key: "hall",
  source: {
    rooms,
    after,
    gathers: {
      everyMs,
      atMost: 3,
      message: (_ctx, changes) => {
        const subjects = changes.filter(seen).map((change) => change.subjectId);
        const message = { position: changes.at(-1)!.position, kind: "UPDATED", subjects };
        return Promise.resolve(subjects.length > 0 ? message : null);
      },
    },
    resync: (position) => ({ position, kind: "RESYNC", subjects: [] }),
  },
  context: () => Promise.resolve(someContext()),
  execute: (_ctx, message) => Promise.resolve(JSON.stringify(message)),
  ...rest,
});

const someContext = (): Context => newContext(server().services, { viewer: null, requestId: "test", address: "" });

test("ends readers whose rights are gone by the time it is their turn, and leaves no timer behind", async () => {
  let allowed = true;
  const hall = openHall({ context: () => Promise.resolve(allowed ? someContext() : null) });
  const { told, ends } = hall.join();
  hall.change("a");
  await hall.ticker.pass(10);
  hall.change("b");
  allowed = false;
  await hall.ticker.pass(1_000);
  expect(told.map(({ subjects }) => subjects)).toEqual([["a"]]);
  expect(ends).toEqual(["FORBIDDEN"]);
  expect(hall.hub).toMatchObject({ readers: 0, groups: 0 });
  expect(hall.ticker.timers.size).toBe(0);
});

test("tells readers to come back when the gathered message cannot be made", async () => {
  let away = false;
  const execute = (_ctx: Context, message: object) =>
    away ? Promise.reject(new Error("The database is away.")) : Promise.resolve(JSON.stringify(message));
  const hall = openHall({ execute });
  const { told, ends } = hall.join();
  hall.change("a");
  await hall.ticker.pass(10);
  away = true;
  hall.change("b");
  await hall.ticker.pass(1_000);
  expect(told).toHaveLength(1);
  expect(ends).toEqual(["UNAVAILABLE"]);
  expect(hall.hub).toMatchObject({ readers: 0, groups: 0 });
});

test("stops waiting when the last reader leaves", async () => {
  const hall = openHall();
  const { told, leave } = hall.join();
  hall.change("a");
  await hall.ticker.pass(10);
  hall.change("b");
  await settled();
  expect(hall.ticker.timers.size).toBe(1);
  leave();
  await hall.ticker.pass(1_000);
  expect(told).toHaveLength(1);
  expect(hall.ticker.timers.size).toBe(0);
});

test("tells the first change at once, and those that follow together when it is time, each thing once", async () => {
  const hall = openHall();
  const { told } = hall.join();
  hall.change("a");
  await hall.ticker.pass(100);
  for (const subject of ["b", "c", "b"]) hall.change(subject);
  await hall.ticker.pass(149);
  expect(told).toEqual([{ at: 0, position: "00000001", kind: "UPDATED", subjects: ["a"] }]);
  await hall.ticker.pass(1);
  expect(told.slice(1)).toEqual([{ at: 250, position: "00000004", kind: "UPDATED", subjects: ["c", "b"] }]);
  await hall.ticker.pass(1_000);
  hall.change("d");
  await settled();
  expect(told.slice(2)).toEqual([{ at: 1_250, position: "00000005", kind: "UPDATED", subjects: ["d"] }]);
});

test("says RESYNC when more things changed than it gathers, also not before it is time, and goes on from there", async () => {
  const hall = openHall();
  const { told } = hall.join();
  for (const subject of ["a", "b", "c", "d", "e"]) hall.change(subject);
  await hall.ticker.pass(100);
  for (const subject of ["a", "b", "c", "d"]) hall.change(subject);
  await hall.ticker.pass(200);
  hall.change("f");
  await hall.ticker.pass(1_000);
  expect(told).toEqual([
    { at: 0, position: "00000005", kind: "RESYNC", subjects: [] },
    { at: 250, position: "00000009", kind: "RESYNC", subjects: [] },
    { at: 500, position: "00000010", kind: "UPDATED", subjects: ["f"] },
  ]);
});

test("doesn't wait after changes of which this reader may see nothing", async () => {
  const hall = openHall({ seen: ({ subjectId }) => subjectId !== "secret" });
  const { told } = hall.join();
  for (const subject of ["secret", "a"]) {
    hall.change(subject);
    await settled();
  }
  expect(told).toEqual([{ at: 0, position: "00000002", kind: "UPDATED", subjects: ["a"] }]);
});

test("tells a reader who joins while changes wait what all are told, at the same time", async () => {
  const hall = openHall();
  const first = hall.join();
  hall.change("a");
  await hall.ticker.pass(100);
  hall.change("b");
  const second = hall.join();
  await hall.ticker.pass(1_000);
  expect(first.told.map(({ subjects }) => subjects)).toEqual([["a"], ["b"]]);
  expect(second.told).toEqual(first.told.slice(1));
});

test("keeps messages apart, tells the last state of each thing and lets positions rise, whatever comes and however long a message takes", async () => {
  let seed = 23;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const hall = openHall({
    execute: (_ctx, message) =>
      new Promise((resolve) => hall.ticker.after(random(80), () => resolve(JSON.stringify(message)))),
  });
  const { told } = hall.join();
  const last = new Map<string, string>();
  for (let n = 0; n < 400; n++) {
    const subject = String(random(5));
    hall.change(subject);
    last.set(subject, hall.place());
    await hall.ticker.pass(random(60));
  }
  await hall.ticker.pass(1_000);
  expect(told.length).toBeGreaterThan(30);
  told.slice(1).forEach(({ at, position }, n) => {
    expect(at - told[n]!.at).toBeGreaterThanOrEqual(everyMs);
    expect(position > told[n]!.position).toBe(true);
  });
  for (const [subject, position] of last)
    expect(
      told.some((one) => one.position >= position && (one.kind === "RESYNC" || one.subjects.includes(subject))),
    ).toBe(true);
  expect(told.at(-1)!.position).toBe(hall.place());
});

/** Readers of the server's own log who return to a room, where things have changed meanwhile. */
async function missed(subjects: string[]) {
  const { pool, changes, log } = server().services;
  const scope = randomUUID();
  const rooms = [`gathered:${scope}`];
  const after = formatPosition((await readBounds(pool)).head);
  for (const subject of subjects)
    await pool.query(
      `INSERT INTO changes (topic, kind, subject_id, scopes) VALUES ('gathered', 'UPDATED', $1, ARRAY[$2]::uuid[])`,
      [subject, scope],
    );
  const logged = async (): Promise<Change[]> =>
    (await readStretch(pool, parsePosition(after, "after"), { rooms })).changes;
  while ((await logged()).length < subjects.length) await settled();
  const ticker = new TestTicker();
  const hub = new Hub(changes, new Replay(pool, log), log, ticker);
  const back = (rest: Partial<Asked> = {}) => {
    const noted = notes(ticker);
    return { ...noted, leave: hub.join(requestFor({ rooms, after, ...rest }), noted.reader) };
  };
  return { hub, after, back, last: (await logged()).at(-1)!.position };
}

const [one, two, three, four] = Array.from({ length: 4 }, () => randomUUID()) as [string, string, string, string];

test("ends a returning reader who may no longer listen, without a word", async () => {
  const { back } = await missed([one]);
  const { told, ends } = back({ context: () => Promise.resolve(null) });
  while (ends.length === 0) await settled();
  expect({ told, ends }).toEqual({ told: [], ends: ["FORBIDDEN"] });
});

test("tells a returning reader in one message what it missed, each thing once", async () => {
  const { back, last } = await missed([one, two, one, three]);
  const { told, leave } = back();
  while (told.length === 0) await settled();
  leave();
  expect(told).toEqual([{ at: 0, position: last, kind: "UPDATED", subjects: [two, one, three] }]);
});

test("says RESYNC to a returning reader who missed more things than are gathered", async () => {
  const { back, last } = await missed([one, two, three, four]);
  const { told, leave } = back();
  while (told.length === 0) await settled();
  leave();
  expect(told).toMatchObject([{ kind: "RESYNC", subjects: [] }]);
  expect(told[0]!.position > last).toBe(true);
});
