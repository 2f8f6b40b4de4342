import { CampaignStatus } from "../../src/features/campaigns/index.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { type Box, countOf, mapIn, world as everywhere } from "../support/maps.js";
import { turnoutsIn } from "../support/turnouts.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server } = world;
const { ask, clusters, get, tile } = mapIn(world);
const { open, report } = turnoutsIn(world);
beforeEach(() => (clock.now = new Date("2026-01-23T18:00:00Z")));

describe("a cluster query", () => {
  test.each([
    ["a zoom below 0", { zoom: -1 }, "zoom"],
    ["a zoom above 20", { zoom: 21 }, "zoom"],
    ["a latitude of 90.1", { within: { ...everywhere, north: 90.1 } }, "within.north"],
    ["south above north", { within: { ...everywhere, south: 10, north: 9 } }, "within.south"],
    ["a second box", { filter: { within: everywhere } }, "filter.within"],
    [
      "a span that ends before it begins",
      { filter: { endsAfter: "2026-01-02T00:00:00Z", startsBefore: "2026-01-01T00:00:00Z" } },
      "filter.startsBefore",
    ],
    ["an id of another type", { filter: { campaignId: "city_1" } }, "filter.campaignId"],
  ])("is refused for %s", async (_what, variables, path) => {
    const { code, fields } = await ask({ within: everywhere, zoom: 3, ...variables });
    expect([code, fields.map((field) => field.path)]).toEqual(["BAD_USER_INPUT", [path]]);
  });

  test("is refused for what is no number", async () => {
    const { code } = await as().run(
      "{ eventClusters(within: { west: 1, south: 0, east: NaN, north: 1 }, zoom: 1) { count } }",
    );
    expect(code).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});

test.each([
  ["21/0/0", 400, "z"],
  ["1/2/0", 400, "x"],
  ["1/0/2", 400, "y"],
  ["0/-1/0", 400, "x"],
  ["a/0/0", 400, "z"],
  ["1/0.5/0", 400, "x"],
  ["1/1e0/0", 400, "x"],
  ["0/0/0.mvt?bbox=1,2,3,4", 400, "bbox"],
  ["0/0/0.mvt?colour=red", 400, "colour"],
  ["0/0/0.mvt?type=PICNIC", 400, "type"],
  ["0/0/0.mvt?campaign=none", 404, undefined],
])("refuses the tile %s, naming why", async (place, status, path) => {
  const reply = await get(`/tiles/${place.includes(".mvt") ? place : `${place}.mvt`}`);
  const { errors } = (await reply.json()) as { errors: { extensions: { fields?: { path: string }[] } }[] };
  expect([reply.status, errors[0]!.extensions.fields?.[0]?.path]).toEqual([status, path]);
});

test("refuses a campaign that is a draft, also to the description of tiles, and has no other address", async () => {
  const { slug } = await a.campaign({ status: CampaignStatus.DRAFT });
  for (const path of [
    `/tiles/0/0/0.mvt?campaign=${slug}`,
    `/tiles.json?campaign=${slug}`,
    "/tiles/0/0/0",
    "/tiles/0/0/0.png",
  ])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  expect((await get("/tiles/0/0/0.mvt", {}, "POST")).status).toBe(404);
});

test("has one event as itself, with what everybody may know of it", async () => {
  const { campaign, staff, event } = await open();
  await a.shift({ event, capacity: 10, taken: 3, confirmed: 3 });
  await a.shift({ event, capacity: 5, status: "DRAFT" as never });
  await report(staff, event, { low: 900, high: 1_200 });
  const filter = { campaignId: campaign.id };
  const [longitude, latitude] = [-93.26384, 44.97997];
  const { title } = (await as().run("query($id: ID!) { event(id: $id) { title } }", { id: event.id })).data.event;
  expect(await clusters(everywhere, 4, filter)).toEqual([
    {
      count: 1,
      longitude,
      latitude,
      bounds: { west: longitude, east: longitude, south: latitude, north: latitude },
      turnout: { low: 900, high: 1_200, reporting: 1 },
      openPlaces: 7,
      event: { id: event.id, title },
    },
  ]);
  const sent = { count: 1, low: 900, high: 1_200, reporting: 1, openPlaces: 7 };
  const facts = { id: event.id, title, type: "RALLY", occurrence: "SCHEDULED", startsOn: "2026-01-23" };
  expect(await tile("10/246/368", `?campaign=${campaign.slug}`)).toEqual([{ ...sent, ...facts }]);
});

test("reads of a single event whatever is asked, as it is now", async () => {
  const { campaign, event } = await open();
  const fields = "event { __typename id type startsOn city { name } location { latitude } turnout { state } }";
  expect(await clusters(everywhere, 0, { campaignId: campaign.id }, fields)).toEqual([
    {
      event: {
        __typename: "Event",
        id: event.id,
        type: "RALLY",
        startsOn: "2026-01-23",
        city: { name: "Minneapolis" },
        location: { latitude: 44.97997 },
        turnout: { state: "MISSING" },
      },
    },
  ]);
});

test("adds up what is close, and keeps it apart where the map shows more", async () => {
  const { campaign, staff, event } = await open();
  const near = await a.event({ campaign, latitude: 44.95, longitude: -93.2 });
  await a.event({ campaign, latitude: 42, longitude: -100 });
  await report(staff, event, { count: 100 });
  await report(staff, near, { low: 40, high: 60 });
  const filter = { campaignId: campaign.id };
  const shown = async (zoom: number) =>
    (await clusters(everywhere, zoom, filter)).map((one: { count: number; turnout: object }) => [
      one.count,
      one.turnout,
    ]);
  const none = { low: null, high: null, reporting: 0 };
  expect(await shown(0)).toEqual([[3, { low: 140, high: 160, reporting: 2 }]]);
  expect(await shown(5)).toEqual([
    [1, none],
    [2, { low: 140, high: 160, reporting: 2 }],
  ]);
  expect((await shown(14)).map(([count]: [number]) => count)).toEqual([1, 1, 1]);
  const [both] = await clusters({ west: -94, east: -93, south: 44, north: 45 }, 5, filter);
  expect(both.bounds).toEqual({ west: -93.26384, south: 44.95, east: -93.2, north: 44.97997 });
  expect([both.longitude, both.latitude, both.event]).toEqual([-93.23192, 44.964985, null]);
});

test("filters like the list of events", async () => {
  const [campaign, other] = [await a.campaign(), await a.campaign()];
  const nextDay = { startsOn: "2026-01-24", startsAt: new Date("2026-01-24T17:00:00Z"), endsAt: null };
  await a.event({ campaign, title: "Für alle" });
  await a.event({ campaign, type: "VIGIL" as never, ...nextDay });
  await a.event({ campaign, city: "oakland-ca", occurrence: "CANCELLED" as never });
  await a.event({ campaign: other });
  for (const [query, filter, count] of [
    ["", {}, 3],
    ["&type=VIGIL", { types: ["VIGIL"] }, 1],
    ["&region=CA", { region: "CA" }, 1],
    ["&city=oakland-ca", { cityId: (await a.city("oakland-ca")).globalId }, 1],
    ["&occurrence=SCHEDULED", { occurrence: ["SCHEDULED"] }, 2],
    ["&q=fur", { search: "fur" }, 1],
    ["&on=2026-01-24", { on: "2026-01-24" }, 1],
    ["&on=2026-01-25", { on: "2026-01-25" }, 0],
  ] as const) {
    expect([query, countOf(await clusters(everywhere, 3, { ...filter, campaignId: campaign.id }))]).toEqual([
      query,
      count,
    ]);
    expect([query, countOf(await tile("0/0/0", `?campaign=${campaign.slug}${query}`))]).toEqual([query, count]);
  }
});

describe("what is not public", () => {
  test("is in no tile or cluster, nor moves any answer's tag", async () => {
    const { campaign, event } = await open();
    const path = `/tiles/3/1/2.mvt?campaign=${campaign.slug}`;
    const [before] = [await get(path)];
    const size = (await before.arrayBuffer()).byteLength;
    const hidden = [
      { review: "DRAFT" },
      { review: "IN_REVIEW" },
      { visibility: "UNLISTED" },
      { visibility: "PRIVATE" },
      { record: "DELETED", removedAt: clock.now },
    ];
    for (const fields of hidden) {
      const { id } = await a.event({ campaign, ...(fields as object) });
      await server().services.db.query(
        "INSERT INTO changes (topic, kind, subject_id, scopes) VALUES ('event', 'UPDATED', $1, ARRAY[$1::uuid])",
        [fromGlobalId("Event", id, "id")],
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    const after = await get(path);
    expect([after.headers.get("etag"), (await after.arrayBuffer()).byteLength]).toEqual([
      before.headers.get("etag"),
      size,
    ]);
    for (const zoom of [0, 20]) {
      const found = await clusters(everywhere, zoom, { campaignId: campaign.id });
      expect(found.map((one: { event: { id: string } }) => one.event.id)).toEqual([event.id]);
    }
  });

  test.each(["APPROXIMATE", "CITY"])(
    "is no place that is shown as %s: it is at its public point",
    async (locationPrecision) => {
      const campaign = await a.campaign();
      const [latitude, longitude] = [44.912_345_6, -93.312_345_6];
      const { id } = await a.event({
        campaign,
        latitude,
        longitude,
        venue: "The attic",
        locationPrecision: locationPrecision as never,
      });
      const { location } = (
        await as().run("query($id: ID!) { event(id: $id) { location { latitude longitude } } }", { id })
      ).data.event;
      const [found] = await clusters(everywhere, 20, { campaignId: campaign.id });
      expect([found.latitude, found.longitude]).toEqual([location.latitude, location.longitude]);
      expect([found.latitude === latitude, found.longitude === longitude]).toEqual([false, false]);
      const at = (side: number): Box => ({
        west: longitude - side,
        east: longitude + side,
        south: latitude - side,
        north: latitude + side,
      });
      expect(await clusters(at(1e-6), 20, { campaignId: campaign.id })).toEqual([]);
    },
  );
});

test("is not sent again to who has it, is packed for who can unpack it, and answers HEAD alike", async () => {
  const campaign = await a.campaign();
  for (let n = 0; n < 40; n++)
    await a.event({ campaign, latitude: 23 + (n % 6) * 2.9, longitude: -112 + Math.floor(n / 6) * 2.9 });
  const path = `/tiles/4/3/6.mvt?campaign=${campaign.slug}`;
  const whole = await get(path, { "accept-encoding": "identity", origin: "https://news.example" });
  const bytes = await whole.arrayBuffer();
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    "content-type": "application/vnd.mapbox-vector-tile",
    "cache-control": "public, max-age=0, must-revalidate",
    "access-control-allow-origin": "*",
    vary: expect.stringContaining("accept-encoding"),
  });
  const etag = whole.headers.get("etag")!;
  const known = await get(path, { "if-none-match": etag });
  expect([known.status, (await known.arrayBuffer()).byteLength]).toEqual([304, 0]);
  const packed = await get(path, { "accept-encoding": "gzip" });
  expect([
    packed.headers.get("content-encoding"),
    Buffer.from(await packed.arrayBuffer()).equals(Buffer.from(bytes)),
  ]).toEqual(["gzip", true]);
  const head = await get(path, {}, "HEAD");
  expect([head.status, head.headers.get("etag")]).toEqual([200, etag]);
  const empty = await get(`/tiles/9/0/0.mvt?campaign=${campaign.slug}`);
  expect([empty.status, (await empty.arrayBuffer()).byteLength]).toEqual([200, 0]);
});

test("tells maps where the tiles are, with the filter that was asked for", async () => {
  const campaign = await a.campaign();
  await a.event({ campaign });
  const query = `?campaign=${campaign.slug}&type=RALLY,VIGIL`;
  const told = await (await get(`/tiles.json${query}`)).json();
  expect(told).toMatchObject({ tilejson: "3.0.0", scheme: "xyz", minzoom: 0, maxzoom: 20 });
  const [template] = (told as { tiles: string[] }).tiles;
  expect(template).toMatch(/\/tiles\/\{z\}\/\{x\}\/\{y\}\.mvt\?campaign=campaign-\w+&type=RALLY,VIGIL$/);
  const [layer] = (told as { vector_layers: { id: string; fields: object }[] }).vector_layers;
  const path = new URL(template!.replace("{z}/{x}/{y}", "0/0/0")).pathname;
  const [tags] = await tile(/tiles\/(.*)\.mvt/.exec(path)![1]!, query);
  expect([layer!.id, Object.keys(layer!.fields)]).toEqual(["events", expect.arrayContaining(Object.keys(tags!))]);
});

test("tells of the tiles again only to those who do not know", async () => {
  const campaign = await a.campaign();
  const path = `/tiles.json?campaign=${campaign.slug}`;
  const { status, headers } = await get(path);
  expect([status, headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
  const etag = headers.get("etag")!;
  const known = await get(path, { "if-none-match": etag });
  expect([known.status, known.headers.get("etag"), await known.text()]).toEqual([304, etag, ""]);
  expect((await get(path, { "if-none-match": 'W/"another"' })).status).toBe(200);
  const head = await get(path, {}, "HEAD");
  expect([head.status, head.headers.get("etag")]).toEqual([200, etag]);
  expect((await get("/tiles.json?campaign=none-such")).status).toBe(404);
  expect((await get("/tiles.json")).headers.get("etag")).not.toBe(etag);
});

test("refuses more clusters than a map can show, and says which zoom would do", async () => {
  const campaign = await a.campaign();
  const { id } = await a.event({ campaign });
  await server().services.db.query(
    `INSERT INTO events SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(),
       'public_longitude', -120 + (n % 60), 'public_latitude', n / 60 - 20))).*
     FROM events e, generate_series(1, 3000) n WHERE e.id = $1`,
    [fromGlobalId("Event", id, "id")],
  );
  const filter = { campaignId: campaign.id, search: "rally" };
  const { fields, reason } = await ask({ within: everywhere, zoom: 20, filter });
  expect([reason, fields[0]!.path]).toEqual(["TOO_MANY_CLUSTERS", "zoom"]);
  const zoom = Number(/take (\d+)/.exec(fields[0]!.reason)![1]);
  expect(countOf(await clusters(everywhere, zoom, filter, "count"))).toBe(3_001);
  expect((await ask({ within: everywhere, zoom: zoom + 1, filter })).reason).toBe("TOO_MANY_CLUSTERS");
});
