import DataLoader from "dataloader";
import { Client } from "pg";
import { readBounds, readStretch } from "../../src/platform/changes/store.js";
import { openWorld } from "../support/world.js";

const { a, as, another, databaseUrl, server } = openWorld();

const onTurnout = `subscription($id: ID!, $after: String) {
  turnoutChanged(campaignId: $id, after: $after) { position kind event { id } turnout { low high reporting } } }`;

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
  expect(await listening.until(() => true)).toMatchObject({
    kind: "UPDATED",
    event: { id: event.id },
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
  for (let n = 1; n <= 5; n++) await as(await a.reporter(here)).reportTurnout({ eventId: here.id, count: n });
  await as(await a.reporter(there)).reportTurnout({ eventId: there.id, count: 99 });
  await listening.until((message) => message.turnout.low === 5);
  await elsewhere.until((message) => message.turnout.low === 99);
  expect(listening.messages.every((message) => message.event.id === here.id)).toBe(true);
  expect(elsewhere.messages.every((message) => message.event.id === there.id)).toBe(true);
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
  await everybody.until((message) => message.kind === "PUBLISHED");
  // What was done before may be told late, once everybody may see it; never as a draft.
  expect(new Set(everybody.messages.map((message) => message.event.review))).toEqual(new Set(["APPROVED"]));
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
  const { position: after } = await before.until((_message, all) => all.length > 5);
  await before.stop();
  await write(3);
  const writing = write(3);
  const returned = await as().listen(onTurnout, { id: campaign.id, after });
  await writing;
  const last = await lastPositions(campaign.id);
  await returned.until(() =>
    [...last].every(([event, position]) =>
      returned.messages.some((m) => m.event.id === event && m.position === position),
    ),
  );
  const positions = returned.messages.map((message) => message.position);
  expect(positions).toEqual([...new Set(positions)].sort());
  expect(positions[0]! > after).toBe(true);
  await returned.stop();
});

/** The position of the last change of each event of a campaign, from the log itself. */
async function lastPositions(campaignId: string): Promise<Map<string, string>> {
  const since = "0001" + "0".repeat(24);
  const last = new Map<string, string>();
  for (let position = since, more = true; more;) {
    const reply = await as().run(
      `query($s: String!) { changes(since: $s, first: 100) { position hasMore changes { position topic id node { ... on Event { campaign { id } } } } } }`,
      { s: position },
    );
    for (const change of reply.data.changes.changes)
      if (change.topic === "TURNOUT" && change.node.campaign.id === campaignId) last.set(change.id, change.position);
    ({ position, hasMore: more } = reply.data.changes);
  }
  return last;
}

test("says RESYNC for a position that the log no longer reaches, or of another log, and goes on from there", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const reporter = as(await a.reporter(event));
  await reporter.reportTurnout({ eventId: event.id, count: 1 });
  const { pool } = server().services;
  const old = (await as().run("{ position }")).data.position;
  await reporter.reportTurnout({ eventId: event.id, count: 2 });
  await pool.query(
    "WITH gone AS (DELETE FROM changes RETURNING xid, id) UPDATE change_log SET (floor_xid, floor_id) = (SELECT xid, id FROM gone ORDER BY xid DESC, id DESC LIMIT 1)",
  );
  for (const after of [old, `0002${old.slice(4)}`]) {
    const listening = await as().listen(onTurnout, { id: campaign.id, after });
    expect(await listening.until(() => true)).toMatchObject({ kind: "RESYNC", event: null, turnout: { low: 2 } });
    await reporter.reportTurnout({ eventId: event.id, count: 3 });
    // The report before may still be told first: the end of the log is where every older transaction has ended.
    await listening.until((message) => message.kind === "UPDATED" && message.turnout.low === 3);
    await listening.stop();
    await reporter.reportTurnout({ eventId: event.id, count: 2 });
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
  const reporter = as(await a.reporter(event));
  const listening = await as().listen(
    `subscription($id: ID!) { turnoutChanged(campaignId: $id) { event { title } turnout { low } } }`,
    { id: campaign.id },
  );
  await reporter.reportTurnout({ eventId: event.id, count: 1 });
  expect(await listening.until((message) => message.turnout.low === 1)).toMatchObject({
    event: { title: "First title" },
  });
  await server().services.pool.query("UPDATE events SET title = 'Second title' WHERE title = 'First title'");
  await reporter.reportTurnout({ eventId: event.id, count: 2 });
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
      asked.text?.includes("sum(t.low)")
        ? Promise.reject(Object.assign(new Error("cut"), { code: "57P01" }))
        : query(asked, ...more)) as never);
  await reporter.reportTurnout({ eventId: event.id, count: 31 });
  expect(await listening.ended).toMatchObject({
    errors: [{ extensions: { code: "TEMPORARILY_UNAVAILABLE", retryable: true } }],
  });
  cut.mockRestore();
  expect(listening.messages).toEqual([]);
  const returned = await as().listen(onTurnout, { id: campaign.id, after: position });
  expect(await returned.until(() => true)).toMatchObject({ turnout: { low: 31 } });
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
