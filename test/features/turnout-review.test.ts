import { verifyTurnouts } from "../../src/features/turnout/index.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { countingIn, whole } from "../support/counting.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const { call, done, report, counting } = countingIn(world);

type Made = Awaited<ReturnType<typeof a.event>>;

async function totals({ slug }: Made): Promise<[low: number | null, high: number | null, reports: number]> {
  const { data } = await as().run(`query($s: String!) { campaign(slug: $s) { turnout { low high reports } } }`, {
    s: slug,
  });
  const { low, high, reports } = data.campaign.turnout;
  return [low, high, reports];
}

const raw = (id: string): string => fromGlobalId("TurnoutReport", id, "id");
const reason = "The square holds fewer";

test("lets nobody but its reporter correct or retract a report, and of whom it is hidden it is not there", async () => {
  const { event, reporter, coordinator, staff } = await counting();
  const { id: reportId } = await report(reporter, event, { count: 100 });
  for (const [name, input] of [
    ["correctTurnoutReport", { reportId, count: 5 }],
    ["retractTurnoutReport", { reportId }],
  ] as const) {
    expect((await call(undefined, name, input)).code).toBe("UNAUTHENTICATED");
    expect((await call(await a.person(), name, input)).code).toBe("NOT_FOUND");
    for (const person of [coordinator, staff, await a.reporter(event)])
      expect((await call(person, name, input)).code).toBe("FORBIDDEN");
    expect((await call(reporter, name, { ...input, reportId: event.id })).reason).toBe("ID_INVALID");
  }
  const negative = await call(reporter, "correctTurnoutReport", { reportId, count: -1 });
  expect(negative.fields).toEqual([{ path: "input.count", reason: "must be at least 0" }]);
  const nothing = await call(reporter, "correctTurnoutReport", { reportId });
  expect(nothing.fields[0]!.reason).toBe("is missing: give count, or low and high");
  expect((await call(reporter, "retractTurnoutReport", { reportId, reason: "x".repeat(501) })).code).toBe(
    "BAD_USER_INPUT",
  );
});

test("lets nobody review who does not coordinate the event, nobody their own report, and nobody without a reason", async () => {
  const { event, reporter, coordinator, staff } = await counting();
  const { id: reportId } = await report(reporter, event, { count: 2_000, method: "PHOTO" });
  const own = await report(coordinator, event, { count: 2_000, method: "PHOTO" });
  for (const name of ["acceptTurnoutReport", "rejectTurnoutReport", "doubtTurnoutReport"]) {
    expect((await call(undefined, name, { reportId, reason })).code).toBe("UNAUTHENTICATED");
    expect((await call(await a.person(), name, { reportId, reason })).code).toBe("NOT_FOUND");
    expect((await call(await a.reporter(event), name, { reportId, reason })).code).toBe("FORBIDDEN");
    for (const person of [reporter, coordinator]) {
      const mine = { reportId: person === reporter ? reportId : own.id, reason };
      expect(await call(person, name, mine)).toMatchObject({ code: "FORBIDDEN", reason: "OWN_REPORT" });
    }
    for (const bad of ["", "   ", "x".repeat(501)])
      expect((await call(staff, name, { reportId, reason: bad })).fields[0]!.path).toBe("input.reason");
  }
  expect((await done(staff, "acceptTurnoutReport", { reportId: own.id, reason })).status).toBe("ACCEPTED");
});

test("refuses each act on a report that does not stand for it, and says how it stands", async () => {
  const { event, reporter, coordinator } = await counting();
  const states: [string, string][] = [
    ["SUPERSEDED", "REPORT_SUPERSEDED"],
    ["RETRACTED", "REPORT_RETRACTED"],
    ["REJECTED", "REPORT_REJECTED"],
  ];
  const become = {
    SUPERSEDED: (reportId: string) =>
      done(reporter, "correctTurnoutReport", { reportId, count: 2_001, method: "PHOTO" }),
    RETRACTED: (reportId: string) => done(reporter, "retractTurnoutReport", { reportId }),
    REJECTED: (reportId: string) => done(coordinator, "rejectTurnoutReport", { reportId, reason }),
  } as Record<string, (id: string) => Promise<unknown>>;
  for (const [status, why] of states) {
    const { id: reportId } = await report(reporter, event, { count: 2_000, method: "PHOTO" });
    expect((await call(coordinator, "doubtTurnoutReport", { reportId, reason })).reason).toBe("REPORT_NOT_ACCEPTED");
    await become[status]!(reportId);
    for (const [name, input] of [
      ["correctTurnoutReport", { count: 5 }],
      ["retractTurnoutReport", {}],
    ] as const)
      expect(await call(reporter, name, { reportId, ...input })).toMatchObject({ code: "CONFLICT", reason: why });
    for (const name of ["acceptTurnoutReport", "rejectTurnoutReport"])
      expect((await call(coordinator, name, { reportId, reason })).reason).toBe("REPORT_NOT_FLAGGED");
    expect((await call(coordinator, "doubtTurnoutReport", { reportId, reason })).reason).toBe("REPORT_NOT_ACCEPTED");
  }
});

test("puts a correction in the place of its report, of the same moment unless told, and compares it with all but that", async () => {
  const { campaign, event, reporter } = await counting();
  const slip = await report(reporter, event, { count: 10_000, observedAt: "2026-01-23T17:30:00Z" });
  expect(await totals(campaign)).toEqual([10_000, 10_000, 1]);
  const input = { reportId: slip.id, low: 900, high: 1_100, words: "a thousand", observedAt: "2026-01-23T17:31:00Z" };
  const [first, again] = [
    await done(reporter, "correctTurnoutReport", { ...input, idempotencyKey: "one-correction" }),
    await done(reporter, "correctTurnoutReport", { ...input, idempotencyKey: "one-correction" }),
  ];
  expect(first).toMatchObject({ status: "ACCEPTED", flags: [], corrects: { id: slip.id, status: "SUPERSEDED" } });
  expect(again.id).toBe(first.id);
  expect(await totals(campaign)).toEqual([900, 1_100, 1]);
  const second = await done(reporter, "correctTurnoutReport", { reportId: first.id, count: 950 });
  expect(second.observedAt).toBe(first.observedAt);
  expect(await totals(campaign)).toEqual([950, 950, 1]);
  // Between the two there was no moment without a number.
  const states = await server().services.db.query(
    "SELECT s.low FROM turnout_states s JOIN turnout_reports r USING (event_id) WHERE r.id = $1 ORDER BY s.version",
    [raw(slip.id)],
  );
  expect(states.map(({ low }: { low: number | null }) => low)).toEqual([null, 10_000, 900, 950]);
});

test("takes the old report out of the totals even while its correction waits, and both once that is rejected", async () => {
  const { campaign, event, reporter, coordinator } = await counting();
  const old = await report(reporter, event, { count: 500 });
  const odd = await done(reporter, "correctTurnoutReport", { reportId: old.id, count: 5_000, method: "PHOTO" });
  expect(odd).toMatchObject({ status: "FLAGGED", flags: ["PHOTO_ABOVE_1000"] });
  expect(await totals(campaign)).toEqual([null, null, 0]);
  await done(coordinator, "rejectTurnoutReport", { reportId: odd.id, reason });
  expect(await totals(campaign)).toEqual([null, null, 0]);
});

test("moves the totals to the digit with each act: accepted, doubted, rejected, retracted", async () => {
  const { campaign, event, reporter, coordinator, staff } = await counting();
  const other = await a.reporter(event);
  await report(reporter, event, { low: 100, high: 120 });
  const photo = await report(other, event, { low: 1_400, high: 1_500, method: "PHOTO" });
  expect(photo.flags).toEqual(["JUMP", "PHOTO_ABOVE_1000"]);
  expect(await totals(campaign)).toEqual([100, 120, 1]);
  const accepted = await done(coordinator, "acceptTurnoutReport", {
    reportId: photo.id,
    reason: " Seen  from the roof ",
  });
  expect(accepted).toMatchObject({ status: "ACCEPTED", reviewReason: "Seen  from the roof", flags: photo.flags });
  expect((await totals(campaign))[2]).toBe(2);
  const doubted = await done(staff, "doubtTurnoutReport", { reportId: photo.id, reason });
  expect(doubted).toMatchObject({ status: "FLAGGED", reviewReason: reason, flags: [...photo.flags, "DOUBTED"] });
  expect(await totals(campaign)).toEqual([100, 120, 1]);
  await done(staff, "acceptTurnoutReport", { reportId: photo.id, reason });
  expect((await done(staff, "doubtTurnoutReport", { reportId: photo.id, reason })).flags).toEqual(doubted.flags);
  expect((await done(coordinator, "rejectTurnoutReport", { reportId: photo.id, reason })).status).toBe("REJECTED");
  expect(await totals(campaign)).toEqual([100, 120, 1]);
  const last = await report(reporter, event, { count: 130 });
  expect(await totals(campaign)).toEqual([130, 130, 2]);
  const taken = await done(reporter, "retractTurnoutReport", { reportId: last.id, reason: "Counted twice" });
  expect(taken).toMatchObject({ status: "RETRACTED", retractReason: "Counted twice" });
  expect(await totals(campaign)).toEqual([100, 120, 1]);
});

test("lets one of two corrections at once win, one of two reviewers, and a retraction against a correction", async () => {
  const { campaign, event, reporter, coordinator, staff } = await counting();
  const race = async (calls: [Person, string, object][]) => {
    const replies = await Promise.all(calls.map(([person, name, input]) => as(person).call(name, input, whole)));
    return replies.map(({ code, reason: why }) => why ?? code).sort();
  };
  const { id: reportId } = await report(reporter, event, { count: 100 });
  const correct = (count: number): [Person, string, object] => [reporter, "correctTurnoutReport", { reportId, count }];
  expect(await race([correct(101), correct(102), correct(103)])).toEqual([
    "OK",
    "REPORT_SUPERSEDED",
    "REPORT_SUPERSEDED",
  ]);
  expect((await totals(campaign))[2]).toBe(1);
  const odd = { reportId: (await report(reporter, event, { count: 2_000, method: "PHOTO" })).id };
  expect(
    await race([
      [coordinator, "acceptTurnoutReport", { ...odd, reason }],
      [staff, "rejectTurnoutReport", { ...odd, reason }],
    ]),
  ).toEqual(["OK", "REPORT_NOT_FLAGGED"]);
  const next = { reportId: (await report(reporter, event, { count: 110 })).id };
  const [won, lost] = await race([
    [reporter, "correctTurnoutReport", { ...next, count: 111 }],
    [reporter, "retractTurnoutReport", next],
  ]);
  expect(won).toBe("OK");
  expect(["REPORT_SUPERSEDED", "REPORT_RETRACTED"]).toContain(lost);
  expect((await verifyTurnouts(server().services)).faults).toEqual([]);
});

test("lets the correction of the report that closes an event state its number, and its retraction leave the rest", async () => {
  const { campaign, event, reporter, staff } = await counting();
  const counted = await report(reporter, event, { count: 700 });
  const closes = (count: object) => as(staff).call("closeTurnout", { eventId: event.id, ...count }, "event { id }");
  expect((await closes({ low: 800, high: 900 })).code).toBe("OK");
  const sent = `{ viewer { turnoutReports { nodes { id } } } }`;
  const closing = (await as(staff).run(sent)).data.viewer.turnoutReports.nodes[0];
  const corrected = await done(staff, "correctTurnoutReport", { reportId: closing.id, low: 810, high: 880 });
  expect(await totals(campaign)).toEqual([810, 880, 2]);
  await done(staff, "retractTurnoutReport", { reportId: corrected.id });
  expect(await totals(campaign)).toEqual([700, 700, 1]);
  // What comes after the closing, a correction too, waits for a reopening.
  const late = await done(reporter, "correctTurnoutReport", { reportId: counted.id, count: 710 });
  expect(await totals(campaign)).toEqual([700, 700, 1]);
  expect((await closes({})).code).toBe("OK");
  expect(await totals(campaign)).toEqual([710, 710, 1]);
  const { data } = await as().run(`{ event(id: "${event.id}") { turnout { state } } }`);
  expect(data.event.turnout.state).toBe("FINAL");
  await done(reporter, "retractTurnoutReport", { reportId: late.id });
  expect(await totals(campaign)).toEqual([null, null, 0]);
  expect((await verifyTurnouts(server().services)).faults).toEqual([]);
});

test("lets nobody but the campaign's staff move a certified number by what becomes of a report", async () => {
  const { campaign, event, reporter, coordinator, staff } = await counting();
  const { id: reportId } = await report(reporter, event, { count: 700 });
  const weightless = await report(reporter, event, { words: "very many" });
  await as(staff).call("certifyTurnout", { eventId: event.id }, "event { id }");
  const refused = { code: "CONFLICT", reason: "TURNOUT_CERTIFIED" };
  expect(await call(reporter, "retractTurnoutReport", { reportId })).toMatchObject(refused);
  expect(await call(coordinator, "doubtTurnoutReport", { reportId, reason })).toMatchObject(refused);
  await done(reporter, "retractTurnoutReport", { reportId: weightless.id });
  expect(await totals(campaign)).toEqual([700, 700, 1]);
  await done(staff, "doubtTurnoutReport", { reportId, reason });
  expect(await totals(campaign)).toEqual([null, null, 0]);
});
