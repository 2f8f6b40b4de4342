import { CampaignStatus } from "../../src/features/campaigns/index.js";
import { feedsIn, readAtom, readCsv, readIcs } from "../support/feeds.js";
import { openWorld } from "../support/world.js";

const world = openWorld({ TRUST_PROXY: "true", PUBLIC_URL: "https://rallies.example", RATE_ANONYMOUS: "300" });
const { a, clock } = world;
const { get, text, ids, refusal } = feedsIn(world);
beforeEach(() => (clock.now = new Date("2026-01-20T12:00:00Z")));

describe("refuse", () => {
  const filters =
    "campaign, city, organization, bbox, near, within, region, on, from, to, endsAfter, startsBefore, type, accessibility, occurrence, language, q, identifier";
  const numbers = "bbox: must be 4 numbers with commas between them: west,south,east,north";
  const bad = (...faults: string[]) => [400, "BAD_USER_INPUT", ...faults];
  test.each([
    ["bbox=NaN,1,2,3", numbers],
    ["bbox=1,2,3", numbers],
    ["bbox=1e1,2,3,4", numbers],
    ["bbox=1,2,3,4,5", numbers],
    ["bbox=-181,1,2,3", "bbox: west must be from -180 to 180"],
    ["bbox=-100,40,-90,90.1", "bbox: north must be from -90 to 90"],
    ["bbox=-100,50,-90,40", "bbox: south must not be above north"],
    ["near=44,-93", "within: is missing: near and within go together"],
    ["within=5", "near: is missing: near and within go together"],
    ["near=91,-93&within=5", "near: latitude must be from -90 to 90"],
    ["within=0&near=44,-93", "within: must be from 0.1 to 20,000"],
    ["within=NaN&near=44,-93", "within: must be a number: km"],
    ["from=2026-01-24&to=2026-01-23", "to: must not be before from"],
    ["identifier=123", expect.stringMatching(/^identifier: must be a system/)],
    ["on=2026-02-30", "on: must be a day that exists, as YYYY-MM-DD, such as 2026-01-23"],
    ["endsAfter=now", "endsAfter: must be an instant with an offset, such as 2026-01-23T14:00:00-06:00"],
    ["endsAfter=2026-01-24T00:00:00Z&startsBefore=2026-01-23T00:00:00Z", "startsBefore: must not be before endsAfter"],
    [
      "accessibility=YES",
      "accessibility: each must be one of the following values: ACCESSIBLE, NOT_ACCESSIBLE, NOT_SURE",
    ],
    ["language=e", "language: must be of BCP 47 language tags, such as es or zh-Hant, of at most 35 characters"],
    ["q=a%00b", "q: must be 2 to 100 characters, without control characters such as NUL"],
    ["foo=1", `foo: is not known here; known are ${filters}`],
    ["region=", `region: is empty: leave it out; known are ${filters}`],
    ["region=MN&region=WI", "region: must be given once"],
    ["limit=5", `limit: is not known here; known are ${filters}`],
  ])("%s by its name", async (query, fault) => {
    expect(await refusal(`/events.ics?${query}`)).toEqual(bad(fault as string));
  });

  test.each([
    ["limit=0", "limit: must be a whole number from 1 to 1000"],
    ["limit=1001", "limit: must be a whole number from 1 to 1000"],
    ["after=x", "after: needs `limit`: without it all events are given"],
    ["limit=1&after=x", "after: is not a cursor of this API; send a cursor unchanged"],
    ["fields=title,password", expect.stringMatching(/^fields: must be some of these, .*: id, url, title, description/)],
  ])("of a page %s", async (query, fault) => {
    expect(await refusal(`/events.csv?${query}`)).toEqual(bad(fault as string));
  });

  test("all faults at once", async () => {
    expect(await refusal("/events.atom?bbox=x&on=x&foo=x")).toEqual(
      bad(
        expect.stringMatching(/^foo/) as never,
        expect.stringMatching(/^bbox/) as never,
        expect.stringMatching(/^on/) as never,
      ),
    );
  });

  test("no more faults than anybody makes, so that an answer is not many times as long as the request", async () => {
    const many = Array.from({ length: 500 }, (_, n) => `x${n}`).join("&");
    expect(await refusal(`/events.atom?${many}`)).toHaveLength(2 + 20);
  });

  test("what nobody knows of, by slug or id, in the query or the path", async () => {
    const draft = await a.campaign({ status: CampaignStatus.DRAFT });
    const hidden = await a.organization({ status: "IN_REVIEW" as never });
    const never = draft.id.replace(/.{4}$/, "0000");
    for (const campaign of [draft.slug, draft.id, never, "none", "%00", "a'b"]) {
      expect(await refusal(`/events.geojson?campaign=${campaign}`)).toEqual([404, "NOT_FOUND"]);
      expect(await refusal(`/campaigns/${campaign}/events.atom`)).toEqual([404, "NOT_FOUND"]);
    }
    for (const query of [
      `organization=${hidden.slug}`,
      `organization=${hidden.id}`,
      "city=atlantis",
      `city=${draft.id}`,
    ])
      expect(await refusal(`/events.ics?${query}`)).toEqual([404, "NOT_FOUND"]);
    expect(await refusal(`/campaigns/x/events.ics?campaign=y`)).toEqual(
      bad(expect.stringMatching(/^campaign: is not known/) as never),
    );
    expect(await refusal("/events/none.jsonld")).toEqual([404, "NOT_FOUND"]);
    expect(await refusal(`/events/${draft.id}.jsonld`)).toEqual([404, "NOT_FOUND"]);
    expect((await get("/events.pdf")).status).toBe(404);
    expect((await get("/events.geojson", { method: "POST" })).status).toBe(404);
  });

  test("whoever has used up what an address may", async () => {
    const headers = { "x-forwarded-for": "2001:db8:1::1" };
    const replies = await Promise.all(Array.from({ length: 61 }, () => get("/events/none.ics", { headers })));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([404, 429]));
    const last = replies.find(({ status }) => status === 429)!;
    expect(Object.fromEntries(last.headers)).toMatchObject({
      "retry-after": expect.any(String),
      ratelimit: expect.any(String),
    });
  });
});

test("give the events that everybody finds, in each format, and by each filter those of the API", async () => {
  const campaign = await a.campaign();
  const host = await a.organization();
  const [minneapolis, oakland, march] = [
    await a.event({ campaign, title: "First", host }),
    await a.event({ campaign, title: "Second", city: "oakland-ca", languages: ["es-MX"] }),
    await a.event({ campaign, title: "Third", type: "MARCH" as never, occurrence: "CANCELLED" as never }),
  ];
  await a.coHost(oakland, host);
  for (const fields of [{ review: "DRAFT" }, { visibility: "UNLISTED" }, { visibility: "PRIVATE" }])
    await a.event({ campaign, ...(fields as object) });
  const of = `campaign=${campaign.slug}`;
  const all = [minneapolis, oakland, march].map(({ id }) => id).sort();
  const hosted = [minneapolis, oakland].map(({ id }) => id).sort();

  expect((await ids(`?${of}`)).sort()).toEqual(all);
  expect((await ids(`?campaign=${campaign.id}`)).sort()).toEqual(all);
  expect(
    readIcs(await text(`/campaigns/${campaign.slug}/events.ics`))
      .map(({ uid }) => uid)
      .sort(),
  ).toEqual(all.map((id) => `${id}@rallies.example`));
  const { items } = await readAtom(await text(`/events.atom?${of}`));
  expect(items.map(({ id }: { id: string }) => id).sort()).toEqual(
    all.map((id) => `https://rallies.example/events/${id}`),
  );
  expect(
    readCsv(await text(`/events.csv?${of}`))
      .map(({ id }) => id!)
      .sort(),
  ).toEqual(all);
  for (const [query, some] of [
    ["city=oakland-ca", [oakland.id]],
    ["type=MARCH,VIGIL", [march.id]],
    ["occurrence=CANCELLED", [march.id]],
    ["language=es", [oakland.id]],
    ["q=second", [oakland.id]],
    ["region=MN&type=RALLY", [minneapolis.id]],
    ["on=2026-01-24", []],
    ["startsBefore=2026-01-23T17:00:01+00:00", all],
    ["startsBefore=2026-01-23T17:00:00Z", []],
    ["bbox=-123,37,-122,38", [oakland.id]],
    ["bbox=170,-90,-120,90", [oakland.id]],
    ["bbox=-93.26384,44.97997,-93.26384,44.97997", [minneapolis.id, march.id].sort()],
    ["near=37.8,-122.27&within=20", [oakland.id]],
    ["from=2026-01-22&to=2026-01-23&city=oakland-ca", [oakland.id]],
    ["q=oakl+sec", [oakland.id]],
    [`organization=${host.slug}`, hosted],
  ] as const)
    expect([query, (await ids(`?${of}&${query}`)).sort()]).toEqual([query, some]);
  const short = `/organizations/${host.slug}/events.csv?${of}`;
  expect(
    readCsv(await text(short))
      .map(({ id }) => id!)
      .sort(),
  ).toEqual(hosted);
  expect(readCsv(await text(`/cities/oakland-ca/events.csv?${of}`)).map(({ id }) => id)).toEqual([oakland.id]);
});

test("name the address that they were asked by, not another one of the same events", async () => {
  const spellings = [
    "/events.atom?region=MN&type=RALLY",
    "/events.atom?type=RALLY&region=MN",
    "/events.atom?type=RALL%59&region=MN",
  ];
  for (const path of spellings)
    expect((await readAtom(await (await get(path)).text())).feedUrl).toBe(`https://rallies.example${path}`);
});

test("cost more on the map where nobody asked for them before, for they are all read", async () => {
  const campaign = await a.campaign();
  await a.event({ campaign });
  const left = async (path: string): Promise<number> => {
    const reply = await get(path, { headers: { "x-forwarded-for": "192.0.2.77" } });
    await reply.arrayBuffer();
    return Number(/r=(\d+)/.exec(reply.headers.get("ratelimit")!)![1]);
  };
  const tile = (x: number): string => `/tiles/3/${x}/0.mvt?campaign=${campaign.slug}`;
  expect(await left(tile(0))).toBe(300 - 5);
  expect(await left(tile(1))).toBe(300 - 5 - 201 - 5);
  expect(await left(tile(2))).toBe(300 - 5 - 201 - 5 - 5);
});
