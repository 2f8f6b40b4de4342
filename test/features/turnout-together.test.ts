import { shareEvents } from "../../src/features/events/index.js";
import { addReports } from "../../src/features/turnout/report.add.js";
import { voiceOf } from "../../src/features/turnout/reporter.voice.js";
import { TurnoutSource, verifyTurnouts } from "../../src/features/turnout/index.js";
import { systemContext } from "../../src/platform/context.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { transact } from "../../src/platform/database/transact.js";
import { post } from "../support/client.js";
import { openWorld } from "../support/world.js";

const { a, as, server, url } = openWorld();

const plain = `mutation($e: ID!, $n: Int!) { reportTurnout(input: { eventId: $e, count: $n, method: CLICKER }) {
  report { id key: low status flags method words observedAt } } }`;

test("answers each of many who report at once on its own, and the sums are what a recount gives", async () => {
  const campaign = await a.campaign();
  const [event, other] = [await a.event({ campaign }), await a.event({ campaign })];
  const author = await a.person();
  const draft = await a.event({ campaign, review: "DRAFT" as never, createdByPerson: author });
  const unseen = await a.event({ campaign, visibility: "PRIVATE" as never });
  const stranger = await a.person();
  const replies = await Promise.all([
    ...Array.from({ length: 4 }, async () =>
      as(await a.reporter(event)).reportTurnout({ eventId: event.id, count: 50 }),
    ),
    as(await a.reporter(other)).reportTurnout({ eventId: other.id, low: 80, high: 90 }),
    as(stranger).reportTurnout({ eventId: event.id, count: 9 }),
    as(stranger).reportTurnout({ eventId: unseen.id, count: 9 }),
    as(author).reportTurnout({ eventId: draft.id, count: 9 }),
    as(await a.reporter(other)).reportTurnout({ eventId: other.id, low: 9, high: 8 }),
  ]);
  expect(replies.map(({ code, reason }) => reason ?? code)).toEqual([
    "OK",
    "OK",
    "OK",
    "OK",
    "OK",
    "FORBIDDEN",
    "NOT_FOUND",
    "EVENT_NOT_APPROVED",
    "BAD_USER_INPUT",
  ]);
  const { data } = await as().run(`query($s: String!) { campaign(slug: $s) { turnout { low high reports } } }`, {
    s: campaign.slug,
  });
  expect(data.campaign.turnout).toEqual({ low: 130, high: 140, reports: 5 });
  expect((await verifyTurnouts(server().services)).faults).toEqual([]);
});

test("holds each report against those that came with it", async () => {
  const { id } = await a.event();
  const eventId = fromGlobalId("Event", id, "id");
  const at = (time: string): Date => new Date(`2026-01-23T${time}:00Z`);
  const counts: [number, Date][] = [
    [1_000, at("17:30")],
    [9_000, at("17:40")],
    [1_100, at("17:50")],
  ];
  const { services } = server();
  await transact(systemContext(services), "reportTurnout", async (tx) => {
    const event = (await shareEvents(tx, [eventId])).get(eventId)!;
    const voice = { reporterId: await voiceOf(tx, event, null), quarantined: false, source: TurnoutSource.PRESS };
    const rest = { ...voice, event, correctsId: null, actorId: null };
    return addReports(
      tx,
      counts.map(([count, observedAt]) => ({ ...rest, input: { count, observedAt } })),
    );
  });
  const rows = await services.db.query(
    "SELECT low, flags FROM turnout_reports WHERE event_id = $1 ORDER BY observed_at",
    [eventId],
  );
  expect(rows).toEqual([
    { low: 1_000, flags: [] },
    { low: 9_000, flags: ["JUMP"] },
    { low: 1_100, flags: [] },
  ]);
  expect((await verifyTurnouts(services)).faults).toEqual([]);
});

test("answers a new report as it is read afterwards", async () => {
  const event = await a.event();
  const { token } = await a.reporter(event);
  const { report } = (await post(url(), plain, { e: event.id, n: 60 }, token)).data.reportTurnout;
  const read = `query($id: ID!) { node(id: $id) { ... on TurnoutReport {
    id key: low status flags method words observedAt } } }`;
  expect((await post(url(), read, { id: report.id }, token)).data.node).toEqual(report);
});
