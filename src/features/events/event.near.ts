import type { Args, OrderKey, Sql } from "../../platform/reading/shape.js";
import type { BoundingBox, NearPoint } from "./filter.inputs.js";

type Corners = [west: number, south: number, east: number, north: number];
type Boxes = [Corners, Corners];

const asBox = ([west, south, east, north]: Corners): string => `(${west},${south}),(${east},${north})`;
const nowhere: Corners = [999, 999, 999, 999];

/** A box that crosses the 180th meridian is two. One that ends there holds the points on its other side too. */
function boxesOf({ west, south, east, north }: BoundingBox): Boxes {
  const first: Corners = [west, south, west <= east ? east : 180, north];
  if (west > east) return [first, [-180, south, east, north]];
  if (east === 180) return [first, [-180, south, -180, north]];
  return [first, west === -180 ? [180, south, 180, north] : nowhere];
}

const earthKm = 6_371;
const degrees = (radians: number): number => (radians * 180) / Math.PI;
const radians = (value: number): number => (value * Math.PI) / 180;
/** So much wider, in degrees, that rounding leaves out nothing. */
const margin = 1e-6;

/** The smallest boxes that a circle is in: all around the globe where a pole is in it. */
function boxesAround({ latitude, longitude, withinKm }: NearPoint): Boxes {
  const angle = withinKm / earthKm;
  const high = degrees(angle) + margin;
  const [south, north] = [Math.max(latitude - high, -90), Math.min(latitude + high, 90)];
  if (south === -90 || north === 90) return [[-180, south, 180, north], nowhere];
  const wide = degrees(Math.asin(Math.sin(angle) / Math.cos(radians(latitude)))) + margin;
  const [west, east] = [longitude - wide, longitude + wide];
  if (west < -180)
    return [
      [west + 360, south, 180, north],
      [-180, south, east, north],
    ];
  if (east > 180)
    return [
      [west, south, 180, north],
      [-180, south, east - 360, north],
    ];
  return [[west, south, east, north], nowhere];
}

/** SQL: the public point is in one of two boxes. Two conditions let the index serve both. */
function inBoxes(row: string, args: Args, boxes: (value: (path: string) => unknown) => Boxes): Sql {
  const part = (index: 0 | 1): Sql => args.bindAs((value) => asBox(boxes(value)[index]), "text::box");
  const point = `point(${row}.public_longitude, ${row}.public_latitude)`;
  return `(${point} <@ ${part(0)} OR ${point} <@ ${part(1)})`;
}

/** SQL: the public point is in the box. */
export const within = (row: string, args: Args): Sql =>
  inBoxes(row, args, (value) => boxesOf(value("filter.within") as BoundingBox));

/** SQL: the public point is in the circle. The boxes are for the index, the distance is what counts. */
export const near = (row: string, args: Args): Sql =>
  `(${inBoxes(row, args, (value) => boxesAround(value("filter.near") as NearPoint))}
    AND ${distance(args)(row)} <= ${args.bind("filter.near.withinKm", "float8")})`;

/** SQL: kilometres from the point of the filter along a great circle, by the haversine formula. */
export function distance(args: Args): (row: string) => Sql {
  const [north, east] = [args.bind("filter.near.latitude", "float8"), args.bind("filter.near.longitude", "float8")];
  return (row) => `(${2 * earthKm} * asin(sqrt(least(1,
    sin(radians(${row}.public_latitude - ${north}) / 2) ^ 2 + cos(radians(${row}.public_latitude)) * cos(radians(${north}))
      * sin(radians(${row}.public_longitude - ${east}) / 2) ^ 2))))`;
}

export const byDistance = (_scope: unknown, args: Args): OrderKey[] => [{ sql: distance(args), type: "float8" }];
