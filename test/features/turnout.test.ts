import { Occurrence } from "../../src/features/events/index.js";
import { openWorld } from "../support/world.js";

const { a, as } = openWorld();

const fields = "{ low high peakLow peakHigh reporting scheduled reports }";

async function turnoutOf(campaign: { slug: string; id: string }) {
  const reply = await as().run(`query($slug: String!) { campaign(slug: $slug) { turnout ${fields} } }`, {
    slug: campaign.slug,
  });
  return reply.data.campaign.turnout;
}

test.each([
  ["a negative count", { count: -1 }, "input.count", "must be at least 0"],
  ["10^12 people", { count: 1e12 }, "count", "must be from -2,147,483,648 to 2,147,483,647"],
  ["six million people", { count: 6_000_000 }, "input.count", "must be at most 5,000,000"],
  ["half a person", { count: 1.5 }, "count", "must be a whole number"],
  ["low above high", { low: 3, high: 2 }, "input.low", "must not be above high"],
  ["low without high", { low: 3 }, "input.high", "is missing: give count, or low and high"],
  ["high without low", { high: 3 }, "input.low", "is missing: give count, or low and high"],
  ["nothing counted", {}, "input.count", "is missing: give count, or low and high"],
  ["a count and an interval", { count: 3, low: 2, high: 4 }, "input.count", "stands alone: give it, or low and high"],
  [
    "an observation in the future",
    { count: 3, observedAt: "2026-01-23T18:06:00Z" },
    "input.observedAt",
    "must not be in the future",
  ],
])("refuses %s, naming the field and the reason", async (_what, input, path, reason) => {
  const event = await a.event();
  const reply = await as(await a.reporter(event)).reportTurnout({ eventId: event.id, ...input });
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields[0]!.path).toContain(path);
  expect(reply.fields[0]!.reason).toContain(reason);
});

test("refuses counts of a draft, and from before the day of the event", async () => {
  const person = await a.person();
  const draft = await a.event({ review: "DRAFT" as never, createdByPerson: person });
  expect(await as(person).reportTurnout({ eventId: draft.id, count: 5 })).toMatchObject({
    code: "CONFLICT",
    reason: "EVENT_NOT_APPROVED",
  });
  // Of whom it is hidden, it is not there.
  expect((await as(await a.person()).reportTurnout({ eventId: draft.id, count: 5 })).code).toBe("NOT_FOUND");
  const tomorrow = await a.event({ startsOn: "2026-01-24", startsAt: null, endsAt: null });
  expect(await as(await a.reporter(tomorrow)).reportTurnout({ eventId: tomorrow.id, count: 5 })).toMatchObject({
    code: "CONFLICT",
    reason: "EVENT_NOT_BEGUN",
  });
});

test.each([
  ["of a cancelled event", { occurrence: Occurrence.CANCELLED }, {}, ["EVENT_CANCELLED"]],
  ["of a postponed event", { occurrence: Occurrence.POSTPONED }, {}, ["EVENT_CANCELLED"]],
  ["seen two hours before it begins", {}, { observedAt: "2026-01-23T14:59:00Z" }, ["BEFORE_START"]],
  [
    "of a cancelled event, seen before it would have begun",
    { occurrence: Occurrence.CANCELLED },
    { observedAt: "2026-01-23T14:59:00Z" },
    ["BEFORE_START", "EVENT_CANCELLED"],
  ],
])("keeps a count %s, says why it waits, and counts it nowhere", async (_what, event, input, flags) => {
  const campaign = await a.campaign();
  const startsAt = new Date("2026-01-23T17:00:00Z");
  const odd = await a.event({ campaign, startsAt, ...event });
  const select = "report { status flags }";
  const reporter = as(await a.reporter(odd));
  const { data } = await reporter.call("reportTurnout", { eventId: odd.id, count: 5, ...input }, select);
  expect(data.reportTurnout.report).toEqual({ status: "FLAGGED", flags });
  expect(await turnoutOf(campaign)).toMatchObject({ low: null, high: null, reports: 0 });
});

test("takes counts from reporters, coordinators, hosts and staff, notes which, and refuses everybody else", async () => {
  const campaign = await a.campaign();
  const host = await a.organization();
  const event = await a.event({ campaign, host });
  const count = async (person?: Parameters<typeof as>[0]) => as(person).reportTurnout({ eventId: event.id, count: 7 });
  expect((await count()).code).toBe("UNAUTHENTICATED");
  for (const person of [await a.person(), await a.member(host)]) expect((await count(person)).code).toBe("FORBIDDEN");
  const sources = [];
  for (const person of [
    await a.reporter(event),
    await a.coordinator(event),
    await a.admin(host),
    await a.staff(campaign),
  ])
    sources.push((await count(person)).data.reportTurnout.report.source);
  expect(sources).toEqual(["PEACEKEEPER", "PEACEKEEPER", "HOST", "STAFF"]);
});

test("says null, never 0, while nothing is known", async () => {
  const campaign = await a.campaign();
  await a.event({ campaign });
  expect(await turnoutOf(campaign)).toEqual({
    low: null,
    high: null,
    peakLow: null,
    peakHigh: null,
    reporting: 0,
    scheduled: 1,
    reports: 0,
  });
});

test("keeps the latest observation as current and the largest as peak, whatever order they arrive in", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const reporter = as(await a.reporter(event));
  const report = (observedAt: string, low: number, high: number) =>
    reporter.reportTurnout({ eventId: event.id, observedAt, low, high });
  await report("2026-01-23T17:30:00Z", 100, 200);
  await report("2026-01-23T17:50:00Z", 50, 80);
  await report("2026-01-23T17:40:00Z", 300, 400);
  expect(await turnoutOf(campaign)).toEqual({
    low: 50,
    high: 80,
    peakLow: 300,
    peakHigh: 400,
    reporting: 1,
    scheduled: 1,
    reports: 3,
  });
});

test("sums lows with lows and highs with highs over public events only, by campaign and by city", async () => {
  const campaign = await a.campaign();
  const reportAt = async (event: { id: string }, low: number, high: number) =>
    expect((await as(await a.staff(campaign)).reportTurnout({ eventId: event.id, low, high })).code).toBe("OK");
  const [one, two] = [await a.event({ campaign }), await a.event({ campaign, city: "oakland-ca" })];
  await a.event({ campaign });
  await reportAt(one, 100, 150);
  await reportAt(two, 20, 30);
  await reportAt(await a.event({ campaign, visibility: "UNLISTED" as never }), 9_000, 9_000);
  expect(await turnoutOf(campaign)).toMatchObject({ low: 120, high: 180, reporting: 2, scheduled: 3 });
  const inCity = async (slug: string) =>
    (
      await as().run(`query($s: String!, $c: ID!) { city(slug: $s) { turnout(campaign: $c) ${fields} } }`, {
        s: slug,
        c: campaign.id,
      })
    ).data.city.turnout;
  expect(await inCity("minneapolis-mn")).toMatchObject({ low: 100, high: 150, reporting: 1, scheduled: 2 });
  expect(await inCity("oakland-ca")).toMatchObject({ low: 20, high: 30, reporting: 1, scheduled: 1 });
  expect(await inCity("fort-bragg-ca")).toMatchObject({ low: null, high: null, reporting: 0, scheduled: 0 });
});

test("takes 300 counts a minute of one person and event, and counts of others meanwhile", async () => {
  const [event, other] = [await a.event(), await a.event()];
  const reporter = await a.reporter(event);
  await a.reporter(other, reporter);
  // Those of which nothing becomes count too: a phone that loops sends the same.
  const sent = await Promise.all(
    Array.from({ length: 301 }, () => as(reporter).reportTurnout({ eventId: event.id, count: 5, low: 4, high: 6 })),
  );
  expect(sent.filter(({ code }) => code === "BAD_USER_INPUT")).toHaveLength(300);
  expect(sent.find(({ code }) => code !== "BAD_USER_INPUT")).toMatchObject({
    code: "RATE_LIMITED",
    reason: "TOO_MANY_REQUESTS",
    message: expect.stringMatching(/^Too many requests; try again in \d+ seconds\.$/),
  });
  expect((await as(reporter).reportTurnout({ eventId: other.id, count: 5 })).code).toBe("OK");
  expect((await as(await a.reporter(event)).reportTurnout({ eventId: event.id, count: 5 })).code).toBe("OK");
});

test("counts a report once, sent ten times at once with one key", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const reporter = as(await a.reporter(event));
  const report = (count: number) =>
    reporter.reportTurnout({ eventId: event.id, count, words: "about 500", idempotencyKey: "key-of-a-phone" });
  const replies = await Promise.all(Array.from({ length: 10 }, () => report(500)));
  expect(new Set(replies.map((reply) => reply.data.reportTurnout.report.id)).size).toBe(1);
  expect(await report(501)).toMatchObject({ code: "CONFLICT", reason: "IDEMPOTENCY_KEY_REUSED" });
  expect(await turnoutOf(campaign)).toMatchObject({ low: 500, high: 500, reports: 1 });
});
