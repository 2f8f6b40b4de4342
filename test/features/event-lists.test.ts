import { fromGlobalId } from "../../src/platform/database/ids.js";
import { openWorld } from "../support/world.js";

const { a, as, server } = openWorld();

type Filter = Record<string, unknown>;

const list = `query($filter: EventFilter, $first: Int, $after: String, $last: Int, $before: String) {
  events(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

const find = async (filter: Filter, page: object = {}) => {
  const reply = await as().run(list, { filter, ...page });
  if (reply.code !== "OK") throw new Error(reply.message);
  return reply.data.events as { edges: { cursor: string; node: { id: string } }[]; pageInfo: Record<string, unknown> };
};
const idsIn = async (filter: Filter, page: object = {}): Promise<string[]> =>
  (await find(filter, page)).edges.map((edge) => edge.node.id);

test.each([
  ["south above north", { within: { west: -94, south: 46, east: -93, north: 44 } }, "filter.within.south"],
  ["a latitude of 90.1", { within: { west: -94, south: 44, east: -93, north: 90.1 } }, "filter.within.north"],
  ["a longitude of 181", { within: { west: -94, south: 44, east: 181, north: 46 } }, "filter.within.east"],
  [
    "a span that ends before it begins",
    { endsAfter: "2026-01-24T00:00:00Z", startsBefore: "2026-01-23T00:00:00Z" },
    "filter.startsBefore",
  ],
])("refuses %s, naming the field", async (_what, filter, path) => {
  const reply = await as().run(list, { filter });
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields[0]!.path).toBe(path);
});

test("refuses a cursor of another filter, a forged one and one of another list", async () => {
  const campaign = await a.campaign();
  await a.event({ campaign });
  const { edges } = await find({ campaignId: campaign.id });
  const cities = await as().run("{ cities(first: 1) { edges { cursor } } }");
  const forged = Buffer.from(
    Buffer.from(edges[0]!.cursor, "base64").toString().replace("2026-01-23", "2026-99-99"),
  ).toString("base64");
  for (const after of [edges[0]!.cursor, cities.data.cities.edges[0].cursor, forged, "nonsense", ""]) {
    const reply = await as().run(list, { filter: { campaignId: campaign.id, region: "MN" }, after });
    expect(reply).toMatchObject({ code: "BAD_USER_INPUT", reason: "CURSOR_INVALID" });
  }
  expect(await as().run(list, { filter: { campaignId: campaign.id }, after: forged })).toMatchObject({
    reason: "CURSOR_INVALID",
  });
});

test("finds by campaign, city, region, type, accessibility and span of time", async () => {
  const campaign = await a.campaign();
  const c = { campaignId: campaign.id };
  const march = (
    await a.event({ campaign, city: "oakland-ca", type: "MARCH" as never, accessibility: "ACCESSIBLE" as never })
  ).id;
  const later = (
    await a.event({ campaign, startsOn: "2026-01-24", startsAt: new Date("2026-01-24T17:00:00Z"), endsAt: null })
  ).id;
  const rally = (await a.event({ campaign })).id;
  expect(await idsIn(c)).toEqual([...[march, rally].sort(), later]);
  expect(await idsIn({ ...c, cityId: (await a.city("oakland-ca")).globalId })).toEqual([march]);
  expect(await idsIn({ ...c, region: "CA" })).toEqual([march]);
  expect(await idsIn({ ...c, types: ["MARCH", "VIGIL"] })).toEqual([march]);
  expect(await idsIn({ ...c, accessibility: ["ACCESSIBLE"] })).toEqual([march]);
  expect(await idsIn({ ...c, endsAfter: "2026-01-23T21:00:00Z" })).toEqual([later]);
  expect(await idsIn({ ...c, startsBefore: "2026-01-24T17:00:00Z" })).toEqual([march, rally].sort());
  expect(await idsIn({ ...c, endsAfter: "2026-01-25T05:59:59Z" })).toEqual([later]);
});

test("finds by a box, its edges included, also across the 180th meridian", async () => {
  const campaign = await a.campaign();
  const at = async (publicLongitude: number, publicLatitude = 10) =>
    (await a.event({ campaign, publicLongitude, publicLatitude })).id;
  const [east, west, zero] = [await at(175), await at(-175), await at(0)];
  const box = async (w: number, s: number, e: number, n: number): Promise<string[]> =>
    (await idsIn({ campaignId: campaign.id, within: { west: w, south: s, east: e, north: n } })).sort();
  expect(await box(170, 0, -160, 20)).toEqual([east, west].sort());
  expect(await box(-160, 0, 170, 20)).toEqual([zero]);
  expect(await box(175, 10, 175, 10)).toEqual([east]);
  expect(await box(-180, -90, 180, 90)).toEqual([east, west, zero].sort());
  expect(await box(-180, 11, 180, 90)).toEqual([]);
});

test("pages forwards and backwards to the same list", async () => {
  const campaign = await a.campaign();
  const filter = { campaignId: campaign.id };
  for (let i = 0; i < 7; i++) await a.event({ campaign });
  const all = await idsIn(filter);
  expect(all).toHaveLength(7);
  const forwards: string[] = [];
  for (let after: unknown, more: unknown = true; more;) {
    const page = await find(filter, { first: 3, after });
    forwards.push(...page.edges.map((edge) => edge.node.id));
    ({ endCursor: after, hasNextPage: more } = page.pageInfo);
  }
  expect(forwards).toEqual(all);
  const backwards: string[] = [];
  for (let before: unknown, more: unknown = true; more;) {
    const page = await find(filter, { last: 3, before });
    backwards.unshift(...page.edges.map((edge) => edge.node.id));
    ({ startCursor: before, hasPreviousPage: more } = page.pageInfo);
  }
  expect(backwards).toEqual(all);
});

test("pages stay right while 500 events come, 100 go and 100 move: what stayed is there once, in order", async () => {
  const campaign = await a.campaign();
  const { db } = server().services;
  const hour = 3_600_000;
  const day = Date.parse("2026-01-23T00:00:00Z");
  // Multiplying by a prime scatters them over the month, each at an hour of its own.
  const at = (n: number): Date => new Date(day + ((n * 271) % 727) * hour);
  const add = async (n: number): Promise<string> => (await a.event({ campaign, startsAt: at(n), endsAt: null })).id;
  const rowOf = (id: string): string => fromGlobalId("Event", id, "id");
  const old: string[] = [];
  for (let n = 0; n < 400; n++) old.push(await add(n));
  const [goes, moves, stays] = [old.slice(0, 100), old.slice(100, 200), old.slice(200)];
  const gone = new Set<string>();

  const seen: string[] = [];
  let [after, more, added] = [undefined as unknown, true, 0];
  while (more) {
    const { edges, pageInfo } = await find({ campaignId: campaign.id }, { first: 20, after });
    for (const { node } of edges) expect(gone).not.toContain(node.id);
    seen.push(...edges.map(({ node }) => node.id));
    ({ hasNextPage: more, endCursor: after } = pageInfo as never);
    for (let n = 0; n < 25 && added < 500; n++) await add(1_000 + added++);
    for (const id of goes.splice(0, 5)) {
      await db.query(`UPDATE events SET record = 'DELETED' WHERE id = $1`, [rowOf(id)]);
      gone.add(id);
    }
    for (const id of moves.splice(0, 5))
      await db.query(
        `UPDATE events SET span_starts_at = $2, starts_at = $2, span_ends_at = $2::timestamptz + interval '1 day', ends_at = NULL WHERE id = $1`,
        [rowOf(id), at(5_000 + moves.length)],
      );
  }
  expect([added, goes, moves]).toEqual([500, [], []]);
  expect(seen.filter((id) => stays.includes(id)).sort()).toEqual([...stays].sort());
  const moved = new Set(old.slice(100, 200));
  const unmoved = seen.filter((id) => !moved.has(id));
  expect(new Set(unmoved).size).toBe(unmoved.length);
  const starts: { id: string; start: string }[] = await db.query(
    `SELECT 'event_' || replace(id::text, '-', '') AS id, span_starts_at::text AS start FROM events WHERE campaign_id = $1`,
    [fromGlobalId("Campaign", campaign.id, "id")],
  );
  const startOf = new Map(starts.map(({ id, start }) => [id, start]));
  const order = unmoved.map((id) => `${startOf.get(id)} ${id}`);
  expect(order).toEqual([...order].sort());
});

test("answers an empty list with an empty page", async () => {
  const campaign = await a.campaign();
  expect(await find({ campaignId: campaign.id })).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});

test("answers parts of a page alone, under other names, and through fragments", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  await a.shift({ event });
  await a.shift({ event });
  const ask = `query($id: ID!, $no: Boolean!) {
    e: event(id: $id) {
      counted: shifts { __typename totalCount }
      first: shifts(first: 1) { ...Page }
      last: shifts(last: 1) { ...Page edges { cursor } }
      left: title @include(if: $no)
    } }
    fragment Page on ShiftConnection { n: nodes { is: __typename event { id } } pageInfo { hasNextPage before: hasPreviousPage } }`;
  const node = { is: "Shift", event: { id: event.id } };
  expect((await as().run(ask, { id: event.id, no: false })).data.e).toEqual({
    counted: { __typename: "ShiftConnection", totalCount: 2 },
    first: { n: [node], pageInfo: { hasNextPage: true, before: false } },
    last: {
      n: [node],
      pageInfo: { hasNextPage: false, before: true },
      edges: [{ cursor: expect.any(String) as string }],
    },
  });
});

test("answers the same whether PostgreSQL's JSON is sent through or executed", async () => {
  const campaign = await a.campaign();
  await a.event({ campaign });
  const fields = `{ edges { cursor node { id title type startsAt startsOn endsAt phase location { venue addressLines latitude } city { name population } hosts { role } turnout { low reporting } } } pageInfo { hasNextPage endCursor } }`;
  const ask = (extra: string) =>
    as().run(`query($id: ID!) { events(filter: { campaignId: $id }) ${fields} ${extra} }`, { id: campaign.id });
  const [through, executed] = [await ask(""), await ask("node(id: $id) { id }")];
  expect(executed.data).toEqual({ ...through.data, node: { id: campaign.id } });
});
