import { turnoutsIn } from "../support/turnouts.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock } = world;
const { voices } = turnoutsIn(world);

type Made = Awaited<ReturnType<typeof a.event>>;

const fields =
  "{ low high peakLow peakHigh state lowest highest median reporting scheduled closed reports observedAt changedAt }";
const nothing = { low: null, high: null, peakLow: null, peakHigh: null, reporting: 0, reports: 0, changedAt: null };
const step = "$from: DateTime!, $to: DateTime!, $step: Int!";
const within = "from: $from, to: $to, stepMinutes: $step";

const done = async (by: Person, name: string, input: object, selection?: string): Promise<void> =>
  expect(await as(by).call(name, input, selection)).toMatchObject({ code: "OK" });
const publish = (staff: Person, campaign: Made, publishing: string) =>
  done(staff, "setTurnoutPolicy", { campaignId: campaign.id, publishing }, "__typename");

/** Everything that shows a turnout of the campaign, its cities and events, as it is or was. */
async function board(campaign: Made, events: Made[], asOf: string | null = null, person?: Person) {
  const one = events.map((_, n) => `e${n}: event(id: $e${n}) { turnout(asOf: $asOf) ${fields} }`);
  const cities = ["minneapolis-mn", "oakland-ca"].map(
    (slug, n) =>
      `c${n}: city(slug: "${slug}") { turnout(asOf: $asOf) ${fields} ours: turnout(campaign: $c, asOf: $asOf) ${fields} }`,
  );
  const { data, body } = await as(person).run(
    `query($s: String!, $c: ID!, $asOf: DateTime ${events.map((_, n) => `, $e${n}: ID!`).join("")}) {
      campaign(slug: $s) { turnout(asOf: $asOf) ${fields}
        turnoutByCity(asOf: $asOf) { totalCount nodes { city { slug } turnout ${fields} } }
        turnoutByRegion(asOf: $asOf) { region turnout ${fields} } }
      ${cities.join(" ")} ${one.join(" ")} }`,
    {
      s: campaign.slug,
      c: campaign.id,
      asOf,
      ...Object.fromEntries(events.map(({ id }, n) => [`e${n}`, id])),
    },
  );
  expect(body.errors).toBeUndefined();
  return data;
}

describe("What was shown once", () => {
  let campaign: Made;
  let events: Made[];
  /** What every board showed, by the moment. */
  const kept: [string, Awaited<ReturnType<typeof board>>][] = [];

  beforeAll(async () => {
    clock.now = new Date("2026-01-23T17:58:30Z");
    campaign = await a.campaign();
    const other = await a.event();
    const oakland = (await a.city("oakland-ca")).globalId;
    const staff = await a.staff(campaign);
    const at = async (time: string, act: () => Promise<unknown>): Promise<void> => {
      clock.now = new Date(`2026-01-23T${time}Z`);
      await act();
      kept.push([clock.now.toISOString(), await board(campaign, events)]);
    };
    const report = async (event: Made, low: number, high: number, person = staff): Promise<string> => {
      const { code, data } = await as(person).reportTurnout({ eventId: event.id, low, high });
      expect(code).toBe("OK");
      return data.reportTurnout.report.id;
    };
    const edit = async (event: Made, change: object) => {
      const { data } = await as().run(`query($id: ID!) { event(id: $id) { version } }`, { id: event.id });
      const { version } = data.event;
      await done(staff, "editEvent", { eventId: event.id, version, ...change });
    };
    let twin: Made;
    events = [];
    await at("18:00:00", async () => {});
    await at("18:00:00.001", async () => {
      events = [
        await a.event({ campaign }),
        await a.event({ campaign }),
        await a.event({ campaign, city: "oakland-ca" }),
      ];
      twin = await a.event({ campaign });
    });
    const [first, second, third] = events as [Made, Made, Made];
    await at("18:04:59.999", () => report(first, 100, 200));
    // At a point of the series, to the millisecond; and of another campaign.
    await at("18:05:00", () => report(second, 30, 40));
    await at("18:05:00.001", async () => report(other, 7, 7, await a.reporter(other)));
    let reportId = "";
    await at("18:11:00", async () => (reportId = await report(first, 150, 250)));
    await at("18:11:10", () => done(staff, "correctTurnoutReport", { reportId, low: 160, high: 240 }));
    const wild = await a.reporter(first);
    await at("18:11:15", async () => (reportId = await report(first, 800, 900, wild)));
    await at("18:11:16", () => done(wild, "retractTurnoutReport", { reportId }));
    await at("18:11:20", () => report(third, 60, 80));
    await at("18:16:00", () => edit(second, { cityId: oakland }));
    await at("18:17:00", () => report(second, 35, 45));
    await at("18:21:00", () => edit(third, { visibility: "UNLISTED" }));
    await at("18:22:00", () => report(third, 65, 85));
    await at("18:23:00", () => edit(third, { visibility: "PUBLIC" }));
    await at("18:24:00", async () => report(twin, 300, 310, await a.reporter(twin, wild)));
    await at("18:26:00", () => done(staff, "mergeEvent", { eventId: twin.id, intoEventId: first.id }));
    await at("18:28:00", async () => {
      const reporterIds = await voices(campaign, [wild]);
      await done(staff, "quarantineReporters", { campaignId: campaign.id, reporterIds, reason: "Wild" }, "__typename");
    });
    await at("18:31:00", () => done(staff, "closeTurnout", { eventId: first.id, count: 180 }));
    await at("18:32:00", () => done(staff, "cancelEvent", { eventId: second.id, reason: "The park is closed" }));
    clock.now = new Date("2026-01-23T18:38:00Z");
  });

  test("is nothing before anything was", async () => {
    const { campaign: before } = await board(campaign, [], "2026-01-23T17:59:00Z");
    expect(before).toMatchObject({
      turnout: { ...nothing, scheduled: 0, closed: 0 },
      turnoutByCity: { totalCount: 0, nodes: [] },
      turnoutByRegion: [],
    });
  });

  test("is told of each moment exactly as it was read then, of every total", async () => {
    expect(new Set(kept.map(([, shown]) => JSON.stringify(shown))).size).toBe(kept.length);
    for (const [at, shown] of kept) {
      const known = Object.keys(shown).filter((name) => name.startsWith("e")).length;
      expect([at, await board(campaign, events.slice(0, known), at)]).toEqual([at, shown]);
    }
  });

  test("stays until the next change, and is still so after the last one", async () => {
    const [, shown] = kept.at(-1)!;
    expect(await board(campaign, events, "2026-01-23T18:38:00Z")).toEqual(shown);
    const [at, before] = kept.at(-2)!;
    expect(await board(campaign, events, at.replace("00.000Z", "59.999999Z"))).toEqual(before);
  });

  test("is not asked of the future: refused, with the field", async () => {
    const asOf = "2026-01-23T18:38:00.001Z";
    for (const [query, id] of [
      [
        `query($id: ID!, $asOf: DateTime) { node(id: $id) { ... on Campaign { turnout(asOf: $asOf) { low } } } }`,
        campaign.id,
      ],
      [
        `query($id: ID!, $asOf: DateTime) { node(id: $id) { ... on Campaign { turnoutByCity(asOf: $asOf) { totalCount } } } }`,
        campaign.id,
      ],
      [`query($id: ID!, $asOf: DateTime) { event(id: $id) { turnout(asOf: $asOf) { low } } }`, events[0]!.id],
    ])
      expect(await as().run(query!, { id, asOf })).toMatchObject({
        code: "BAD_USER_INPUT",
        fields: [{ path: "asOf", reason: "must not be in the future" }],
      });
  });

  test.each([1, 15, 60])("is in each point of a series in steps of %i minutes", async (minutes) => {
    const oakland = (await a.city("oakland-ca")).globalId;
    const { data } = await as().run(
      `query($s: String!, $e: ID!, ${step}) {
        campaign(slug: $s) { turnoutSeries(${within}) { at turnout ${fields} }
          california: turnoutSeries(region: "CA", ${within}) { at turnout ${fields} } }
        event(id: $e) { turnoutSeries(${within}) { at turnout ${fields} } } }`,
      {
        s: campaign.slug,
        e: events[0]!.id,
        from: "2026-01-23T17:45:00Z",
        to: "2026-01-23T19:00:00Z",
        step: minutes,
      },
    );
    const more = await as().run(
      `query($s: String!, $c: ID!, $o: ID!, ${step}) {
        campaign(slug: $s) { turnoutSeries(city: $o, ${within}) { at turnout ${fields} } }
        city(slug: "oakland-ca") { turnoutSeries(${within}) { at turnout ${fields} }
          ours: turnoutSeries(campaign: $c, ${within}) { at turnout ${fields} } } }`,
      {
        s: campaign.slug,
        c: campaign.id,
        o: oakland,
        from: "2026-01-23T17:45:00Z",
        to: "2026-01-23T19:00:00Z",
        step: minutes,
      },
    );
    const series = [
      data.campaign.turnoutSeries,
      data.campaign.california,
      data.event.turnoutSeries,
      more.data.campaign.turnoutSeries,
      more.data.city.turnoutSeries,
      more.data.city.ours,
    ];
    const ats = series[0].map(({ at }: { at: string }) => at);
    const aligned = Array.from(
      { length: 53 / minutes + 1 },
      (_, n) => Date.UTC(2026, 0, 23, 17, 45) + n * minutes * 60_000,
    );
    if (minutes < 60) expect(ats.map((at: string) => Date.parse(at))).toEqual(aligned);
    else expect(ats).toEqual(["2026-01-23T18:00:00+00:00"]);
    for (const [n, at] of ats.entries()) {
      const then = await board(campaign, [events[0]!], at);
      const inCalifornia = then.campaign.turnoutByRegion.find(({ region }: { region: string }) => region === "CA");
      const points = series.map((points) => [points[n].at, points[n].turnout]);
      const shown = [then.campaign.turnout, inCalifornia?.turnout ?? points[1]![1], then.e0.turnout];
      const inOakland = [then.c1.ours, then.c1.turnout, then.c1.ours];
      expect(points).toEqual([...shown, ...inOakland].map((turnout) => [at, turnout]));
    }
  });
});

describe("What is not published", () => {
  const read = async (campaign: Made, event: Made, asOf: string | null, person?: Person) => {
    const shown = await board(campaign, [event], asOf, person);
    return [shown.campaign.turnout.low, shown.c0.ours.low, shown.e0.turnout.low];
  };

  test("is not told of a past moment, nor in a series, before it is; to the staff it is", async () => {
    clock.now = new Date("2026-01-23T18:00:00Z");
    const campaign = await a.campaign();
    const staff = await a.staff(campaign);
    const event = await a.event({ campaign });
    await as(staff).reportTurnout({ eventId: event.id, count: 50 });
    const then = clock.now.toISOString();
    await publish(staff, campaign, "AFTER_DAY");
    clock.now = new Date("2026-01-23T19:00:00Z");
    const chart = async (person?: Person) => {
      const { data } = await as(person).run(
        `query($s: String!, $e: ID!, ${step}) { campaign(slug: $s) { turnoutSeries(${within}) { turnout { low } } }
          event(id: $e) { turnoutSeries(${within}) { turnout { low } } } }`,
        { s: campaign.slug, e: event.id, from: then, to: then, step: 60 },
      );
      return [data.campaign, data.event].map(({ turnoutSeries }) => turnoutSeries[0].turnout.low);
    };
    expect(await read(campaign, event, then)).toEqual([null, null, null]);
    expect(await chart()).toEqual([null, null]);
    expect(await read(campaign, event, then, staff)).toEqual([50, 50, 50]);
    expect(await chart(staff)).toEqual([50, 50]);
    clock.now = new Date("2026-01-24T12:00:00Z");
    expect(await read(campaign, event, then)).toEqual([50, 50, 50]);
    expect(await chart()).toEqual([50, 50]);
  });

  test("is told after review from the moment on at which an event was closed", async () => {
    clock.now = new Date("2026-01-23T18:00:00Z");
    const campaign = await a.campaign();
    const staff = await a.staff(campaign);
    const event = await a.event({ campaign });
    await publish(staff, campaign, "AFTER_REVIEW");
    await as(staff).reportTurnout({ eventId: event.id, count: 50 });
    const open = clock.now.toISOString();
    clock.now = new Date("2026-01-23T18:10:00Z");
    await done(staff, "closeTurnout", { eventId: event.id });
    expect(await read(campaign, event, open)).toEqual([null, null, null]);
    expect(await read(campaign, event, clock.now.toISOString())).toEqual([50, 50, 50]);
  });
});
