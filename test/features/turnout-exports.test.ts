import { parse } from "csv-parse/sync";
import { CampaignStatus } from "../../src/features/campaigns/index.js";
import { columns } from "../../src/features/turnout/export.columns.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { turnoutsIn } from "../support/turnouts.js";
import { awayAt } from "../support/statements.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld({ TRUST_PROXY: "true" });
const { a, as, clock, server } = world;
const { report, of, ofCampaign, open } = turnoutsIn(world);
beforeEach(() => (clock.now = new Date("2026-01-23T18:00:00Z")));

interface Refused {
  code: string;
  fields?: { path: string }[];
}
type Rows = Record<string, string>[];
let addresses = 0;
/** Each time from another network: one alone gets 30 a minute. */
const get = (
  file: string,
  { from = `2001:db8:0:${++addresses}::1`, token = "", method = "GET" } = {},
): Promise<Response> =>
  fetch(`${world.url()}/turnout.${file}`, {
    method,
    headers: { "x-forwarded-for": from, ...(token ? { authorization: `Bearer ${token}` } : {}) },
  });
const textOf = async (file: string): Promise<string> => (await get(file)).text();
const rows = (text: string): Rows => parse(text, { columns: true });
const csv = async ({ slug }: { slug: string }): Promise<Rows> => rows(await textOf(`csv?campaign=${slug}`));
const json = async ({ slug }: { slug: string }, more = "") => JSON.parse(await textOf(`json?campaign=${slug}${more}`));
const policy = (campaign: { id: string }, by: Person, publishing: string) =>
  as(by).call("setTurnoutPolicy", { campaignId: campaign.id, publishing }, "__typename");

test.each(["csv", "json"])("refuses, as %s, what it does not know, naming it", async (ending) => {
  const { slug } = await a.campaign();
  const draft = await a.campaign({ status: CampaignStatus.DRAFT });
  const refusal = async (query: string) => {
    const reply = await get(`${ending}${query}`);
    const { errors } = (await reply.json()) as { errors: { extensions: Refused }[] };
    const { extensions } = errors[0]!;
    return [reply.status, extensions.code, ...(extensions.fields ?? []).map(({ path }) => path)];
  };
  const bad = (...paths: string[]) => [400, "BAD_USER_INPUT", ...paths];
  expect(await refusal("")).toEqual(bad("campaign"));
  expect(await refusal(`?campaign=${slug}&campaign=${slug}`)).toEqual(bad("campaign"));
  expect(await refusal(`?campaign=${slug}&city=a&city=b&asOf=now`)).toEqual(bad("city", "asOf"));
  for (const query of ["", "none", "%00", draft.slug, `${slug}%00`, `${slug}&city=`, `${slug}&city=atlantis`])
    expect(await refusal(`?campaign=${query}`)).toEqual([404, "NOT_FOUND"]);
});

test("says the numbers of each public event that takes place, which come to the API's sums", async () => {
  const { campaign, staff, event } = await open();
  const [oakland, unknown] = [await a.event({ campaign, city: "oakland-ca" }), await a.event({ campaign })];
  for (const text of ["Go home", "Stay, please"])
    await as(staff).call("addDemand", { campaignId: campaign.id, text }, "__typename");
  await a.coHost(event, await a.organization({ name: "The “Choir”" }));
  await a.invited(event, await a.organization({ name: "Not asked yet" }));
  await report(staff, event, { low: 900, high: 1_200, observedAt: "2026-01-23T17:10:00Z", words: "about a thousand" });
  await report(staff, event, { low: 301, high: 400, observedAt: "2026-01-23T17:40:00Z" });
  await report(staff, oakland, { count: 99 });

  const [first, ...others] = await csv(campaign);
  expect([first!["id"], ...others.map(({ id }) => id).sort()]).toEqual([oakland.id, ...[event.id, unknown.id].sort()]);
  expect(Object.keys(first!)).toEqual(Object.keys(columns));
  expect(others.find(({ id }) => id === event.id)).toMatchObject({
    date: "2026-01-23",
    locality: "Minneapolis",
    state: "MN",
    online: "0",
    type: "rally",
    macroevent: "A day of action",
    claims: "Go home; Stay, please",
    actors: expect.stringMatching(/; The “Choir”$/),
    size_low: "900",
    size_high: "1200",
    size_mean: "1050",
    size_text: "",
    size_cat: "3",
    lat: "44.97997",
    lon: "-93.26384",
    resolved_locality: "Minneapolis",
    resolved_state: "MN",
    turnout_state: "PARTIAL",
    reports: "2",
    latest_low: "301",
    latest_high: "400",
    source_1: "",
  });
  expect(others.find(({ id }) => id === unknown.id)).toMatchObject({
    size_low: "",
    size_high: "",
    size_mean: "",
    size_cat: "0",
    turnout_state: "MISSING",
    reports: "0",
    latest_low: "",
    latest_high: "",
  });

  const told = await json(campaign);
  const fields = "low high peakLow peakHigh reporting scheduled closed";
  expect(told.total).toEqual(await ofCampaign(campaign, undefined, fields));
  for (const key of ["low", "high", "peakLow", "peakHigh"])
    expect(told.events.reduce((sum: number, { turnout }: never) => sum + (turnout[key] ?? 0), 0)).toBe(told.total[key]);
  expect(told).toMatchObject({
    campaign: { slug: campaign.slug },
    city: null,
    generatedAt: "2026-01-23T18:00:00+00:00",
  });
  for (const { id, turnout } of told.events)
    expect(turnout).toEqual(
      await of({ id }, undefined, undefined, "state low high peakLow peakHigh reports observedAt"),
    );

  const inOakland = await json(campaign, "&city=oakland-ca");
  expect(inOakland.total).toEqual({ ...told.total, ...interval(99), reporting: 1, scheduled: 1 });
  expect(inOakland.events).toEqual([told.events[0]]);
});
const interval = (count: number) => ({ low: count, high: count, peakLow: count, peakHigh: count });

test("leaves out what is not public, or does not take place", async () => {
  const { campaign, event } = await open();
  const kept = await a.event({ campaign, occurrence: "RESCHEDULED" as never });
  for (const hidden of [
    { review: "DRAFT" },
    { review: "IN_REVIEW" },
    { visibility: "UNLISTED" },
    { visibility: "PRIVATE" },
    { occurrence: "CANCELLED" },
    { occurrence: "POSTPONED" },
    { record: "DELETED", removedAt: clock.now },
  ])
    await a.event({ campaign, ...(hidden as object) });
  await a.event();
  const ids = [event.id, kept.id].sort();
  expect((await csv(campaign)).map(({ id }) => id)).toEqual(ids);
  const { events, total } = await json(campaign);
  expect(events.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(total.scheduled).toBe(2);
});

test("says where it is as exactly as everybody may know, and links to coverage that is accepted", async () => {
  const { campaign, event } = await open({});
  const place = {
    venue: "The square",
    addressLines: ["1 Main Street"],
    locality: "Uptown",
    latitude: 44.9,
    longitude: -93.2,
  };
  await a.event({ campaign, ...place, title: "exact" });
  await a.event({ campaign, ...place, title: "near", locationPrecision: "CITY" as never });
  await a.event({ campaign, ...place, title: "online", occurrence: "MOVED_ONLINE" as never });
  const [manager, stranger] = [await a.staff(campaign), await a.person()];
  for (const [by, name] of [
    [stranger, "suggested"],
    [manager, "first"],
    [manager, "second"],
  ] as const) {
    clock.now = new Date(clock.now.getTime() + 1_000);
    await as(by).call(
      "addCoverage",
      { eventId: event.id, kind: "ARTICLE", url: `https://news.example.org/${name}`, title: name },
      "coverage { id }",
    );
  }
  const all = await csv(campaign);
  const named = (title: string) => all.find((row) => row["title"] === title);
  const city = { lat: "44.97997", lon: "-93.26384", resolved_locality: "Minneapolis" };
  expect(named("exact")).toMatchObject({ locality: "Uptown", location_detail: "The square, 1 Main Street", ...city });
  expect(named("near")).toMatchObject({ locality: "Minneapolis", location_detail: "", online: "0", ...city });
  expect(named("online")).toMatchObject({ location_detail: "", online: "1", ...city });
  expect(all.find(({ id }) => id === event.id)!["source_1"]).toBe("https://news.example.org/first");
  expect(JSON.stringify([all.filter((row) => row !== named("exact")), await json(campaign)].flat())).not.toMatch(
    /44\.9\b|suggested/,
  );
});

test("publishes numbers when the campaign does, to staff no sooner than to anybody", async () => {
  const { campaign, staff, manager, event } = await open();
  const waits = await a.event({ campaign });
  for (const at of [event, waits]) await report(staff, at, { count: 50 });
  await as(manager).call("closeTurnout", { eventId: event.id }, "__typename");
  const shown = async () => {
    const reply = await get(`csv?campaign=${campaign.slug}`, { token: staff.token });
    const sizes = Object.fromEntries(rows(await reply.text()).map((row) => [row["id"], row["size_low"]]));
    const { total } = await json(campaign);
    expect(total).toMatchObject(await ofCampaign(campaign, undefined, "low high peakLow peakHigh reporting closed"));
    return [sizes[event.id], sizes[waits.id], total.low, total.scheduled];
  };
  expect(await shown()).toEqual(["50", "50", 100, 2]);
  await policy(campaign, staff, "AFTER_REVIEW");
  expect(await shown()).toEqual(["50", "", 50, 2]);
  await policy(campaign, staff, "AFTER_DAY");
  expect(await shown()).toEqual(["", "", null, 2]);
  clock.now = new Date("2026-01-24T12:00:00Z");
  // Public answers are held for some seconds, which have not passed outside of the test's clock.
  server().services.reads.forget();
  expect(await shown()).toEqual(["50", "50", 100, 2]);
});

test("has no cell that a table program takes for a formula", async () => {
  const campaign = await a.campaign({ title: "@SUM(A1)" });
  await a.event({ campaign, title: '=HYPERLINK("https://evil.example")', venue: "+1, or\n-1" });
  const [row] = await csv(campaign);
  expect(row).toMatchObject({
    title: '\'=HYPERLINK("https://evil.example")',
    location_detail: "'+1, or\n-1",
    macroevent: "'@SUM(A1)",
    lon: "-93.26384",
  });
});

test("is a file by its name, which no cache shows without asking, and answers HEAD alike", async () => {
  const { slug } = await a.campaign();
  for (const [ending, type] of [
    ["csv", "text/csv"],
    ["json", "application/json"],
  ]) {
    const [whole, head] = [
      await get(`${ending}?campaign=${slug}`),
      await get(`${ending}?campaign=${slug}`, { method: "HEAD" }),
    ];
    for (const reply of [whole, head])
      expect(Object.fromEntries(reply.headers)).toMatchObject({
        "content-type": `${type}; charset=utf-8`,
        "content-disposition": `attachment; filename="turnout-${slug}.${ending}"`,
        "cache-control": "public, max-age=0, must-revalidate",
        "x-content-type-options": "nosniff",
      });
    expect([whole.status, head.status, await head.text()]).toEqual([200, 200, ""]);
  }
  expect((await get(`csv?campaign=${slug}`, { method: "POST" })).status).toBe(404);
});

test("goes to one network 30 times a minute", async () => {
  const codes: number[] = [];
  for (let n = 1; n <= 31; n++) codes.push((await get("csv?campaign=none", { from: `2001:db8:1::${n}` })).status);
  expect([new Set(codes.slice(0, 30)), codes[30]]).toEqual([new Set([404]), 429]);
});

describe("of a large campaign", () => {
  let campaign: { id: string; slug: string };
  beforeAll(async () => {
    campaign = await a.campaign();
    const { id } = await a.event({ campaign });
    await server().services.db.query(
      `INSERT INTO events SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).*
       FROM events e, generate_series(2, 2000) WHERE e.id = $1`,
      [fromGlobalId("Event", id, "id")],
    );
  });

  test("has each event once, in order", async () => {
    const ids = (await json(campaign)).events.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(2_000);
    expect(ids).toEqual([...ids].sort());
    expect((await csv(campaign)).map(({ id }) => id)).toEqual(ids);
  });

  test("breaks off visibly when the database goes away in the middle, and says so when it was away before", async () => {
    for (const ending of ["csv", "json"]) {
      awayAt(2);
      const reply = await get(`${ending}?campaign=${campaign.slug}`);
      expect(reply.status).toBe(200);
      await expect(reply.text()).rejects.toThrow();
      awayAt(1);
      const refused = await get(`${ending}?campaign=${campaign.slug}`);
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "60"]);
      expect(await refused.text()).toContain("TEMPORARILY_UNAVAILABLE");
    }
    expect((await json(campaign)).events).toHaveLength(2_000);
  });
});
