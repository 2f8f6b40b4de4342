import { turnoutsIn } from "../support/turnouts.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as } = world;
const { report, of, ofCampaign, open, voices, faults } = turnoutsIn(world);

const act = async (by: Person | undefined, name: string, input: object) => {
  const reply = await as(by).call(name, input, "event { turnout { low high peakLow peakHigh state } }");
  return { ...reply, turnout: reply.data?.[name]?.event.turnout };
};
const close = (by: Person | undefined, event: { id: string }, input: object = {}) =>
  act(by, "closeTurnout", { eventId: event.id, ...input });
const certify = (by: Person | undefined, event: { id: string }) => act(by, "certifyTurnout", { eventId: event.id });
const reopen = (by: Person | undefined, event: { id: string }, reason = "A slip of the pen") =>
  act(by, "reopenTurnout", { eventId: event.id, reason });
const stepsOf = async (event: { id: string }, by?: Person) =>
  (
    await as(by).run(
      "query($id: ID!) { event(id: $id) { turnoutSteps { act at reason report { id low status reviewReason corrects { id } } } } }",
      { id: event.id },
    )
  ).data.event.turnoutSteps;
const actsOf = async (event: { id: string }, by: Person): Promise<string[]> =>
  (await stepsOf(event, by)).map(({ act: what }: { act: string }) => what);

test("refuses what has not begun, is not approved, or has no number, and all but those who may edit the event", async () => {
  const { campaign, host, staff, manager, event } = await open();
  const later = await a.event({ campaign, host, startsAt: new Date("2026-01-23T18:01:00Z") });
  const waiting = await a.event({ campaign, host, review: "IN_REVIEW" as never });
  const reporter = await a.reporter(event);
  for (const [name, by] of [
    ["closeTurnout", manager],
    ["certifyTurnout", staff],
  ] as const) {
    const reasonAt = async (at: { id: string }) => (await act(by, name, { eventId: at.id })).reason;
    expect(await reasonAt(later)).toBe("EVENT_NOT_BEGUN");
    expect(await reasonAt(waiting)).toBe("EVENT_NOT_APPROVED");
    expect(await reasonAt(event)).toBe("TURNOUT_MISSING");
  }
  await report(await a.person(), event, { count: 500 });
  expect((await close(manager, event)).reason).toBe("TURNOUT_MISSING");
  expect((await close(manager, event, { words: "many" })).reason).toBe("TURNOUT_MISSING");
  expect((await close(manager, event, { low: 5, high: 4 })).fields[0]).toMatchObject({ path: "input.low" });
  expect((await close(manager, event, { count: -1 })).fields[0]).toMatchObject({ path: "input.count" });
  await report(reporter, event, { count: 500 });
  for (const name of ["closeTurnout", "certifyTurnout"])
    expect((await act(reporter, name, { eventId: event.id })).code).toBe("FORBIDDEN");
  expect((await reopen(reporter, event)).code).toBe("FORBIDDEN");
  expect((await certify(manager, event)).code).toBe("FORBIDDEN");
  expect((await close(undefined, event)).code).toBe("UNAUTHENTICATED");
  expect((await reopen(manager, event, "")).fields[0]).toMatchObject({ path: "input.reason" });
  expect(await of(event)).toMatchObject({ state: "PARTIAL" });
  expect(await stepsOf(event, manager)).toEqual([]);
});

test("without a number lets the peak stand, whatever is reported or corrected afterwards, until it is reopened", async () => {
  const { campaign, manager, event } = await open();
  const [one, two] = [await a.reporter(event), await a.reporter(event)];
  await report(one, event, { count: 900, observedAt: "2026-01-23T17:10:00Z" });
  await report(two, event, { low: 300, high: 400, observedAt: "2026-01-23T17:50:00Z" });
  expect((await close(manager, event)).turnout).toEqual({
    low: 900,
    high: 900,
    peakLow: 900,
    peakHigh: 900,
    state: "FINAL",
  });
  const sums = await ofCampaign(campaign);
  expect(sums).toMatchObject({ low: 900, high: 900, closed: 1, reporting: 1 });
  for (const person of [one, two]) await report(person, event, { count: 1_400 });
  expect(await of(event)).toMatchObject({ low: 900, peakHigh: 900, state: "FINAL", highest: 1_400, reports: 4 });
  expect(await ofCampaign(campaign)).toEqual({ ...sums, reports: 4 });
  expect((await reopen(manager, event)).turnout).toMatchObject({ low: 1_400, high: 1_400, state: "PARTIAL" });
  expect(await ofCampaign(campaign)).toMatchObject({ low: 1_400, closed: 0 });
  expect((await reopen(manager, event)).code).toBe("OK");
  expect(await actsOf(event, manager)).toEqual(["REOPENED", "CLOSED"]);
  // What came late is in the peak of a number that is closed anew.
  expect((await close(manager, event)).turnout).toMatchObject({ low: 1_400, state: "FINAL" });
  expect(await faults()).toEqual([]);
});

test("keeps what is stated as a report, which settles a conflict, is corrected by the next and rejected by a reopening", async () => {
  const { manager, staff, event } = await open();
  await report(await a.reporter(event), event, { count: 100 });
  await report(await a.reporter(event), event, { count: 700 });
  expect(await of(event)).toMatchObject({ state: "CONFLICT" });
  const stated = await close(manager, event, { low: 300, high: 350, words: "about three hundred" });
  expect(stated.turnout).toEqual({ low: 300, high: 350, peakLow: 300, peakHigh: 350, state: "FINAL" });
  expect((await close(manager, event, { count: 320 })).turnout).toMatchObject({ low: 320, state: "FINAL" });
  const [second, first] = await stepsOf(event, manager);
  expect(first.report).toMatchObject({ low: 300, status: "SUPERSEDED" });
  expect(second.report).toMatchObject({ low: 320, status: "ACCEPTED", corrects: { id: first.report.id } });
  expect(await of(event)).toMatchObject({ reports: 3, lowest: 100, highest: 700 });
  expect((await reopen(staff, event)).turnout).toMatchObject({ state: "CONFLICT" });
  expect((await stepsOf(event, staff)).slice(0, 2)).toMatchObject([
    { act: "REOPENED", reason: "A slip of the pen", report: null },
    { act: "CLOSED", report: { status: "REJECTED", reviewReason: "A slip of the pen" } },
  ]);
  expect(await stepsOf(event, await a.person())).toEqual([]);
  expect(await faults()).toEqual([]);
});

test("is certified by the staff, from FINAL or at once, and then theirs alone to change", async () => {
  const { campaign, host, manager, staff, event } = await open();
  const other = await a.event({ campaign, host });
  for (const at of [event, other]) await report(await a.reporter(at), at, { count: 50 });
  await close(manager, event, { count: 60 });
  for (let again = 0; again < 2; again++)
    expect((await certify(staff, event)).turnout).toMatchObject({ low: 60, state: "CERTIFIED" });
  expect(await actsOf(event, staff)).toEqual(["CERTIFIED", "CLOSED"]);
  expect((await certify(staff, other)).turnout).toMatchObject({ low: 50, state: "CERTIFIED" });
  expect(await ofCampaign(campaign)).toMatchObject({ low: 110, closed: 2 });
  expect((await close(manager, event, { count: 70 })).reason).toBe("TURNOUT_CERTIFIED");
  expect((await reopen(manager, event)).reason).toBe("TURNOUT_CERTIFIED");
  expect((await close(staff, event, { count: 70 })).turnout).toMatchObject({ low: 70, state: "FINAL" });
  expect((await reopen(manager, event)).turnout).toMatchObject({ low: 50, state: "PARTIAL" });
});

test("loses what somebody in quarantine stated: the peak stands; where nothing is left, it is open until that is lifted", async () => {
  const { campaign, staff, manager, event } = await open();
  const reporter = await a.reporter(event);
  const mark = (name: string, reporterIds: string[]) =>
    as(staff).call(name, { campaignId: campaign.id, reporterIds, reason: "Why" }, "__typename");
  await report(reporter, event, { count: 80 });
  await close(manager, event, { count: 5_000 });
  await report(await a.reporter(event), event, { count: 90 });
  const [host] = await voices(campaign, [manager]);
  const [first] = await voices(campaign, [reporter]);
  await mark("quarantineReporters", [host!]);
  expect(await of(event)).toMatchObject({ low: 80, state: "FINAL", highest: 90 });
  await mark("quarantineReporters", [first!]);
  expect(await of(event)).toMatchObject({ low: 90, state: "PARTIAL", closed: 0 });
  expect(await faults()).toEqual([]);
  await mark("liftQuarantines", [host!, first!]);
  expect(await of(event)).toMatchObject({ low: 5_000, state: "FINAL", closed: 1 });
  expect(await faults()).toEqual([]);
});

test("tells those who follow the event, and keeps its number through a merge with what came of another", async () => {
  const { campaign, host, manager, event } = await open();
  const duplicate = await a.event({ campaign, host });
  await report(await a.reporter(event), event, { count: 40 });
  await report(await a.reporter(duplicate), duplicate, { count: 4_000 });
  const listening = await as().listen(
    "subscription($id: ID) { turnoutChanged(eventId: $id) { turnout { low state closed } } }",
    { id: event.id },
  );
  await close(manager, event);
  await listening.until(({ turnout }) => turnout.state === "FINAL" && turnout.low === 40 && turnout.closed === 1);
  await as(manager).call("mergeEvent", { eventId: duplicate.id, intoEventId: event.id });
  expect(await of(event)).toMatchObject({ low: 40, state: "FINAL", highest: 4_000, reports: 2 });
  await reopen(manager, event);
  await listening.until(({ turnout }) => turnout.state === "CONFLICT");
  await listening.stop();
  expect(await faults()).toEqual([]);
});
