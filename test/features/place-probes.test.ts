import { place, publisher } from "../support/places.js";
import { openWorld, type Caller, type Person } from "../support/world.js";

const { a, as } = openWorld();
const publish = publisher({ a, as });

const people = {} as Record<"host" | "attendee" | "stranger", Person>;
beforeAll(async () => {
  for (const name of ["host", "attendee", "stranger"] as const) people[name] = await a.person();
});

describe("5,000 boxes on the map", () => {
  interface Box {
    west: number;
    east: number;
    south: number;
    north: number;
  }
  const at = 20;
  const query = `query ($c: ID!, ${Array.from({ length: at }, (_, n) => `$b${n}: BoundingBox`).join()}) {
    ${Array.from({ length: at }, (_, n) => `p${n}: events(filter: { campaignId: $c, within: $b${n} }, first: 1) { nodes { id } }`).join("\n")} }`;

  /** Whether each of 20 boxes finds the campaign's only event. */
  async function probe(caller: Caller, c: string, boxes: Box[]): Promise<boolean[]> {
    const variables = Object.fromEntries(boxes.map((box, n) => [`b${n}`, box]));
    const { data } = await caller.run(query, { c, ...variables });
    return boxes.map((_box, n) => data[`p${n}`].nodes.length > 0);
  }

  const strips = (box: Box, low: "west" | "south", high: "east" | "north"): Box[] => {
    const edge = (n: number): number => (n === at ? box[high] : box[low] + ((box[high] - box[low]) * n) / at);
    return Array.from({ length: at }, (_, n) => ({ ...box, [low]: edge(n), [high]: edge(n + 1) }));
  };

  /** Cuts the world into ever smaller boxes around the event, as far as numbers go. */
  async function hunt(caller: Caller, c: string): Promise<Box> {
    let box: Box = { west: -180, east: 180, south: -90, north: 90 };
    for (const [low, high] of [
      ["west", "east"],
      ["south", "north"],
    ] as const)
      while (box[high] - box[low] > 1e-9) {
        const parts = strips(box, low, high);
        const found = (await probe(caller, c, parts)).indexOf(true);
        box = parts[found]!;
      }
    return box;
  }

  const random = (): number => Math.random() * 2 - 1;
  /** A box of any size that has the point somewhere in it, or a little beside it. */
  function near([longitude, latitude]: [number, number]): Box {
    const size = 10 ** (-6 * Math.random()) / 2;
    const [lng, lat] = [longitude + random() * size * 1.2, latitude + random() * size * 1.2];
    return { west: lng - size, east: lng + size, south: lat - size, north: lat + size };
  }
  const holds = (box: Box, [lng, lat]: [number, number]): boolean =>
    box.west <= lng && lng <= box.east && box.south <= lat && lat <= box.north;

  test.each([
    ["APPROXIMATE", "nobody"],
    ["APPROXIMATE", "attendee"],
    ["CITY", "stranger"],
    ["CITY", "host"],
  ] as const)("of a place shown as %s lead %s to the public point, and answer for no other", async (precision, who) => {
    const of = await a.campaign();
    const { input } = place();
    const given = { ...input, locationPrecision: precision, exactAfterRsvp: true };
    const id = await publish(people.host, await a.staff(of), of.id, given);
    await a.confirmedRsvp({ id, slug: "" }, people.attendee);
    const ask = `query($id: ID!) { event(id: $id) { location { latitude longitude } } }`;
    const { location } = (await as().run(ask, { id })).data.event;
    const shown: [number, number] = [location.longitude, location.latitude];
    const exact: [number, number] = [input.longitude, input.latitude];
    const caller = as(who === "nobody" ? undefined : people[who]);

    const end = await hunt(caller, of.id);
    expect(holds(end, shown)).toBe(true);
    expect(holds(end, exact)).toBe(false);
    for (let sent = 18 * at; sent < 1_250; sent += at) {
      const boxes = Array.from({ length: at }, (_, n) => near(n % 4 === 0 ? shown : exact));
      expect(await probe(caller, of.id, boxes)).toEqual(boxes.map((box) => holds(box, shown)));
    }
  });

  test.each(["UNLISTED", "PRIVATE"])("find no event that is %s", async (visibility) => {
    const of = await a.campaign();
    const { input } = place();
    await publish(people.host, await a.staff(of), of.id, { ...input, visibility });
    const boxes = Array.from({ length: at }, () => near([input.longitude, input.latitude]));
    for (const caller of [as(), as(people.stranger)])
      expect(await probe(caller, of.id, boxes)).toEqual(boxes.map(() => false));
  });
});
