import { VectorTile } from "@mapbox/vector-tile";
import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  constantFrom,
  double,
  nat,
  oneof,
  option,
  record,
  tuple,
} from "fast-check";
import { PbfReader } from "pbf";
import { Area } from "../../src/features/map/area.js";
import { cellsIn } from "../../src/features/map/cells.js";
import { Chunk } from "../../src/features/map/chunk.js";
import type { MapPoint } from "../../src/features/map/point.js";
import { Points } from "../../src/features/map/points.js";
import type { Sum } from "../../src/features/map/sum.js";
import { tileOf } from "../../src/features/map/tile.js";

const kind = { type: "RALLY", occurrence: "SCHEDULED", startsOn: "2026-01-23" } as MapPoint["kind"];
const idOf = (n: number): string => `${n.toString(16).padStart(8, "0")}-0000-4000-8000-00000000000f`;

// Edges of the world, of the map and of cells, and places that many share.
const longitudes = oneof(
  double({ min: -180, max: 180, noNaN: true }),
  constantFrom(-180, -90, 0, 45, 180, -93.26384, -93.3),
);
const latitudes = oneof(
  double({ min: -90, max: 90, noNaN: true }),
  constantFrom(-90, -85.06, 0, 66.51326044311186, 85.06, 90, 44.97997, 45),
);
const places = record({ longitude: longitudes, latitude: latitudes });
const drawn = record({
  place: places,
  turnout: option(tuple(nat(5_000), nat(900))),
  openPlaces: nat(60),
  changesAt: constantFrom(Infinity, 1_000, 2_000),
});
type Drawn = typeof drawn extends Arbitrary<infer T> ? T : never;
const pointOf = ({ place, turnout, openPlaces, changesAt }: Drawn, n: number): MapPoint => ({
  ...place,
  id: idOf(n),
  title: `Rally ${n}`,
  kind,
  low: turnout && turnout[0],
  high: turnout && turnout[0] + turnout[1],
  openPlaces,
  changesAt,
});
const pointLists = array(drawn, { maxLength: 120 }).map((list) => list.map(pointOf));
const boxes = record({ one: places, other: places }).map(({ one, other }) => ({
  west: one.longitude,
  east: other.longitude,
  south: Math.min(one.latitude, other.latitude),
  north: Math.max(one.latitude, other.latitude),
}));
type Box = typeof boxes extends Arbitrary<infer T> ? T : never;

const built = (points: MapPoint[], size = 50): Promise<Points> =>
  Points.build(
    Array.from(
      { length: Math.ceil(points.length / size) },
      (_, n) => new Chunk(points.slice(n * size, (n + 1) * size)),
    ),
  );
const isBetween = ({ west, east }: Box, longitude: number): boolean =>
  west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
/** The 180th meridian is the same from either side. */
const isWithin = (box: Box, { longitude, latitude }: MapPoint): boolean =>
  latitude >= box.south &&
  latitude <= box.north &&
  (isBetween(box, longitude) || (Math.abs(longitude) === 180 && isBetween(box, -longitude)));
const sumOf = (numbers: (number | null)[]): number => numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);
const totals = (parts: (Sum | MapPoint)[]) => ({
  count: sumOf(parts.map((part) => ("count" in part ? part.count : 1))),
  low: sumOf(parts.map(({ low }) => low)),
  high: sumOf(parts.map(({ high }) => high)),
  reporting: sumOf(parts.map((part) => ("reporting" in part ? part.reporting : Number(part.low !== null)))),
  openPlaces: sumOf(parts.map(({ openPlaces }) => openPlaces)),
});
const all: Box = { west: -180, east: 180, south: -90, north: 90 };
const idsIn = (points: Points): string[] =>
  points.filter(points.start, points.end, () => true).map((place) => points.at(place).id);

test("counts each point of a box once, whatever the zoom, and adds up what is known of them", async () => {
  await assert(
    asyncProperty(pointLists, boxes, nat(23), async (points, box, level) => {
      const sums = [...cellsIn(await built(points), new Area(box), level)];
      expect(totals(sums)).toEqual(totals(points.filter((point) => isWithin(box, point))));
      for (const sum of sums) expect(sum.count).toBeGreaterThan(0);
    }),
  );
});

test("puts the mean of points within their bounds, and one alone exactly where it is", async () => {
  await assert(
    asyncProperty(pointLists, boxes, nat(23), async (points, box, level) => {
      for (const sum of cellsIn(await built(points), new Area(box), level)) {
        const [west, south, east, north] = sum.extent;
        expect(sum.longitude).toBeGreaterThanOrEqual(west - 1e-8);
        expect(sum.longitude).toBeLessThanOrEqual(east + 1e-8);
        expect(sum.latitude).toBeGreaterThanOrEqual(south - 1e-8);
        expect(sum.latitude).toBeLessThanOrEqual(north + 1e-8);
        if (sum.count > 1) expect(sum.only).toBeNull();
        else expect(points[Number.parseInt(sum.only!.id.slice(0, 8), 16)]).toEqual(sum.only);
        if (sum.count === 1) expect([sum.only!.longitude, sum.only!.latitude]).toEqual([west, north]);
      }
    }),
  );
});

test("has after changes what it would have if it were built then", async () => {
  const steps = array(tuple(array(nat(150), { maxLength: 20 }), array(drawn, { maxLength: 20 })));
  await assert(
    asyncProperty(pointLists, steps, boxes, async (first, changes, box) => {
      const points = await built(first);
      const now = new Map(first.map((point) => [point.id, point]));
      for (const [numbers, becoming] of changes) {
        const ids = [...new Set(numbers)].map(idOf);
        const rows = becoming.slice(0, ids.length).map((one, n) => ({ ...pointOf(one, 0), id: ids[n]! }));
        points.update(ids, rows);
        for (const id of ids) now.delete(id);
        for (const row of rows) now.set(row.id, row);
      }
      const present = [...now.values()];
      expect(points.size).toBe(present.length);
      expect(idsIn(points).sort()).toEqual([...now.keys()].sort());
      expect(totals([...cellsIn(points, new Area(box), 8)])).toEqual(totals(present.filter((p) => isWithin(box, p))));
      expect(points.changesAt).toBe(Math.min(Infinity, ...present.map(({ changesAt }) => changesAt)));
      expect(points.changedBy(1_000).sort()).toEqual(
        present.flatMap(({ id, changesAt }) => (changesAt <= 1_000 ? [id] : [])).sort(),
      );
    }),
  );
});

test("shows each point in one tile of a zoom, as another reader of tiles understands it", async () => {
  await assert(
    asyncProperty(pointLists, nat(4), async (points, z) => {
      const index = await built(points);
      const found: Record<string, unknown>[] = [];
      for (let x = 0; x < 2 ** z; x++)
        for (let y = 0; y < 2 ** z; y++) {
          const layer = new VectorTile(new PbfReader(tileOf(index, { z, x, y }))).layers["events"];
          for (let n = 0; n < (layer?.length ?? 0); n++) {
            const feature = layer!.feature(n);
            const [[point]] = feature.loadGeometry() as unknown as [[{ x: number; y: number }]];
            for (const side of [point.x, point.y]) expect(side >= 0 && side < layer!.extent).toBe(true);
            found.push(feature.properties);
          }
        }
      const sums = found.map((tags) => ({ low: null, high: null, ...tags })) as never as Sum[];
      expect(totals(sums)).toEqual(totals(points));
    }),
    { numRuns: 30 },
  );
});

test("tells of one event alone what it is", async () => {
  const [longitude, latitude] = [-93.26384, 44.97997];
  const point: MapPoint = {
    id: idOf(7),
    longitude,
    latitude,
    title: "Marsch für alle ✊",
    kind,
    low: 900,
    high: 1_200,
    openPlaces: 4,
    changesAt: Infinity,
  };
  const tile = tileOf(await built([point]), { z: 10, x: 246, y: 368 });
  const feature = new VectorTile(new PbfReader(tile)).layers["events"]!.feature(0);
  expect(feature.properties).toEqual({
    count: 1,
    id: `event_${idOf(7).replaceAll("-", "")}`,
    title: "Marsch für alle ✊",
    type: "RALLY",
    occurrence: "SCHEDULED",
    startsOn: "2026-01-23",
    low: 900,
    high: 1_200,
    reporting: 1,
    openPlaces: 4,
  });
  const [x, y] = (feature.toGeoJSON(246, 368, 10).geometry as unknown as { coordinates: [number, number] }).coordinates;
  expect([Math.abs(x - longitude) < 1e-4, Math.abs(y - latitude) < 1e-4]).toEqual([true, true]);
});

test("cuts chunks that grow, and forgets those that are empty", async () => {
  const many = Array.from({ length: 3_000 }, (_, n) =>
    pointOf(
      {
        place: { longitude: (n % 360) - 180, latitude: (n % 170) - 85 },
        turnout: null,
        openPlaces: 1,
        changesAt: Infinity,
      },
      n,
    ),
  );
  const points = await built([]);
  points.update([], many);
  expect([points.size, [...cellsIn(points, new Area(all), 0)][0]!.openPlaces]).toEqual([3_000, 3_000]);
  points.update(
    many.map(({ id }) => id),
    [],
  );
  expect([points.size, [...cellsIn(points, new Area(all), 0)]]).toEqual([0, []]);
});
