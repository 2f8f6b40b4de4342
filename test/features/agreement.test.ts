import { fromGlobalId } from "../../src/platform/database/ids.js";
import type { Reply } from "../support/client.js";
import { feedsIn } from "../support/feeds.js";
import { type Box, boxOf, mapIn, type Tags, until, world as everywhere } from "../support/maps.js";
import { turnoutsIn } from "../support/turnouts.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const { tile } = mapIn(world);
const { get } = feedsIn(world);
const { open, report } = turnoutsIn(world);

interface Feature {
  id: string;
  geometry: { coordinates: [number, number] };
  properties: { turnout: { low: number | null; high: number | null }; openPlaces: number };
}
/** What events come to: how many, how many people, how many of them report, how many places are free. */
type Total = [count: number, low: number, high: number, reporting: number, openPlaces: number];

const added = (totals: Total[]): Total =>
  totals.reduce((sum, total) => sum.map((value, n) => value + total[n]!) as Total, [0, 0, 0, 0, 0]);

const ofFeatures = (features: Feature[]): Total =>
  added(
    features.map(({ properties: { turnout, openPlaces } }) => [
      1,
      turnout.low ?? 0,
      turnout.high ?? 0,
      turnout.low === null ? 0 : 1,
      openPlaces,
    ]),
  );
const ofTags = (tags: Tags[]): Total =>
  added(tags.map((t) => [t.count, t["low"] ?? 0, t["high"] ?? 0, t["reporting"], t["openPlaces"]] as Total));

interface Cluster {
  count: number;
  turnout: { low: number | null; high: number | null; reporting: number };
  openPlaces: number;
}
const ofClusters = (clusters: Cluster[]): Total =>
  added(
    clusters.map(({ count, turnout: { low, high, reporting }, openPlaces }) => [
      count,
      low ?? 0,
      high ?? 0,
      reporting,
      openPlaces,
    ]),
  );

const zooms = [0, 3, 6, 9, 12];
const page = `query($list: EventFilter, $after: String) {
  events(filter: $list, first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
const map = `query($filter: EventFilter, $box: BoundingBox!) { ${zooms
  .map((z) => `z${z}: eventClusters(within: $box, zoom: ${z}, filter: $filter) { ...sums }`)
  .join(" ")} }
  fragment sums on EventCluster { count turnout { low high reporting } openPlaces }`;

let campaign: { id: string; slug: string };
let staff: Person;

/** The count of the list, page by page, and the sums of the clusters at each zoom. */
async function listed(box: Box, filter: object): Promise<{ count: number; clusters: Total[] }> {
  const mine = { ...filter, campaignId: campaign.id };
  const clusters = ask(map, { filter: mine, box });
  let count = 0;
  for (let info: { hasNextPage: boolean; endCursor?: string } = { hasNextPage: true }; info.hasNextPage;) {
    const { events } = await ask(page, { list: { ...mine, within: box }, after: info.endCursor });
    count += events.nodes.length;
    info = events.pageInfo;
  }
  const found = await clusters;
  return { count, clusters: zooms.map((zoom) => ofClusters(found[`z${zoom}`])) };
}

async function ask(query: string, variables: object): Promise<Reply["data"]> {
  const { data, message } = await as().run(query, variables);
  if (!data) throw new Error(message);
  return data;
}

const pathOf = (query: string, box?: Box): string =>
  `/events.geojson?campaign=${campaign.slug}&fields=turnout,openPlaces${query}${box ? `&bbox=${[box.west, box.south, box.east, box.north].join()}` : ""}`;

async function features(query: string, box?: Box): Promise<Feature[]> {
  const reply = await get(pathOf(query, box));
  if (reply.status !== 200) throw new Error(await reply.text());
  return ((await reply.json()) as { features: Feature[] }).features;
}

/** The same, page by page. */
async function paged(query: string, box: Box): Promise<Feature[]> {
  const all: Feature[] = [];
  for (let next: string | undefined = `${pathOf(query, box)}&limit=50`; next;) {
    const reply: Response = await get(next);
    all.push(...((await reply.json()) as { features: Feature[] }).features);
    next = /^<(.+)>; rel="next"$/.exec(reply.headers.get("link") ?? "")?.[1];
  }
  return all;
}

const filters: [query: string, filter: object][] = [
  ["", {}],
  ["&type=VIGIL", { types: ["VIGIL"] }],
  ["&region=CA", { region: "CA" }],
  ["&q=zwolf", { search: "zwolf" }],
  ["&near=44.98,-93.27&within=6000", { near: { latitude: 44.98, longitude: -93.27, withinKm: 6_000 } }],
  ["&from=2026-01-24&to=2026-01-25", { from: "2026-01-24", to: "2026-01-25" }],
];

beforeAll(async () => {
  ({ campaign, staff } = await open());
  const day = (n: number) => ({ startsOn: `2026-01-2${n}`, startsAt: null, endsAt: null });
  const kinds = [
    { title: "Zwölf hours" },
    { title: "Vigil", type: "VIGIL" as never, city: "oakland-ca" },
    { title: "Next day", city: "honolulu-hi", ...day(4) },
    { title: "Zwölf more", type: "VIGIL" as never, city: "oakland-ca", ...day(5), occurrence: "CANCELLED" as never },
  ];
  for (const [n, kind] of kinds.entries()) {
    const event = await a.event({ campaign, ...kind });
    await a.shift({ event, capacity: 10 + n, taken: n });
    if (n < 2) expect((await report(staff, event, { low: 100, high: 150 + n })).code).toBe("OK");
  }
  const { db } = server().services;
  const of = [fromGlobalId("Campaign", campaign.id, "id")];
  await db.query(
    `INSERT INTO events SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(),
       'public_longitude', CASE n % 10 WHEN 0 THEN 180 WHEN 1 THEN -180 WHEN 2 THEN -90 ELSE round((random() * 360 - 180)::numeric, 6) END,
       'public_latitude', CASE n % 15 WHEN 0 THEN 90 WHEN 1 THEN -90 WHEN 2 THEN 88 WHEN 3 THEN 0 ELSE round((random() * 170 - 85)::numeric, 6) END))).*
     FROM events e, generate_series(1, 60) n WHERE e.campaign_id = $1`,
    of,
  );
  for (const [table, id, more] of [
    ["turnouts", "", "'low', (100 * random())::int, 'high', 100 + (100 * random())::int"],
    ["shifts", "'id', gen_random_uuid(),", "'capacity', 20 + (20 * random())::int"],
  ])
    await db.query(
      `INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object(${id} 'event_id', c.id, ${more}))).*
       FROM ${table} t JOIN events e ON e.id = t.event_id JOIN events c ON c.title = e.title AND c.campaign_id = e.campaign_id
       WHERE e.campaign_id = $1 AND c.id <> e.id AND NOT EXISTS (SELECT 1 FROM turnouts o WHERE o.event_id = c.id AND '${table}' = 'turnouts')`,
      of,
    );
});

const random = (low: number, high: number): number => Number((low + Math.random() * (high - low)).toFixed(6));
function anyBox(): Box {
  const [one, other] = [random(-90, 90), random(-90, 90)];
  return { west: random(-180, 180), east: random(-180, 180), south: Math.min(one, other), north: Math.max(one, other) };
}

const special: Box[] = [
  everywhere,
  { west: 170, east: -160, south: -60, north: 60 },
  { west: 180, east: -180, south: -90, north: 90 },
  { west: 170, east: 180, south: -90, north: 90 },
  { west: -180, east: -170, south: -90, north: 90 },
  { west: 180, east: 180, south: -90, north: 90 },
  { west: -180, east: -180, south: -90, north: 90 },
  { west: -90, east: -90, south: -90, north: 90 },
  { west: -180, east: 180, south: 0, north: 0 },
  { west: -180, east: 180, south: 86, north: 90 },
  { west: -180, east: 180, south: 90, north: 90 },
  { west: -180, east: 180, south: -90, north: -90 },
  { west: 0, east: -0.001, south: -90, north: 90 },
  { west: -179.999999, east: 179.999999, south: -89.999999, north: 89.999999 },
];

/** Boxes of which a corner, an edge or all is an event's point. */
const onPoints = ([lng, lat]: [number, number]): Box[] => [
  { west: lng, east: lng, south: lat, north: lat },
  { west: lng, east: 180, south: lat, north: 90 },
  { west: -180, east: lng, south: -90, north: lat },
  { west: lng, east: lng, south: -90, north: 90 },
];

test("list, count, GeoJSON and clusters agree on any box, at any zoom, with any filter", async () => {
  const all = await features("");
  expect(all.length).toBe(305);
  const points = [0, 77, 205].flatMap((n) => onPoints(all[n]!.geometry.coordinates));
  const boxes = [...special, ...points, ...Array.from({ length: 24 }, anyBox)];
  expect(boxes).toHaveLength(50);
  let found = 0;
  for (const [n, box] of boxes.entries())
    for (const [query, filter] of [filters[0]!, filters[1 + (n % 5)]!]) {
      const [{ count, clusters }, some] = await Promise.all([listed(box, filter), features(query, box)]);
      const total = ofFeatures(some);
      expect([box, query, count, ...clusters]).toEqual([box, query, total[0], ...zooms.map(() => total)]);
      if (n % 10 === 0) expect((await paged(query, box)).map(({ id }) => id)).toEqual(some.map(({ id }) => id));
      found += count;
    }
  expect(found).toBeGreaterThan(1_000);
});

/** The column and row of a point among the tiles of a zoom; what is beyond the map is in the outermost. */
function tileOf([lng, lat]: [number, number], zoom: number): [x: number, y: number] {
  const most = 2 ** zoom - 1;
  const south = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  const at = (part: number): number => Math.min(most, Math.max(0, Math.floor(part * 2 ** zoom)));
  return [at((lng + 180) / 360), at(Number(south.toFixed(12)))];
}

test("tiles agree with list and GeoJSON where a box is made of tiles, and have the whole world at each zoom", async () => {
  for (const [query, filter] of filters) {
    const [all, { count }] = await Promise.all([features(query), listed(everywhere, filter)]);
    for (const zoom of [0, 1, 2]) {
      const tiles = Array.from({ length: 4 ** zoom }, (_, n) => `${zoom}/${n % 2 ** zoom}/${n >> zoom}`);
      const tags = await Promise.all(tiles.map((place) => tile(place, `?campaign=${campaign.slug}${query}`)));
      expect([query, zoom, ofTags(tags.flat())]).toEqual([query, zoom, ofFeatures(all)]);
      expect(all).toHaveLength(count);
    }
    for (let n = 0; n < 5; n++) {
      const zoom = 3 + n;
      const [x, y] = [Math.floor(random(0, 2 ** zoom - 2)), Math.floor(random(2, 2 ** zoom - 3))];
      const places = [0, 1, 2, 3].map((k): [number, number] => [x + (k % 2), y + (k >> 1)]);
      const tags = await Promise.all(
        places.map((p) => tile([zoom, ...p].join("/"), `?campaign=${campaign.slug}${query}`)),
      );
      const inside = all.filter((f) => places.some((p) => String(p) === String(tileOf(f.geometry.coordinates, zoom))));
      expect([zoom, x, y, query, ofTags(tags.flat())]).toEqual([zoom, x, y, query, ofFeatures(inside)]);
      const box = { ...boxOf(zoom, x, y + 1), east: boxOf(zoom, x + 1, y).east, north: boxOf(zoom, x, y).north };
      // A box has all its edges, a tile only two of them.
      const onEdge = all.filter(
        ({
          geometry: {
            coordinates: [lng, lat],
          },
        }) => [box.west, box.east].includes(lng) || Math.abs(lng) === 180 || lat === 0,
      );
      if (onEdge.every((f) => inside.includes(f) || !within(box, f)))
        expect([box, (await listed(box, filter)).count]).toEqual([box, inside.length]);
    }
  }
});

const within = (
  { west, east, south, north }: Box,
  {
    geometry: {
      coordinates: [lng, lat],
    },
  }: Feature,
): boolean =>
  (Math.abs(lng) === 180 ? west === -180 || east === 180 : west <= lng && lng <= east) && south <= lat && lat <= north;

test("agree again within a second of what is new, moved, called off and removed", async () => {
  const oakland: Box = { west: -123, east: -122, south: 37, north: 38 };
  const minneapolis: Box = { west: -94, east: -93, south: 44, north: 45 };
  const query = "&occurrence=SCHEDULED,RESCHEDULED";
  const filter = { occurrence: ["SCHEDULED", "RESCHEDULED"] };
  const tiled = async () => ofTags(await tile("0/0/0", `?campaign=${campaign.slug}${query}`))[0];
  const shown = async (): Promise<number[]> => {
    const boxes = [oakland, minneapolis];
    const all = boxes.map(async (box) => [await listed(box, filter), await features(query, box)] as const);
    const counts = (await Promise.all(all)).flatMap(([{ count, clusters }, some]) => {
      expect(new Set([clusters.length, zooms.length]).size).toBe(1);
      return [count, ...clusters.map(([first]) => first), some.length];
    });
    return [...counts, await tiled()];
  };
  const before = await shown();
  const each = zooms.length + 2;
  const expected = (west: number, north: number): number[] =>
    before.map((count, n) => count + (n < each ? west : n < 2 * each ? north : west + north));
  const soon = async (west: number, north: number): Promise<void> => {
    const from = performance.now();
    await until(shown, (found) => performance.now() - from > 1_000 || String(found) === String(expected(west, north)));
    expect(await shown()).toEqual(expected(west, north));
  };
  const { id } = await a.event({ campaign, review: "IN_REVIEW" as never, latitude: 44.97, longitude: -93.2 });
  await as(staff).approveEvent(id);
  await soon(0, 1);
  const cityId = (await a.city("oakland-ca")).globalId;
  const move = { eventId: id, version: 1, cityId, latitude: 37.8, longitude: -122.27 };
  expect(await as(staff).call("editEvent", move)).toMatchObject({ code: "OK" });
  await soon(1, 0);
  await as(staff).call("cancelEvent", { eventId: id, reason: "Snow" });
  await soon(0, 0);
  const other = await a.event({ campaign, latitude: 44.96, longitude: -93.21 });
  await soon(0, 1);
  await as(staff).call("deleteEvent", { eventId: other.id, reason: "Twice" }, "removedId");
  await soon(0, 0);
});
