import { greatCircleDistance } from "h3-js";
import { openWorld } from "../support/world.js";

const { a, as } = openWorld();

type Filter = Record<string, unknown>;
interface Found {
  edges: { cursor: string; distanceKm: number | null; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const list = `query($filter: EventFilter, $orderBy: EventOrder, $first: Int, $after: String, $last: Int, $before: String) {
  events(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor distanceKm node { id } } pageInfo { hasNextPage endCursor } } }`;
const ask = (filter: Filter, more: object = {}) => as().run(list, { filter, ...more });

const find = async (filter: Filter, more: object = {}): Promise<Found> => {
  const reply = await ask(filter, more);
  if (reply.code !== "OK") throw new Error(reply.message);
  return reply.data.events as Found;
};
const idsIn = async (filter: Filter, more: object = {}): Promise<string[]> =>
  (await find(filter, more)).edges.map(({ node }) => node.id);

const box = (west: unknown, south: unknown, east: unknown, north: unknown) => ({
  within: { west, south, east, north },
});
const circle = (latitude: unknown, longitude: unknown, withinKm: unknown) => ({
  near: { latitude, longitude, withinKm },
});

describe("A filter", () => {
  test.each([
    ["a box whose south is above its north", box(-94, 46, -93, 44), ["filter.within.south"]],
    ["a box up to 90.1 degrees north", box(-94, 44, -93, 90.1), ["filter.within.north"]],
    ["a box from 181 degrees west", box(-181, 44, -93, 45), ["filter.within.west"]],
    ["a point at 90.1 degrees south", circle(-90.1, 0, 10), ["filter.near.latitude"]],
    ["a point at 180.1 degrees east", circle(0, 180.1, 10), ["filter.near.longitude"]],
    ["less than 100 metres", circle(0, 0, 0.09), ["filter.near.withinKm"]],
    ["more than half around the globe", circle(0, 0, 20_001), ["filter.near.withinKm"]],
    ["days that end before they begin", { from: "2026-01-24", to: "2026-01-23" }, ["filter.to"]],
    ["an identifier without a system", { identifier: "123" }, ["filter.identifier"]],
    ["an identifier with a space", { identifier: "mobilize:1 2" }, ["filter.identifier"]],
    ["a search without letters", { search: "\u0301\u0301" }, ["filter.search"]],
    [
      "several faults at once",
      { ...box(0, 2, 0, 1), from: "2026-01-24", to: "2026-01-23", search: "a\u0301" },
      ["filter.within.south", "filter.search", "filter.to"],
    ],
    ["the id of another type", { organizationId: "event_00000000000000000000000000000000" }, ["filter.organizationId"]],
  ])("is refused for %s, with the path of each field", async (_what, filter, paths) => {
    const reply = await ask(filter);
    expect(reply.code).toBe("BAD_USER_INPUT");
    expect(reply.fields.map(({ path }) => path)).toEqual(paths);
    expect(reply.fields.every(({ reason }) => /^must|^is not/.test(reason))).toBe(true);
  });

  test.each([
    ["NaN", "NaN"],
    ["a text", "north"],
    ["null", null],
    ["a list", [1, 2]],
  ])("is refused for %s as a coordinate, naming the variable", async (_what, value) => {
    for (const filter of [box(0, value, 0, 1), circle(value, 0, 10)]) {
      const reply = await ask(filter);
      expect(reply.code).toBe("BAD_USER_INPUT");
      expect(reply.message).toMatch(/filter\.(within\.south|near\.latitude)/);
    }
  });

  test.each(["1e999", "-1e999"])("is refused for %s, written into the document", async (number) => {
    for (const filter of [
      `within: { west: 0, south: ${number}, east: 0, north: 1 }`,
      `near: { latitude: 0, longitude: 0, withinKm: ${number} }`,
    ]) {
      const reply = await as().run(`{ events(filter: { ${filter} }) { nodes { id } } }`);
      expect(reply.code).toBe("BAD_USER_INPUT");
      expect(reply.fields[0]!.path).toMatch(/^filter\.(within\.south|near\.withinKm)$/);
    }
  });

  test("is refused without a point to order by the distance from", async () => {
    const reply = await ask({}, { orderBy: "DISTANCE" });
    expect(reply).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ path: "orderBy" }] });
  });
});

test("finds by boxes that are lines and points, that reach the poles and the 180th meridian from either side", async () => {
  const campaign = await a.campaign();
  const at = async (publicLatitude: number, publicLongitude: number) =>
    (await a.event({ campaign, publicLatitude, publicLongitude })).id;
  const [line, pole, south] = [await at(45, -93), await at(90, 0), await at(-90, 10)];
  const [east, west] = [await at(5, 180), await at(5, -180)];
  const tiny = await at(1e-7, 1e-7);
  const inBox = async (...edges: [number, number, number, number]): Promise<string[]> =>
    (await idsIn({ campaignId: campaign.id, ...box(...edges) })).sort();
  expect(await inBox(-93, 44, -93, 46)).toEqual([line]);
  expect(await inBox(-93, 45, -93, 45)).toEqual([line]);
  expect(await inBox(-94, 45, -92, 45)).toEqual([line]);
  expect(await inBox(-180, 89, 180, 90)).toEqual([pole]);
  expect(await inBox(-180, -90, 180, -89)).toEqual([south]);
  const both: [number, number, number, number][] = [
    [170, 0, -160, 10],
    [170, 0, 180, 10],
    [-180, 0, -160, 10],
    [180, 0, -180, 10],
    [180, 5, 180, 5],
    [-180, 5, -180, 5],
  ];
  for (const edges of both) expect([edges, await inBox(...edges)]).toEqual([edges, [east, west].sort()]);
  expect(await inBox(1e-7, 1e-7, 2e-7, 2e-7)).toEqual([tiny]);
  expect(await inBox(-180, -90, 180, 90)).toHaveLength(6);
});

describe("Near a point", () => {
  /** Points all over the globe, more of them where it is hard. */
  const points: [number, number][] = [
    [90, 0],
    [89.9, 179],
    [89.9, -1],
    [-90, 50],
    [-89.99, 120],
    [0, 180],
    [0, -180],
    [0, 179.95],
    [0, -179.95],
    [52, 179.5],
    [52, -179.5],
    ...Array.from({ length: 20 }, (_, n): [number, number] => [((n * 37) % 170) - 85, ((n * 101) % 360) - 180]),
  ];
  const events = new Map<string, [number, number]>();
  let campaignId: string;

  beforeAll(async () => {
    const campaign = await a.campaign();
    campaignId = campaign.id;
    for (const [publicLatitude, publicLongitude] of points)
      events.set((await a.event({ campaign, publicLatitude, publicLongitude })).id, [publicLatitude, publicLongitude]);
  });

  // h3-js has a sphere that is 7 metres larger.
  const kmBetween = (one: [number, number], other: [number, number]): number =>
    greatCircleDistance(one, other, "rads") * 6_371;
  const centres: [number, number][] = [
    [90, 77],
    [-90, 0],
    [89.95, -60],
    [0, 180],
    [0, -179.99],
    [52, 179.9],
    [44.98, -93.27],
    [-33, 151],
  ];
  const asked = centres.flatMap((centre) => [0.1, 15, 3_000, 20_000].map((km) => [centre, km] as const));

  test.each(centres)(
    "%d, %d: finds what is near enough and nothing else, the nearest first",
    async (latitude, longitude) => {
      const centre: [number, number] = [latitude, longitude];
      for (const [, km] of asked.filter(([one]) => one[0] === centre[0] && one[1] === centre[1])) {
        const expected = [...events]
          .map(([id, at]) => ({ id, km: kmBetween(centre, at) }))
          .filter((event) => event.km <= km)
          .sort((one, other) => one.km - other.km);
        const { edges } = await find({ campaignId, ...circle(...centre, km) }, { orderBy: "DISTANCE", first: 100 });
        expect(edges.map(({ node }) => node.id).sort()).toEqual(expected.map(({ id }) => id).sort());
        for (const [n, { distanceKm, node }] of edges.entries()) {
          expect(Math.abs(distanceKm! - kmBetween(centre, events.get(node.id)!))).toBeLessThan(0.01);
          expect(Math.abs(distanceKm! - expected[n]!.km)).toBeLessThan(0.01);
        }
      }
    },
  );

  test("pages by distance forwards and backwards to the same list", async () => {
    const filter = { campaignId, ...circle(0, 180, 20_000) };
    const all = await idsIn(filter, { orderBy: "DISTANCE", first: 100 });
    expect(all.length).toBeGreaterThan(25);
    const forwards: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Found = await find(filter, { orderBy: "DISTANCE", first: 7, after });
      forwards.push(...page.edges.map(({ node }) => node.id));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(forwards).toEqual(all);
    expect(await idsIn(filter, { orderBy: "DISTANCE", last: 5 })).toEqual(all.slice(-5));
  });

  test("refuses a cursor of the other order, or of another point", async () => {
    const filter = { campaignId, ...circle(0, 180, 20_000) };
    const { pageInfo } = await find(filter, { orderBy: "DISTANCE", first: 1 });
    const after = pageInfo.endCursor;
    for (const reply of [
      await ask(filter, { orderBy: "TIME", after }),
      await ask({ ...filter, ...circle(0, 179, 20_000) }, { orderBy: "DISTANCE", after }),
    ])
      expect(reply).toMatchObject({ code: "BAD_USER_INPUT", reason: "CURSOR_INVALID" });
  });

  test("orders by time unless told, one document for both, and tells no distance without a point", async () => {
    const campaign = await a.campaign();
    const at = async (publicLatitude: number, hour: number) =>
      (await a.event({ campaign, publicLatitude, publicLongitude: 0, startsAt: new Date(Date.UTC(2026, 0, 23, hour)) }))
        .id;
    const [far, close] = [await at(2, 10), await at(1, 11)];
    const filter = { campaignId: campaign.id, ...circle(0, 0, 500) };
    for (const [orderBy, ids] of [
      ["DISTANCE", [close, far]],
      ["TIME", [far, close]],
      [undefined, [far, close]],
      ["DISTANCE", [close, far]],
    ] as const)
      expect(await idsIn(filter, { orderBy })).toEqual(ids);
    const { edges } = await find({ campaignId: campaign.id });
    expect(edges.map(({ distanceKm }) => distanceKm)).toEqual([null, null]);
  });
});

test("measures from the public point, whoever asks: what is hidden of a place is not found, ordered or measured by", async () => {
  const campaign = await a.campaign();
  const exact = { latitude: 44.9, longitude: -93.5 };
  const host = await a.person();
  const hidden = { campaign, createdByPerson: host, ...exact, locationPrecision: "CITY" as never };
  const [{ id }, city] = [await a.event(hidden), await a.city()];
  const filter = (point: { latitude: number; longitude: number }, km: number) => ({
    campaignId: campaign.id,
    near: { latitude: point.latitude, longitude: point.longitude, withinKm: km },
  });
  for (const person of [undefined, host, await a.staff(campaign)]) {
    const of = async (point: typeof exact, km: number): Promise<Found["edges"]> =>
      (await as(person).run(list, { filter: filter(point, km), orderBy: "DISTANCE" })).data.events.edges;
    expect(await of(exact, 1)).toEqual([]);
    expect(await of(city, 0.1)).toMatchObject([{ node: { id }, distanceKm: 0 }]);
  }
});

test("finds by days on the calendar of each place, the first and the last included", async () => {
  const campaign = await a.campaign();
  const on = async (city: string, startsOn: string, startsAt: string, endsAt: string) => {
    const endsOn = { "night-mn": "2026-01-24" }[city];
    const times = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
    return (await a.event({ campaign, startsOn, ...times, ...(endsOn ? { endsOn } : {}), city: "minneapolis-mn" })).id;
  };
  // From ten in the evening until two, Central Time.
  const night = await on("night-mn", "2026-01-23", "2026-01-24T04:00:00Z", "2026-01-24T08:00:00Z");
  const next = await on("minneapolis-mn", "2026-01-24", "2026-01-24T18:00:00Z", "2026-01-24T20:00:00Z");
  const before = await on("minneapolis-mn", "2026-01-22", "2026-01-23T03:00:00Z", "2026-01-23T05:00:00Z");
  const days = (from?: string, to?: string, more: object = {}) => idsIn({ campaignId: campaign.id, from, to, ...more });
  expect(await days("2026-01-23", "2026-01-23")).toEqual([night]);
  expect(await days("2026-01-24", "2026-01-24")).toEqual([night, next]);
  expect(await days("2026-01-22", "2026-01-23")).toEqual([before, night]);
  expect(await days("2026-01-23")).toEqual([night, next]);
  expect(await days(undefined, "2026-01-22")).toEqual([before]);
  expect(await days("2026-01-25")).toEqual([]);
  expect(await days("2026-01-22", "2026-01-24", { on: "2026-01-23" })).toEqual([night]);
});

test("finds what an organization leads and co-hosts, not what it is only asked to, whoever asks", async () => {
  const campaign = await a.campaign();
  const [organization, hidden] = [await a.organization(), await a.organization({ status: "IN_REVIEW" as never })];
  const led = await a.event({ campaign, host: organization });
  const helped = await a.event({ campaign, host: await a.organization() });
  const asked = await a.event({ campaign, host: await a.organization() });
  const draft = await a.event({ campaign, host: organization, review: "DRAFT" as never });
  await a.coHost(helped, organization);
  await a.invited(asked, organization);
  await a.event({ campaign, host: hidden });
  const filter = { organizationId: organization.id };
  const found = async (person?: Parameters<typeof as>[0], more: object = filter): Promise<string[]> =>
    (await as(person).run(list, { filter: more })).data.events.edges
      .map((edge: Found["edges"][0]) => edge.node.id)
      .sort();
  expect(await found()).toEqual([led.id, helped.id].sort());
  expect(await found(await a.person())).toEqual([led.id, helped.id].sort());
  expect(await found(await a.admin(organization))).toEqual([led.id, helped.id, draft.id].sort());
  expect(await found(undefined, { organizationId: hidden.id })).toEqual([]);
});
