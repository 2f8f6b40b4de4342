import DataLoader from "dataloader";
import { Client } from "pg";
import { readBounds, readStretch } from "../../src/platform/changes/store.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, another, clock, databaseUrl, server } = openWorld();

const onTurnout = `subscription($id: ID!, $after: String) {
  turnoutChanged(campaignId: $id, after: $after) { position kind event { id } events { id } turnout { low high reporting } } }`;

/** Counts of one reporter, each a second after the one before: of two of one moment neither would be the later one. */
const countsOf = (event: { id: string }, reporter: Person) => async (count: number) => {
  clock.now = new Date(clock.now.getTime() + 1_000);
  expect((await as(reporter).reportTurnout({ eventId: event.id, count })).code).toBe("OK");
};

const connect = async (): Promise<Client> => {
  const client = new Client({ connectionString: databaseUrl() });
  await client.connect();
  return client;
};

const insertChange = `INSERT INTO changes (topic, kind, subject_id, scopes) VALUES ($1, 'UPDATED', gen_random_uuid(), '{}') RETURNING id`;

/** Two transactions; the one that takes the lower number commits last. */
async function commitOutOfOrder([first, second]: string[], between: () => Promise<void>): Promise<void> {
  const [slow, fast] = [await connect(), await connect()];
  await slow.query("BEGIN");
  await slow.query(insertChange, [first]);
  await fast.query(insertChange, [second]);
  await between();
  await slow.query("COMMIT");
  await Promise.all([slow.end(), fast.end()]);
}

test("misses the row of a slower transaction with a cursor over a sequence, as the control", async () => {
  const { pool } = server().services;
  let cursor = Number((await pool.query("SELECT COALESCE(max(id), 0) AS id FROM changes")).rows[0].id);
  const seen: string[] = [];
  const poll = async (): Promise<void> => {
    for (const row of (await pool.query("SELECT id, topic FROM changes WHERE id > $1 ORDER BY id", [cursor])).rows) {
      seen.push(row.topic);
      cursor = Number(row.id);
    }
  };
  await commitOutOfOrder(["lost", "told"], poll);
  await poll();
  expect(seen).toEqual(["told"]);
});

test("tells the rows of all transactions, in one order for everybody, however they commit", async () => {
  const { pool } = server().services;
  let cursor = (await readBounds(pool)).head;
  const seen: string[] = [];
  const poll = async (): Promise<void> => {
    const { changes, end } = await readStretch(pool, cursor, { topics: ["slow", "fast"] });
    seen.push(...changes.map((change) => change.topic));
    cursor = end;
  };
  await commitOutOfOrder(["slow", "fast"], poll);
  expect(seen).toEqual([]);
  while (seen.length < 2) await poll();
  expect(seen).toEqual(["slow", "fast"]);
});

test("refuses a position that is none", async () => {
  expect(await as().run(`{ changes(since: "yesterday") { position } }`)).toMatchObject({
    code: "BAD_USER_INPUT",
    reason: "POSITION_INVALID",
  });
  const listening = await as().listen(onTurnout, { id: (await a.campaign()).id, after: "yesterday" });
  expect((await listening.ended).errors[0].extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    reason: "POSITION_INVALID",
  });
});

test("tells a subscriber on another server of the same database what was written here", async () => {
  const elsewhere = await another();
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const listening = await as(undefined, () => elsewhere.url).listen(onTurnout, { id: campaign.id });
  await as(await a.reporter(event)).reportTurnout({ eventId: event.id, count: 12 });
  expect(await listening.until((message) => message.turnout.low === 12)).toMatchObject({
    kind: "UPDATED",
    event: { id: event.id },
    events: [{ id: event.id }],
    turnout: { low: 12, high: 12, reporting: 1 },
  });
  await listening.stop();
});

test("tells nobody of another campaign", async () => {
  const [mine, other] = [await a.campaign(), await a.campaign()];
  const [here, there] = [await a.event({ campaign: mine }), await a.event({ campaign: other })];
  const [listening, elsewhere] = [
    await as().listen(onTurnout, { id: mine.id }),
    await as().listen(onTurnout, { id: other.id }),
  ];
  const count = countsOf(here, await a.reporter(here));
  for (let n = 1; n <= 5; n++) await count(n);
  await as(await a.reporter(there)).reportTurnout({ eventId: there.id, count: 99 });
  await listening.until((message) => message.turnout.low === 5);
  await elsewhere.until((message) => message.turnout.low === 99);
  const toldBy = ({ messages }: typeof listening) =>
    messages.flatMap(({ event, events }) => [event, ...events]).map(({ id }) => id);
  expect(new Set(toldBy(listening))).toEqual(new Set([here.id]));
  expect(new Set(toldBy(elsewhere))).toEqual(new Set([there.id]));
  await Promise.all([listening.stop(), elsewhere.stop()]);
});

test("tells nobody of a draft but those concerned, and everybody once it is published", async () => {
  const campaign = await a.campaign();
  const [host, staff] = [await a.person(), await a.staff(campaign)];
  const onEvent = `subscription($id: ID!) { eventChanged(campaignId: $id) { position kind event { review } } }`;
  const [everybody, concerned] = [
    await as().listen(onEvent, { id: campaign.id }),
    await as(staff).listen(onEvent, { id: campaign.id }),
  ];
  const input = {
    campaignId: campaign.id,
    cityId: (await a.city()).globalId,
    type: "RALLY",
    title: "Not yet public",
    startsOn: "2026-01-23",
  };
  const { id } = (await as(host).draftEvent(input)).data.draftEvent.event;
  await concerned.until((message) => message.kind === "CREATED");
  await as(host).submitEvent(id);
  await concerned.until((message) => message.kind === "UPDATED");
  await as(staff).approveEvent(id);
  await everybody.until((message) => message.kind === "CREATED");
  expect(everybody.messages).toMatchObject([{ kind: "CREATED", event: { review: "APPROVED" } }]);
  await concerned.until((message) => message.kind === "PUBLISHED");
  await Promise.all([everybody.stop(), concerned.stop()]);
});

test("gives a returning subscriber all that it missed, once, while 30 writers go on", async () => {
  const campaign = await a.campaign();
  const events = await Promise.all(Array.from({ length: 30 }, () => a.event({ campaign })));
  const staff = as(await a.staff(campaign));
  const write = async (rounds: number): Promise<void> => {
    await Promise.all(
      events.map(async (event) => {
        for (let n = 0; n < rounds; n++)
          expect((await staff.reportTurnout({ eventId: event.id, count: n })).code).toBe("OK");
      }),
    );
  };
  const before = await as().listen(onTurnout, { id: campaign.id });
  await write(2);
  const { position: after } = await before.until((_message, all) => all.length > 1);
  await before.stop();
  await write(3);
  const writing = write(3);
  const returned = await as().listen(onTurnout, { id: campaign.id, after });
  await writing;
  const missed = (await turnoutChanges(campaign.id)).filter(({ position }) => position > after);
  await returned.until(({ position }) => position >= missed.at(-1)!.position);
  for (const { id, position } of missed) {
    const message = returned.messages.find((told) => told.position >= position);
    expect(message.events).toContainEqual({ id });
  }
  const positions = returned.messages.map((message) => message.position);
  expect(positions).toEqual([...new Set(positions)].sort());
  expect(positions[0]! > after).toBe(true);
  await returned.stop();
});

/** Each change of turnout in a campaign, in the order of the log, from the log itself. */
async function turnoutChanges(campaignId: string): Promise<{ id: string; position: string }[]> {
  const found: { id: string; position: string }[] = [];
  for (let position = "0001" + "0".repeat(24), more = true; more;) {
    const reply = await as().run(
      `query($s: String!) { changes(since: $s, first: 100) { position hasMore changes { position topic id node { ... on Event { campaign { id } } } } } }`,
      { s: position },
    );
    for (const { topic, id, position: at, node } of reply.data.changes.changes)
      if (topic === "TURNOUT" && node.campaign.id === campaignId) found.push({ id, position: at });
    ({ position, hasMore: more } = reply.data.changes);
  }
  return found;
}

test("says RESYNC for a position that the log no longer reaches, or of another log, and goes on from there", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const count = countsOf(event, await a.reporter(event));
  await count(1);
  const { pool } = server().services;
  const old = (await as().run("{ position }")).data.position;
  await count(2);
  await pool.query(
    "WITH gone AS (DELETE FROM changes RETURNING xid, id) UPDATE change_log SET (floor_xid, floor_id) = (SELECT xid, id FROM gone ORDER BY xid DESC, id DESC LIMIT 1)",
  );
  for (const after of [old, `0002${old.slice(4)}`]) {
    const listening = await as().listen(onTurnout, { id: campaign.id, after });
    expect(await listening.until(() => true)).toMatchObject({ kind: "RESYNC", event: null, turnout: { low: 2 } });
    await count(3);
    // The report before may still be told first: the end of the log is where every older transaction has ended.
    await listening.until((message) => message.kind === "UPDATED" && message.turnout.low === 3);
    await listening.stop();
    await count(2);
    expect(
      (await as().run(`query($s: String!) { changes(since: $s) { resync changes { id } } }`, { s: after })).data
        .changes,
    ).toEqual({ resync: true, changes: [] });
  }
});

test("gives rows of the past with a loader that lives as long as its subscription, as the control", async () => {
  const { pool } = server().services;
  await a.event({ title: "Before" });
  const titles = new DataLoader<string, string>(async (found) => {
    const { rows } = await pool.query("SELECT title FROM events WHERE title = ANY ($1)", [found]);
    return found.map((title) => rows.find((row) => row.title === title)?.title ?? "gone");
  });
  expect(await titles.load("Before")).toBe("Before");
  await pool.query("UPDATE events SET title = 'After' WHERE title = 'Before'");
  expect(await titles.load("Before")).toBe("Before");
});

test("reads the present for each message, with rights and rows of that moment", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign, title: "First title" });
  const count = countsOf(event, await a.reporter(event));
  const listening = await as().listen(
    `subscription($id: ID!) { turnoutChanged(campaignId: $id) { event { title } turnout { low } } }`,
    { id: campaign.id },
  );
  await count(1);
  expect(await listening.until((message) => message.turnout.low === 1)).toMatchObject({
    event: { title: "First title" },
  });
  await server().services.pool.query("UPDATE events SET title = 'Second title' WHERE title = 'First title'");
  await count(2);
  expect(await listening.until((message) => message.turnout.low === 2)).toMatchObject({
    event: { title: "Second title" },
  });
  await listening.stop();
});

test("sends a reader off to come back when the database is away in the middle of its message, and then it misses nothing", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const reporter = as(await a.reporter(event));
  const { position } = (await as().run("{ position }")).data;
  const listening = await as().listen(onTurnout, { id: campaign.id });
  const { pool } = server().services;
  const query = pool.query.bind(pool) as (...asked: unknown[]) => unknown;
  const cut = jest
    .spyOn(pool, "query")
    .mockImplementation(((asked: { text?: string }, ...more: unknown[]) =>
      asked.text?.includes("turnout_totals")
        ? Promise.reject(Object.assign(new Error("cut"), { code: "57P01" }))
        : query(asked, ...more)) as never);
  await reporter.reportTurnout({ eventId: event.id, count: 31 });
  expect(await listening.ended).toMatchObject({
    errors: [{ extensions: { code: "TEMPORARILY_UNAVAILABLE", retryable: true } }],
  });
  cut.mockRestore();
  expect(listening.messages.filter(({ turnout }) => turnout?.low !== null)).toEqual([]);
  const returned = await as().listen(onTurnout, { id: campaign.id, after: position });
  await returned.until(({ turnout }) => turnout.low === 31);
  await Promise.all([listening.stop(), returned.stop()]);
});

test("begins a new log when the rows are of another cluster's future, as after a restore", async () => {
  const { pool } = server().services;
  const old = (await as().run("{ position }")).data.position;
  await pool.query(
    "INSERT INTO changes (xid, topic, kind, subject_id, scopes) VALUES ('999999999', 'event', 'UPDATED', gen_random_uuid(), '{}')",
  );
  const restarted = await another();
  const reply = await as(undefined, () => restarted.url).run(
    `query($s: String!) { position changes(since: $s) { resync } }`,
    { s: old },
  );
  expect(reply.data.changes).toEqual({ resync: true });
  expect(reply.data.position > old).toBe(true);
});
