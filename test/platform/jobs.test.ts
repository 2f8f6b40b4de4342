import { randomUUID } from "node:crypto";
import { transact, type Transaction } from "../../src/platform/database/transact.js";
import { enqueue, every, queue } from "../../src/platform/jobs/queue.js";
import { jobsDone, runTask, systemContext } from "../support/jobs.js";
import { openWorld } from "../support/world.js";

const runs: string[] = [];
const failing = new Set<string>();
let hindrance: () => Promise<unknown> = () => Promise.resolve();

const notes = queue<{ id: string }>(
  "test-notes",
  async (_services, { id }) => {
    runs.push(id);
    await hindrance();
    if (failing.delete(id)) throw new Error("not this time");
  },
  { concurrency: 5 },
);

// The queues stay for the files that this worker runs later.
let over = false;
afterAll(() => void (over = true));

const ticks = { running: 0, most: 0, ended: 0, next: () => {} };
every("test-ticks", 1, async ({ pool }) => {
  if (over) return;
  ticks.most = Math.max(ticks.most, ++ticks.running);
  await pool.query("SELECT pg_sleep(0.2)");
  ticks.running--;
  ticks.ended++;
  ticks.next();
});

const { server, another } = openWorld();
const write = <Result>(recipe: (tx: Transaction) => Promise<Result>): Promise<Result> =>
  transact(systemContext(server().services), "test", recipe);
const done = (): Promise<void> => jobsDone(server().services);
const timesOf = (id: string): number => runs.filter((run) => run === id).length;

beforeEach(() => {
  hindrance = () => Promise.resolve();
});

test("never runs a job of a transaction that was rolled back", async () => {
  const [lost, kept] = [randomUUID(), randomUUID()];
  const refused = write(async (tx) => {
    await enqueue(tx, notes, [{ id: lost }]);
    throw new Error("refused");
  });
  await expect(refused).rejects.toThrow("refused");
  await write((tx) => enqueue(tx, notes, [{ id: kept }]));
  await done();
  expect([timesOf(lost), timesOf(kept)]).toEqual([0, 1]);
});

test("refuses two queues of one name", () => {
  expect(() => queue("test-notes", () => Promise.resolve())).toThrow("Two queues are called test-notes.");
});

test("begins a job as soon as its transaction has committed", async () => {
  const began = Date.now();
  for (let count = 0; count < 10; count++) {
    const begun = new Promise<void>((resolve) => (hindrance = async () => resolve()));
    await write((tx) => enqueue(tx, notes, [{ id: randomUUID() }]));
    await begun;
  }
  // At a poll each two seconds ten jobs, one after the other, would take ten seconds and more.
  expect(Date.now() - began).toBeLessThan(6_000);
});

test("does not begin a job before its time", async () => {
  const [later, now] = [randomUUID(), randomUUID()];
  await write(async (tx) => {
    await enqueue(tx, notes, [{ id: later }], { afterSeconds: 3_600 });
    await enqueue(tx, notes, [{ id: now }]);
  });
  await done();
  expect([timesOf(later), timesOf(now)]).toEqual([0, 1]);
});

test("runs a job once though two servers work", async () => {
  await another();
  const ids = Array.from({ length: 60 }, () => randomUUID());
  await write((tx) =>
    enqueue(
      tx,
      notes,
      ids.map((id) => ({ id })),
    ),
  );
  await done();
  expect(ids.map(timesOf)).toEqual(ids.map(() => 1));
});

test("tries a job that fails again, and no other", async () => {
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  failing.add(ids[1]!);
  await write((tx) =>
    enqueue(
      tx,
      notes,
      ids.map((id) => ({ id })),
    ),
  );
  await done();
  expect(ids.map(timesOf)).toEqual([1, 2, 1]);
});

test("runs jobs again within a minute when all connections were cut while they ran", async () => {
  const began = Date.now();
  const { pool } = server().services;
  const ids = Array.from({ length: 20 }, () => randomUUID());
  let cut = false;
  hindrance = async () => {
    if (cut) return;
    cut = true;
    await pool
      .query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()`)
      .catch(() => undefined);
  };
  await write((tx) =>
    enqueue(
      tx,
      notes,
      ids.map((id) => ({ id })),
    ),
  );
  // The connection that looks for the end may be one of those that are cut.
  while (
    await done().then(
      () => false,
      () => true,
    )
  );
  expect(ids.map((id) => timesOf(id) > 0)).toEqual(ids.map(() => true));
  expect(Date.now() - began).toBeLessThan(60_000);
});

test("runs a periodic task on one node at a time, however many there are", async () => {
  const before = ticks.ended;
  await new Promise<void>((resolve) => {
    ticks.next = () => ticks.ended >= before + 4 && resolve();
  });
  expect(ticks.most).toBe(1);
  // One for each second, though two servers asked each second; when they run is up to how busy the machine is.
  const { rows } = await server().services.pool.query(
    "SELECT count(*)::int AS asked, count(DISTINCT singleton_on)::int AS seconds FROM pgboss.job WHERE name = 'test-ticks'",
  );
  expect(rows[0].asked).toBe(rows[0].seconds);
});

test("runs a periodic task when told to", async () => {
  const before = ticks.ended;
  await runTask(server().services, "test-ticks");
  expect(ticks.ended).toBeGreaterThan(before);
});
