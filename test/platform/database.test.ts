import { Client } from "pg";
import { createDataSource } from "../../src/app/data-source.js";
import { newContext } from "../../src/platform/context.js";
import { migrate } from "../../src/platform/database/migrate.js";
import { openScratch } from "../../src/platform/database/scratch.js";
import { transact, type Transaction } from "../../src/platform/database/transact.js";
import { databaseFacts } from "../../src/platform/log.js";
import { passing } from "../support/statements.js";
import { openWorld } from "../support/world.js";

const { a, as, clock, databaseUrl, server } = openWorld();

/** Four servers that find the same empty database. */
async function fourReplicas(bringUp: (url: string) => Promise<unknown>): Promise<string[]> {
  const scratch = await openScratch(process.env["TEST_SERVER"]);
  const url = await scratch.create();
  const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => bringUp(url)));
  await scratch.drop(url);
  return outcomes.map((outcome) => outcome.status);
}

const connected = async (
  url: string,
  work: (dataSource: ReturnType<typeof createDataSource>) => Promise<unknown>,
): Promise<void> => {
  const dataSource = createDataSource(url, 2, () => undefined);
  await dataSource.initialize();
  try {
    await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
};

test("crashes replicas that migrate an empty database together with TypeORM alone, as the control", async () => {
  jest.spyOn(console, "log").mockImplementation(() => undefined);
  expect(await fourReplicas((url) => connected(url, (dataSource) => dataSource.runMigrations()))).toContain("rejected");
});

test("lets four replicas start together on an empty database", async () => {
  const outcomes = await fourReplicas((url) =>
    connected(url, (dataSource) => migrate(url, dataSource, () => Promise.resolve())),
  );
  expect(outcomes).toEqual(Array(4).fill("fulfilled"));
});

/** Two recipes that take two rows in opposite order, and wait for each other to have the first. */
async function crossing(run: (recipe: (tx: Pick<Transaction, "db">) => Promise<string>) => Promise<string>) {
  const { db } = server().services;
  await db.query("CREATE TABLE IF NOT EXISTS crossing (id int PRIMARY KEY, n int)");
  await db.query("INSERT INTO crossing VALUES (1, 0), (2, 0) ON CONFLICT (id) DO UPDATE SET n = 0");
  let arrive!: () => void;
  const both = new Promise<void>((resolve) => (arrive = resolve));
  let arrived = 0;
  const recipe = (first: number, second: number) => async (tx: Pick<Transaction, "db">) => {
    await tx.db.query("UPDATE crossing SET n = n + 1 WHERE id = $1", [first]);
    if (++arrived >= 2) arrive();
    await both;
    await tx.db.query("UPDATE crossing SET n = n + 1 WHERE id = $1", [second]);
    return "done";
  };
  const outcomes = await Promise.allSettled([run(recipe(1, 2)), run(recipe(2, 1))]);
  return { outcomes, rows: await db.query("SELECT n FROM crossing ORDER BY id") };
}

test("gives up one of two that deadlock when retrying by the condition's name, as the control", async () => {
  const { db } = server().services;
  const byName = (error: unknown): boolean =>
    ["deadlock_detected", "serialization_failure"].includes(databaseFacts(error).code ?? "");
  const { outcomes } = await crossing((recipe) =>
    db
      .transaction((manager) => recipe({ db: manager }))
      .catch((error: unknown) => {
        if (byName(error)) return db.transaction((manager) => recipe({ db: manager }));
        throw error;
      }),
  );
  const rejected = outcomes.find((outcome) => outcome.status === "rejected");
  expect(databaseFacts(rejected?.reason).code).toBe("40P01");
});

test("runs both of two recipes that deadlock, each once", async () => {
  const ctx = newContext(server().services, { viewer: null, requestId: "test", address: "" });
  const { outcomes, rows } = await crossing((recipe) => transact(ctx, "test", recipe));
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "fulfilled"]);
  expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
});

test("acknowledges and keeps nothing whose changes can't be written, though the COMMIT is on its way already", async () => {
  const event = await a.event();
  const reporter = await a.reporter(event);
  const report = () => as(reporter).reportTurnout({ eventId: event.id, count: 50 });
  const { db } = server().services;
  const stored = async (): Promise<unknown> =>
    (
      await db.query(
        "SELECT count(*)::int AS reports, (SELECT sum(reports)::int FROM turnouts) AS counted FROM turnout_reports",
      )
    )[0];
  await db.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the log is full'; END $$;
    CREATE TRIGGER full_log BEFORE INSERT ON changes EXECUTE FUNCTION refuse()`);
  expect((await report()).code).toBe("INTERNAL_SERVER_ERROR");
  expect(await stored()).toEqual({ reports: 0, counted: 0 });
  await db.query("DROP TRIGGER full_log ON changes");
  expect((await report()).code).toBe("OK");
  expect(await stored()).toEqual({ reports: 1, counted: 1 });
});

test("keeps nothing of a transaction that could not begin, though what is asked first was sent with its beginning", async () => {
  const { pool } = server().services;
  const count = async (): Promise<number> =>
    (await pool.query("SELECT count(*)::int AS n FROM organizations")).rows[0].n;
  const person = await a.person();
  const register = (name: string) =>
    as(person).call("registerOrganization", { name, kind: "UNION" }, "organization { id }");
  const before = await count();
  const spy = passing((text, run) => run(text === "START TRANSACTION" ? "START NOTHING" : undefined));
  expect((await register("Never begun")).code).not.toBe("OK");
  spy.mockRestore();
  expect(await count()).toBe(before);
  expect([(await register("Begun")).code, await count()]).toEqual(["OK", before + 1]);
});

/** Whether commits queue behind each other's NOTIFY: it holds a lock on "database 0" until the commit is done. */
async function commitsWaited(writes: Promise<unknown>): Promise<number> {
  let done = false;
  let waiting = 0;
  const end = writes.finally(() => (done = true));
  while (!done) {
    const { rows } = await server().services.pool.query(
      "SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND locktype = 'object' AND classid = 'pg_database'::regclass AND objid = 0",
    );
    waiting += rows[0].waiting;
  }
  await end;
  return waiting;
}

const thirty = (write: () => Promise<unknown>, times: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: 30 }, async () => {
      for (let n = 0; n < times; n++) await write();
    }),
  );

test("queues commits behind each other with NOTIFY inside the transaction, as the control", async () => {
  const { db } = server().services;
  // Many words, so that each holds the lock for long enough to be seen.
  const words = "SELECT pg_notify('control', n || repeat(' ', 7000)) FROM generate_series(1, 300) n";
  const write = () => db.query(`BEGIN; ${words}; COMMIT`);
  let waited = 0;
  for (let tries = 0; waited === 0 && tries < 20; tries++) waited = await commitsWaited(thirty(write, 3));
  expect(waited).toBeGreaterThan(0);
});

test("lets commits go side by side: the wake-up is sent outside of the write", async () => {
  const event = await a.event();
  const shifts = await Promise.all(Array.from({ length: 30 }, () => a.shift({ event })));
  const people = await Promise.all(shifts.map(() => a.peacekeeper()));
  const claims = shifts.map(async (shift, n) => {
    for (let times = 0; times < 5; times++) {
      await as(people[n]).claimShift(shift);
      await as(people[n]).releaseShift(shift);
    }
  });
  expect(await commitsWaited(Promise.all(claims))).toBe(0);
});

test("says that it is briefly unavailable when its connections are cut, comes back by itself, and its subscribers miss nothing", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const reporter = as(await a.reporter(event));
  const watch = `subscription($id: ID!, $after: String) { turnoutChanged(campaignId: $id, after: $after) { position turnout { low } } }`;
  const { position } = (await as().run("{ position }")).data;
  let listening = await as().listen(watch, { id: campaign.id, after: position });
  const scratch = new Client({ connectionString: process.env["TEST_SERVER"] });
  await scratch.connect();
  const cut = () =>
    scratch.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
      new URL(databaseUrl()).pathname.slice(1),
    ]);
  const codes: string[] = [];
  for (let n = 1; n <= 5; n++) {
    const [reply] = await Promise.all([
      reporter.reportTurnout({ eventId: event.id, count: n, idempotencyKey: `cut-number-${n}` }),
      cut(),
    ]);
    codes.push(reply.code);
  }
  clock.now = new Date(clock.now.getTime() + 1_000);
  for (const code of codes) expect(["OK", "TEMPORARILY_UNAVAILABLE"]).toContain(code);
  while (
    (await reporter.reportTurnout({ eventId: event.id, count: 99, idempotencyKey: "after-the-cut" })).code !== "OK"
  );
  // Its socket may be closed with the advice to come back, again if a cut comes late; a reader that does so misses nothing.
  const told = (): Promise<boolean> =>
    Promise.race([
      listening.until((message) => message.turnout?.low === 99).then(() => true),
      listening.ended.then(() => false),
    ]);
  for (let after = position; !(await told());) {
    after = listening.messages.at(-1)?.position ?? after;
    listening = await as().listen(watch, { id: campaign.id, after });
  }
  await Promise.all([listening.stop(), scratch.end()]);
});
