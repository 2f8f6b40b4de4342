import { overPost } from "../support/wire.js";
import { openWorld } from "../support/world.js";
import { send } from "../support/client.js";

const { url } = openWorld({ RATE_ANONYMOUS: "600000", TRUST_PROXY: "1" });

let hosts = 0;
const newcomer = () => ({ "x-forwarded-for": `198.51.100.${++hosts}` });

const query = `query($filter: EventFilter, $orderBy: EventOrder) {
  events(filter: $filter, orderBy: $orderBy, first: 1) { nodes { id } } }`;
type Cost = { extensions?: { cost: { requested: number } } };
async function priceOf(variables: object): Promise<number> {
  const { body } = await overPost(url(), { query, variables }, newcomer());
  return (body as Cost).extensions!.cost.requested;
}
const circle = (withinKm: number) => ({ near: { latitude: 44.98, longitude: -93.27, withinKm } });
const box = (west: number, south: number, east: number, north: number) => ({ within: { west, south, east, north } });

/** What a filter costs beside the same list without it, once the text was read. */
async function more(filter: object, orderBy?: string): Promise<number> {
  await priceOf({});
  return (await priceOf({ filter, orderBy })) - (await priceOf({}));
}

test.each([
  ["a circle by its radius", circle(25), 5],
  ["the smallest circle", circle(0.1), 1],
  ["a circle around the globe", circle(20_000), 1_000],
  ["a city's box by its side", box(-93.5, 44.5, -93, 45), 10],
  ["a box across the 180th meridian", box(179, -1, -179, 0), 40],
  ["the whole world", box(-180, -90, 180, 90), 1_000],
  ["one word", { search: "minneapolis" }, 50],
  ["each word beyond the first", { search: "rally xx" }, 550],
  ["so many words that each could be anywhere", { search: "a b c d e f g h i j k l m n" }, 2_000],
  ["types that nobody may have", { types: ["VIGIL"], languages: ["xx"] }, 500],
  ["a span of days", { from: "2026-01-23", to: "2026-01-24" }, 200],
  ["several of these", { ...circle(100), types: ["VIGIL"], endsAfter: "2026-01-23T12:00:00Z" }, 720],
  ["what an index finds", { region: "MN", identifier: "mobilize:1" }, 0],
  ["nothing", {}, 0],
  ["conditions that are null", { near: null, search: null, types: null }, 0],
])("a list costs more for %s, before anything is read", async (_what, filter, price) => {
  expect(await more(filter)).toBe(price);
});

test("the nearest first cost as much as those in time", async () => {
  expect(await more(circle(20_000), "DISTANCE")).toBe(1_000);
});

test("so many lists of the whole globe in one operation are too much", async () => {
  const each = (n: number): string => `a${n}: events(filter: $filter, first: 1) { nodes { id } }`;
  const many = `query($filter: EventFilter) { ${Array.from({ length: 11 }, (_, n) => each(n)).join(" ")} }`;
  const { code, reason } = await overPost(url(), { query: many, variables: { filter: circle(20_000) } }, newcomer());
  expect([code, reason]).toEqual(["QUERY_TOO_LARGE", "TOO_COSTLY"]);
});

/** What an address has left after a feed, by the cheap call that comes after it. */
async function spentBy(path: string, headers: Record<string, string>): Promise<number> {
  const level = async (): Promise<number> => {
    const { headers: told } = await send(`${url()}/events.geojson?limit=1`, "GET", headers);
    return Number(/r=(\d+)/.exec(String(told["ratelimit"]))![1]);
  };
  await level();
  const before = await level();
  await send(url() + path, "GET", headers);
  return before - (await level());
}

test("a feed costs what its filter does when it is read anew, and ten when it is held", async () => {
  const path = "/events.geojson?near=44.98,-93.27&within=20000&q=rally%20xx";
  const spent = [await spentBy(path, newcomer()), await spentBy(path, newcomer())];
  expect(spent).toEqual([1_550 + 20, 20]);
});
