import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { send } from "./client.js";
import type { Box } from "./maps.js";
import type { Caller, Person } from "./world.js";

export type Point = [longitude: number, latitude: number];
export interface Circle {
  latitude: number;
  longitude: number;
  withinKm: number;
}

/** Who asks, for a campaign's only event, through which doors; each asked a few things at once. */
export interface Asker {
  url: string;
  caller: Caller;
  person: Person | undefined;
  campaign: { id: string; slug: string };
}

/** A way to ask whether the event is in each of some areas. */
export interface Door<Area> {
  atOnce: number;
  has: (areas: Area[]) => Promise<boolean[]>;
}

const aliases = (count: number, field: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => field(n)).join("\n");

interface Cluster {
  latitude: number;
  longitude: number;
  bounds: Box;
}

/** Doors of one asker, who counts what they send. */
export function doorsOf({ url, caller, person, campaign: { id: c, slug } }: Asker) {
  const counted = { sent: 0 };
  const headers: Record<string, string> = person ? { authorization: `Bearer ${person.token}` } : {};

  /** One document that asks the same of several areas. */
  async function run(type: string, areas: object[], field: (n: number) => string) {
    counted.sent += areas.length;
    const declared = areas.map((_, n) => `$b${n}: ${type}!`).join();
    const query = `query ($c: ID!, ${declared}) { ${aliases(areas.length, field)} }`;
    const variables = Object.fromEntries(areas.map((area, n) => [`b${n}`, area]));
    const { data, message } = await caller.run(query, { c, ...variables });
    if (!data) throw new Error(message);
    return areas.map((_, n) => data[`p${n}`]);
  }
  async function get(path: string) {
    counted.sent++;
    const found = await send(url + path, "GET", headers);
    if (found.status !== 200) throw new Error(`${found.status} ${found.text}`);
    return found;
  }
  const features = async (query: string): Promise<{ geometry: { coordinates: Point } }[]> =>
    JSON.parse((await get(`/events.geojson?campaign=${slug}&fields=id${query}`)).text).features;
  const each =
    <Area>(query: (area: Area) => string) =>
    (areas: Area[]) =>
      Promise.all(areas.map(async (area) => (await features(query(area))).length > 0));
  const listed = (name: string) => (n: number) =>
    `p${n}: events(filter: { campaignId: $c, ${name}: $b${n} }, first: 1) { nodes { id } }`;
  const clustered = (n: number) =>
    `p${n}: eventClusters(within: $b${n}, zoom: 20, filter: { campaignId: $c }) { latitude longitude bounds { west south east north } }`;

  const boxes: Record<string, Door<Box>> = {
    events: {
      // A box of the whole world costs a tenth of what an operation may.
      atOnce: 9,
      has: async (areas) => (await run("BoundingBox", areas, listed("within"))).map(({ nodes }) => nodes.length > 0),
    },
    eventClusters: {
      atOnce: 5,
      has: async (areas) => (await run("BoundingBox", areas, clustered)).map(({ length }) => length > 0),
    },
    "/events.geojson": {
      atOnce: 2,
      has: each(({ west, south, east, north }) => `&bbox=${[west, south, east, north].join()}`),
    },
  };
  const circles: Record<string, Door<Circle>> = {
    events: {
      atOnce: 5,
      has: async (areas) => (await run("NearPoint", areas, listed("near"))).map(({ nodes }) => nodes.length > 0),
    },
    "/events.geojson": {
      atOnce: 2,
      has: each(({ latitude, longitude, withinKm }) => `&near=${latitude},${longitude}&within=${withinKm}`),
    },
  };
  return {
    counted,
    boxes,
    circles,
    get,
    /** How far the event is said to be from the middle of each circle. */
    distances: async (areas: Circle[]): Promise<(number | undefined)[]> => {
      const field = (n: number) =>
        `p${n}: events(filter: { campaignId: $c, near: $b${n} }, orderBy: DISTANCE, first: 1) { edges { distanceKm } }`;
      return (await run("NearPoint", areas, field)).map(({ edges }) => edges[0]?.distanceKm);
    },
    /** Where it is said to be. */
    points: async (box: Box): Promise<Point[]> => {
      const [[{ latitude, longitude, bounds }]] = (await run("BoundingBox", [box], clustered)) as [[Cluster]];
      const { west, south, east, north } = bounds;
      const [{ geometry }] = (await features("")) as [{ geometry: { coordinates: Point } }];
      return [[longitude, latitude], [west, south], [east, north], geometry.coordinates];
    },
    /** The pixel of a tile that the event is at, if it is in it. */
    pixel: async (place: string): Promise<{ x: number; y: number } | undefined> => {
      counted.sent++;
      const reply = await fetch(`${url}/tiles/${place}.mvt?campaign=${slug}`, { headers });
      const { layers } = new VectorTile(new PbfReader(new Uint8Array(await reply.arrayBuffer())));
      return layers["events"]?.feature(0).loadGeometry()[0]![0];
    },
  };
}

/** So few digits that a query string holds the same number. */
const written = (value: number): number => Number(value.toFixed(12));

/** Cuts the world into ever smaller boxes around the event, as far as numbers go. */
export async function huntByBoxes({ atOnce, has }: Door<Box>): Promise<Box> {
  let box: Box = { west: -180, east: 180, south: -90, north: 90 };
  for (const [low, high] of [
    ["west", "east"],
    ["south", "north"],
  ] as const)
    while (box[high] - box[low] > 1e-9) {
      const edge = (n: number): number =>
        n === atOnce ? box[high] : written(box[low] + ((box[high] - box[low]) * n) / atOnce);
      const parts = Array.from({ length: atOnce }, (_, n) => ({ ...box, [low]: edge(n), [high]: edge(n + 1) }));
      box = parts[(await has(parts)).indexOf(true)]!;
    }
  return box;
}

/** How far the event is from a point, by ever smaller circles; in kilometres. */
export async function huntByCircles({ atOnce, has }: Door<Circle>, [longitude, latitude]: Point): Promise<number> {
  let [least, most] = [0.1, 500];
  while (most - least > 1e-7) {
    const radius = (n: number): number => written(least + ((most - least) * n) / atOnce);
    const found = await has(
      Array.from({ length: atOnce }, (_, n) => ({ latitude, longitude, withinKm: radius(n + 1) })),
    );
    const first = found.indexOf(true);
    [least, most] = [radius(first), radius(first + 1)];
  }
  return most;
}

/** The finest tile that the event is in, and where in it; at each zoom it is in one of the four. */
export async function huntByTiles({ pixel }: Pick<ReturnType<typeof doorsOf>, "pixel">) {
  let [x, y] = [0, 0];
  let at: { x: number; y: number } | undefined;
  for (let z = 1; z <= 20; z++) {
    const places = [0, 1, 2, 3].map((n): [number, number] => [2 * x + (n % 2), 2 * y + (n >> 1)]);
    const found = await Promise.all(places.map((place) => pixel([z, ...place].join("/"))));
    expect(found.filter((one) => one !== undefined)).toHaveLength(1);
    const which = found.findIndex((one) => one !== undefined);
    [[x, y], at] = [places[which]!, found[which]!];
  }
  return [x + at!.x / 4096, y + at!.y / 4096].map((n) => Math.floor(n * 4096));
}

/** The pixel of a point in the finest tiles. */
export function pixelOf([longitude, latitude]: Point): number[] {
  const south = (1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2;
  return [(longitude + 180) / 360, south].map((part) => Math.floor(part * 2 ** 20 * 4096));
}

/** Along a great circle, on the sphere that `NearPoint` tells of. */
export function kmBetween([east, north]: Point, [otherEast, otherNorth]: Point): number {
  const sine = (degrees: number): number => Math.sin((degrees * Math.PI) / 360) ** 2;
  const cosine = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
  const half = sine(north - otherNorth) + cosine(north) * cosine(otherNorth) * sine(east - otherEast);
  return 2 * 6_371 * Math.asin(Math.sqrt(half));
}

const random = (): number => Math.random() * 2 - 1;
/** A box of any size that has the point somewhere in it, or a little beside it. */
export function boxNear([longitude, latitude]: Point): Box {
  const size = 10 ** (-6 * Math.random()) / 2;
  const [lng, lat] = [longitude + random() * size * 1.2, latitude + random() * size * 1.2];
  return {
    west: written(lng - size),
    east: written(lng + size),
    south: written(lat - size),
    north: written(lat + size),
  };
}
export const holds = (box: Box, [lng, lat]: Point): boolean =>
  box.west <= lng && lng <= box.east && box.south <= lat && lat <= box.north;
