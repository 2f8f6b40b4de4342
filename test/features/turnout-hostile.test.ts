import { turnoutsIn } from "../support/turnouts.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock } = world;
const { report, of, ofCampaign, open, voices, faults } = turnoutsIn(world);

const reason = "One hand, many accounts.";
const reporterFields = "id quarantinedAt quarantineReason reports flagged rejected latestReportAt";
const call = (by: Person | undefined, name: string, input: object) =>
  as(by).call(name, input, `reporters { ${reporterFields} } campaign { turnout { low high reports } }`);
const quarantine = (by: Person | undefined, campaignId: string, reporterIds: string[]) =>
  call(by, "quarantineReporters", { campaignId, reporterIds, reason });
const lift = (by: Person | undefined, campaignId: string, reporterIds: string[]) =>
  call(by, "liftQuarantines", { campaignId, reporterIds, reason: "It was a mistake." });
const listed = async (by: Person | undefined, campaign: { id: string }, args = "first: 100") =>
  (
    await as(by).run(
      `query($id: ID!) { node(id: $id) { ... on Campaign { turnoutReporters(${args}) { nodes { ${reporterFields} } pageInfo { hasNextPage endCursor } } } } }`,
      { id: campaign.id },
    )
  ).data.node.turnoutReporters;
const at = (time: string): string => `2026-01-23T${time}:00Z`;

describe("quarantine", () => {
  test("refuses empty and long lists, no reason, who is no reporter of this campaign, and all but its staff", async () => {
    const [here, there] = [await open(), await open()];
    const stranger = await a.person();
    await report(stranger, here.event, { count: 10 });
    await report(stranger, there.event, { count: 10 });
    const [ours] = await voices(here.campaign, [stranger]);
    const [theirs] = await voices(there.campaign, [stranger]);
    const refusal = async (reporterIds: string[], by: Person | undefined = here.staff) => {
      const { code, fields } = await quarantine(by, here.campaign.id, reporterIds);
      return [code, ...fields.map(({ path, reason }) => `${path} ${reason}`)];
    };
    const many = "input.reporterIds must have 1 to 100 reporters";
    expect(await refusal([])).toEqual(["BAD_USER_INPUT", many]);
    expect(await refusal(Array.from({ length: 101 }, () => ours!))).toEqual(["BAD_USER_INPUT", many]);
    expect(await refusal([ours!, theirs!])).toEqual([
      "BAD_USER_INPUT",
      "input.reporterIds.1 is no reporter of this campaign",
    ]);
    expect((await refusal([stranger.id]))[1]).toContain("input.reporterIds.0 is not an id of type TurnoutReporter");
    const empty = { campaignId: here.campaign.id, reporterIds: [ours], reason: " " };
    expect((await call(here.staff, "quarantineReporters", empty)).fields[0]!.path).toBe("input.reason");
    expect(await refusal([ours!], here.manager)).toEqual(["FORBIDDEN"]);
    expect((await quarantine(undefined, here.campaign.id, [ours!])).code).toBe("UNAUTHENTICATED");
    expect((await listed(here.staff, here.campaign)).nodes).toMatchObject([{ quarantinedAt: null }]);
  });

  test("stays with its first reason when said again, and gives the reporter no sign", async () => {
    const { campaign, staff, manager, event } = await open();
    const peacekeeper = await a.reporter(event);
    await report(peacekeeper, event, { count: 100, observedAt: at("17:50") });
    const [id] = await voices(campaign, [peacekeeper]);
    await quarantine(staff, campaign.id, [id!]);
    const again = { campaignId: campaign.id, reporterIds: [id, id], reason: "Another" };
    const reply = await call(staff, "quarantineReporters", again);
    expect(reply.data.quarantineReporters).toEqual({
      reporters: [
        {
          id,
          quarantinedAt: "2026-01-23T18:00:00+00:00",
          quarantineReason: reason,
          reports: 1,
          flagged: 0,
          rejected: 0,
          latestReportAt: "2026-01-23T18:00:00+00:00",
        },
      ],
      campaign: { turnout: { low: null, high: null, reports: 0 } },
    });
    const next = await report(peacekeeper, event, { count: 120 });
    expect(next.report).toMatchObject({ status: "ACCEPTED", flags: [] });
    expect(await of(event, staff)).toMatchObject({ low: null, lowest: null, reports: 0, state: "MISSING" });
    // Also a host who reviews for the event, and might be who it is about, sees nothing of it.
    const node = `query($id: ID!) { node(id: $id) { ... on TurnoutReporter { ${reporterFields} } } }`;
    const seen = (await as(manager).run(node, { id })).data.node;
    expect(new Set(Object.values({ ...seen, id: null }))).toEqual(new Set([null]));
    expect((await lift(staff, campaign.id, [id!])).data.liftQuarantines.campaign.turnout).toEqual({
      low: 120,
      high: 120,
      reports: 2,
    });
    expect((await lift(staff, campaign.id, [id!])).data.liftQuarantines.reporters[0]).toMatchObject({
      quarantinedAt: null,
      quarantineReason: "It was a mistake.",
    });
    expect(await faults()).toEqual([]);
  });

  test("waits for a report that is under way: none slips in beside it", async () => {
    const { campaign, staff, event } = await open();
    const people = await Promise.all(Array.from({ length: 4 }, () => a.reporter(event)));
    await Promise.all(people.map((person) => report(person, event, { count: 100 })));
    const ids = await voices(campaign, people);
    const replies = await Promise.all([
      ...people.flatMap((person) => [1, 2].map((more) => report(person, event, { count: 100 + more }))),
      quarantine(staff, campaign.id, ids),
    ]);
    expect(replies.map(({ code }) => code)).toEqual(replies.map(() => "OK"));
    expect(await of(event, staff)).toMatchObject({ low: null, reports: 0 });
    expect(await faults()).toEqual([]);
  });

  test("lists who reports for the staff alone, the most flagged first, by what they are in", async () => {
    const { campaign, staff, manager, event } = await open();
    const [calm, wild] = [await a.person(), await a.person()];
    await report(calm, event, { count: 10 });
    for (const count of [2_000, 3_000]) await report(wild, event, { count, method: "PHOTO" });
    const [calmId] = await voices(campaign, [calm]);
    const [wildId] = await voices(campaign, [wild]);
    expect((await listed(staff, campaign)).nodes).toMatchObject([
      { id: wildId, reports: 2, flagged: 2, rejected: 0 },
      { id: calmId, reports: 1, flagged: 0, rejected: 0 },
    ]);
    const { endCursor } = (await listed(staff, campaign, "first: 1")).pageInfo;
    expect((await listed(staff, campaign, `first: 1, after: "${endCursor}"`)).nodes).toMatchObject([{ id: calmId }]);
    await quarantine(staff, campaign.id, [wildId!]);
    expect((await listed(staff, campaign, "quarantined: true")).nodes).toMatchObject([{ id: wildId }]);
    expect((await listed(staff, campaign, "quarantined: false")).nodes).toMatchObject([{ id: calmId }]);
    for (const person of [undefined, manager, wild]) expect((await listed(person, campaign)).nodes).toEqual([]);
  });
});

describe("60 hostile accounts against three peacekeepers", () => {
  /** What the peacekeepers see, within a few per cent of how many there are. */
  const rounds = [
    { time: "17:20", truth: 1_000, seen: [970, 1_030, 1_000] },
    { time: "17:45", truth: 1_040, seen: [1_010, 1_070, 1_040] },
    { time: "18:30", truth: 1_080, seen: [1_050, 1_110, 1_080] },
  ];
  /** Extremes, games with the time of observation, and words without a number. */
  const lies = [
    (time: string) => ({ count: 5_000_000, observedAt: at(time), method: "CLICKER" }),
    (time: string) => ({ count: 0, observedAt: at(time), method: "HEADCOUNT" }),
    (time: string) => ({ low: 0, high: 5_000_000, observedAt: at(time) }),
    () => ({ count: 1_800, observedAt: new Date(clock.now.getTime() + 4 * 60_000).toISOString() }),
    () => ({ count: 9_000, observedAt: at("06:00") }),
    () => ({ count: 4_000, observedAt: at("16:01"), method: "CLICKER" }),
    () => ({ words: "nobody at all" }),
  ];
  const peacekeepers: Person[] = [];
  const hostile: Person[] = [];
  let place: Awaited<ReturnType<typeof open>>;
  let twin: { id: string; slug: string };
  /** What the board showed after each round, of the attacked event and of its twin. */
  const shown: object[] = [];

  const lie = async (time: string): Promise<void> => {
    const queue = [...hostile.entries()];
    const worker = async (): Promise<void> => {
      for (let next = queue.pop(); next; next = queue.pop())
        expect((await report(next[1], place.event, lies[next[0] % lies.length]!(time))).code).toBe("OK");
    };
    await Promise.all(Array.from({ length: 6 }, worker));
  };
  const apart = async (truth: number): Promise<number> => {
    const { low, high } = await of(place.event);
    return Math.max(Math.abs(low - truth), Math.abs(high - truth)) / truth;
  };

  beforeAll(async () => {
    clock.now = new Date(at("16:30"));
    place = await open();
    twin = await a.event({ campaign: place.campaign, host: place.host, city: "oakland-ca" });
    for (let n = 0; n < 60; n++) hostile.push(await a.person());
    for (let n = 0; n < 3; n++) {
      peacekeepers.push(await a.reporter(place.event));
      await a.reporter(twin, peacekeepers[n]);
    }
  });

  test("leave no number where nobody trusted has reported", async () => {
    clock.now = new Date(at("17:10"));
    await lie("17:05");
    expect(await of(place.event)).toMatchObject({ low: null, high: null, state: "MISSING" });
  });

  test("move the interval nowhere more than 10 % from the truth: before, between and after the peacekeepers", async () => {
    for (const { time, truth, seen } of rounds) {
      clock.now = new Date(at(time));
      for (const [n, count] of seen.entries()) {
        for (const event of [place.event, twin])
          expect((await report(peacekeepers[n]!, event, { count, method: "CLICKER" })).report.flags).toEqual([]);
        expect(await apart(truth)).toBeLessThanOrEqual(0.1);
      }
      await lie(time);
      expect(await apart(truth)).toBeLessThanOrEqual(0.1);
      shown.push(await of(place.event));
    }
    const { peakLow, peakHigh } = await of(place.event);
    expect([peakLow, peakHigh].every((peak) => Math.abs(peak - 1_080) <= 108)).toBe(true);
  });

  test("are gone from all numbers once in quarantine, to the digit, while the past stays as it was shown", async () => {
    const { campaign, staff, event } = place;
    const before = await of(event);
    const ids = await voices(campaign, hostile);
    clock.now = new Date(at("18:40"));
    expect((await quarantine(staff, campaign.id, ids)).code).toBe("OK");
    expect(await of(event)).toEqual(await of(twin));
    await lie("18:35");
    expect(await of(event)).toEqual(await of(twin));
    const { low, high, reports } = await of(twin);
    expect(await ofCampaign(campaign)).toMatchObject({ low: 2 * low, high: 2 * high, reports: 2 * reports });
    for (const [n, { time }] of rounds.entries()) expect(await of(event, undefined, at(time))).toEqual(shown[n]);
    expect(await of(event, undefined, at("18:39"))).toEqual(before);
    expect(await faults()).toEqual([]);
  });

  test("are back when it is lifted, with what they sent meanwhile", async () => {
    const { campaign, staff, event } = place;
    expect((await lift(staff, campaign.id, await voices(campaign, hostile))).code).toBe("OK");
    expect(await of(event)).toMatchObject({ lowest: 0, highest: 5_000_000 });
    expect(await apart(1_080)).toBeLessThanOrEqual(0.1);
    expect(await faults()).toEqual([]);
  });
});
