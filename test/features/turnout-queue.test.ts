import { fromGlobalId } from "../../src/platform/database/ids.js";
import { countingIn } from "../support/counting.js";
import { turnoutsIn } from "../support/turnouts.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const { call, done, report, counting } = countingIn(world);
const { voices } = turnoutsIn(world);

const reason = "The square holds fewer";
const idsOf = (connection: { nodes: { id: string }[] }): string[] => connection.nodes.map(({ id }) => id);

test("queues what is flagged for staff and coordinators, the longest waiting first, and nobody in quarantine", async () => {
  const { campaign, event, reporter, coordinator, staff } = await counting();
  const elsewhere = await a.event({ campaign });
  const photo = { count: 2_000, method: "PHOTO" };
  const [hostile, other] = [await a.reporter(event), await a.reporter(elsewhere)];
  const first = await report(reporter, event, photo);
  const second = await report(other, elsewhere, photo);
  const third = await report(hostile, event, photo);
  const counted = await report(reporter, event, { count: 40 });
  const waiting = async (person?: Person) => {
    const ask = `{ campaign(slug: "${campaign.slug}") { turnoutQueue { nodes { id } totalCount } } event(id: "${event.id}") { turnoutQueue { nodes { id } } } }`;
    const { data } = await as(person).run(ask);
    expect(data.campaign.turnoutQueue.totalCount).toBe(data.campaign.turnoutQueue.nodes.length);
    return [idsOf(data.campaign.turnoutQueue), idsOf(data.event.turnoutQueue)];
  };
  for (const person of [undefined, reporter, await a.staff(await a.campaign())])
    expect(await waiting(person)).toEqual([[], []]);
  expect(await waiting(staff)).toEqual([
    [first.id, second.id, third.id],
    [first.id, third.id],
  ]);
  expect(await waiting(coordinator)).toEqual([[], [first.id, third.id]]);
  await quarantine(hostile);
  expect(await waiting(staff)).toEqual([[first.id, second.id], [first.id]]);
  const listed = async (person: Person | undefined, args = "") =>
    idsOf(
      (await as(person).run(`{ event(id: "${event.id}") { turnoutReports${args} { nodes { id } } } }`)).data.event
        .turnoutReports,
    );
  expect(await listed(coordinator)).toEqual([counted.id, third.id, first.id]);
  expect(await listed(coordinator, "(status: FLAGGED, first: 1)")).toEqual([third.id]);
  for (const person of [undefined, other]) expect(await listed(person)).toEqual([]);
});

const quarantine = (person: Person): Promise<unknown> =>
  server().services.db.query("UPDATE turnout_reporters SET quarantined_at = now() WHERE person_id = $1", [person.id]);

test("shows people what they sent and what became of it, in all campaigns, though the event is hidden by now", async () => {
  const [one, two] = [await counting(), await counting()];
  const { reporter } = one;
  await a.reporter(two.event, reporter);
  const kept = await report(reporter, one.event, { count: 2_000, method: "PHOTO" });
  const later = await report(reporter, two.event, { count: 20 });
  await done(one.coordinator, "rejectTurnoutReport", { reportId: kept.id, reason });
  await server().services.db.query("DELETE FROM event_roles WHERE person_id = $1", [reporter.id]);
  await server().services.db.query("UPDATE events SET visibility = 'PRIVATE' WHERE id = ANY ($1)", [
    [one.event, two.event].map(({ id }) => fromGlobalId("Event", id, "id")),
  ]);
  const ask = `{ viewer { turnoutReports { nodes { id status reviewReason event { id } } } } node(id: "${kept.id}") { id } }`;
  const { data } = await as(reporter).run(ask);
  expect(data.viewer.turnoutReports.nodes).toEqual([
    { id: later.id, status: "ACCEPTED", reviewReason: null, event: null },
    { id: kept.id, status: "REJECTED", reviewReason: reason, event: null },
  ]);
  expect(data.node).toEqual({ id: kept.id });
  expect((await as(await a.person()).run(ask)).data).toEqual({ viewer: { turnoutReports: { nodes: [] } }, node: null });
  expect((await call(reporter, "correctTurnoutReport", { reportId: later.id, count: 5 })).code).toBe("FORBIDDEN");
  expect((await done(reporter, "retractTurnoutReport", { reportId: later.id })).status).toBe("RETRACTED");
});

const onReports = (argument: string): string => `subscription($id: ID!, $after: String) {
  reportReceived(${argument}: $id, after: $after) { position kind report { id status reviewReason event { id } } } }`;

test("tells reviewers of each report as it comes in and as it is decided, also what they missed, and nobody else", async () => {
  const { campaign, event, reporter, coordinator, staff } = await counting();
  const stranger = await a.staff(await a.campaign());
  const refused = await as(stranger).listen(onReports("campaignId"), { id: campaign.id });
  expect((await refused.ended).errors[0].extensions.code).toBe("FORBIDDEN");
  const nobody = await as().listen(onReports("eventId"), { id: event.id });
  expect((await nobody.ended).errors[0].extensions.code).toBe("UNAUTHENTICATED");
  const [board, desk, deaf] = [
    await as(staff).listen(onReports("campaignId"), { id: campaign.id }),
    await as(coordinator).listen(onReports("eventId"), { id: event.id }),
    await as(reporter).listen(onReports("eventId"), { id: event.id }),
  ];
  const hostile = await a.reporter(event);
  await report(hostile, event, { count: 3 });
  const { id } = await report(reporter, event, { count: 2_000, method: "PHOTO" });
  for (const { until } of [board, desk])
    expect(await until((message) => message.report.id === id)).toMatchObject({
      kind: "CREATED",
      report: { id, status: "FLAGGED", event: { id: event.id } },
    });
  await quarantine(hostile);
  await report(hostile, event, { count: 4 });
  await done(coordinator, "acceptTurnoutReport", { reportId: id, reason });
  for (const { until } of [board, desk])
    expect((await until((message) => message.kind === "UPDATED")).report).toMatchObject({
      status: "ACCEPTED",
      reviewReason: reason,
    });
  expect(board.messages).toHaveLength(3);
  const { position: after } = board.messages[0]!;
  const returned = await as(staff).listen(onReports("campaignId"), { id: campaign.id, after });
  expect((await returned.until((message) => message.report.id === id)).report.status).toBe("ACCEPTED");
  expect(deaf.messages).toEqual([]);
  await Promise.all([board, desk, deaf, returned, refused, nobody].map(({ stop }) => stop()));
});

test("tells of reports that come at once with few statements, each in a message of its own, in their order", async () => {
  const { campaign, event, reporter, staff } = await counting();
  const board = await as(staff).listen(onReports("campaignId"), { id: campaign.id });
  const { pool } = server().services;
  // While an older transaction is open nothing is told that was written since.
  const older = await pool.connect();
  await older.query("BEGIN; SELECT pg_current_xact_id()");
  const made: string[] = [];
  for (let n = 0; n < 30; n++) made.push((await report(reporter, event, { count: 40 + n })).id);
  expect(board.messages).toEqual([]);
  const statements = jest.spyOn(pool, "query");
  await older.query("COMMIT");
  older.release();
  await board.until((_, all) => all.length === made.length);
  const read = statements.mock.calls.filter(([one]) => JSON.stringify(one).includes("turnout_reports"));
  statements.mockRestore();
  expect(board.messages.map((one) => one.report.id)).toEqual(made);
  const positions = board.messages.map((one) => one.position as string);
  expect(positions).toEqual([...new Set(positions)].sort());
  expect(read.length).toBeLessThanOrEqual(4);
  await board.stop();
});

test("takes what waits of somebody in quarantine out of open queues, and back when that is lifted; they have no sign of it", async () => {
  const { campaign, event, reporter, coordinator, staff } = await counting();
  const hostile = await a.coordinator(event);
  const photo = { count: 2_000, method: "PHOTO" };
  const theirs = await report(hostile, event, photo);
  const [desk, board, own] = [
    await as(coordinator).listen(onReports("eventId"), { id: event.id }),
    await as(staff).listen(onReports("campaignId"), { id: campaign.id }),
    await as(hostile).listen(onReports("eventId"), { id: event.id }),
  ];
  const decide = async (name: string): Promise<unknown> => {
    const input = { campaignId: campaign.id, reporterIds: await voices(campaign, [hostile]), reason };
    return expect((await as(staff).call(name, input, "__typename")).code).toBe("OK");
  };
  await report(hostile, event, { count: 40 });
  await decide("quarantineReporters");
  for (const { until } of [desk, board])
    expect((await until(({ kind }) => kind === "REMOVED")).report.id).toBe(theirs.id);
  const meanwhile = await report(hostile, event, photo);
  const next = await report(reporter, event, { count: 41 });
  for (const { until } of [desk, board]) await until((message) => message.report.id === next.id);
  await decide("liftQuarantines");
  const last = await report(reporter, event, { count: 41 });
  for (const { until } of [desk, board, own]) await until((message) => message.report.id === last.id);
  const told = ({ messages }: typeof desk): string[] => messages.map((one) => `${one.kind} ${one.report.id}`);
  // What was reported at first may still be told to those who listen since.
  const from = (all: string[], first: string): string[] => all.slice(all.indexOf(first));
  for (const listening of [desk, board])
    expect(from(told(listening), `REMOVED ${theirs.id}`)).toEqual([
      `REMOVED ${theirs.id}`,
      `CREATED ${next.id}`,
      `CREATED ${theirs.id}`,
      `CREATED ${meanwhile.id}`,
      `CREATED ${last.id}`,
    ]);
  expect(from(told(own), `CREATED ${meanwhile.id}`)).toEqual([
    `CREATED ${meanwhile.id}`,
    `CREATED ${next.id}`,
    `CREATED ${last.id}`,
  ]);
  expect(told(own).filter((one) => one.startsWith("REMOVED"))).toEqual([]);
  await Promise.all([desk, board, own].map(({ stop }) => stop()));
});
