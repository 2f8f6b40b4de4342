import { type Area, Relation } from "./area.js";
import { keyOf, levels, stretchOf } from "./grid.js";
import type { Place, Points } from "./points.js";
import { Sum } from "./sum.js";

/** The cells in which events are counted together are an eighth of a tile's side. */
export const cellLevels = 3;
/** So few are looked at one by one. */
const few = 32;

/** The sums of a stretch by the cells of a level; each is a stretch of its own, so that empty ones are passed over. */
export function* cellsOf(points: Points, level: number, from: Place, to: Place): Generator<Sum> {
  const stretch = stretchOf(level);
  for (let at = from; at < to;) {
    const end = Math.min(to, points.seek((Math.floor(points.keyAt(at) / stretch) + 1) * stretch));
    const sum = new Sum(points);
    sum.add(at, end);
    yield sum;
    at = end;
  }
}

/** A tile, or any cell, by its level, column and row: the stretch of its points. */
export function stretchAt(points: Points, level: number, column: number, row: number): [from: Place, to: Place] {
  const wide = 2 ** (levels - level);
  const key = keyOf(column * wide, row * wide);
  return [points.seek(key), points.seek(key + stretchOf(level))];
}

/** The sums of an area by the cells of a level, each point once; a cell at its edge counts what is inside. */
export function* cellsIn(points: Points, area: Area, level: number, [at, column, row] = [0, 0, 0]): Generator<Sum> {
  const [from, to] = stretchAt(points, at, column, row);
  const relation = from === to ? Relation.OUTSIDE : area.relationTo(at, column, row);
  if (relation === Relation.OUTSIDE) return;
  if (relation === Relation.INSIDE) yield* cellsOf(points, level, from, to);
  else if (at === level) {
    const sum = new Sum(points);
    addInside(sum, area, [at, column, row]);
    if (sum.count > 0) yield sum;
  } else for (const [x, y] of quarters) yield* cellsIn(points, area, level, [at + 1, 2 * column + x, 2 * row + y]);
}

const quarters = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

/** Adds to a sum what of a cell is inside the area. */
function addInside(sum: Sum, area: Area, [at, column, row]: [number, number, number]): void {
  const { points } = sum;
  const [from, to] = stretchAt(points, at, column, row);
  const relation = from === to ? Relation.OUTSIDE : area.relationTo(at, column, row);
  if (relation === Relation.OUTSIDE) return;
  if (relation === Relation.INSIDE) sum.add(from, to);
  else if (at === levels || points.count(from, to) <= few)
    for (const place of points.filter(from, to, area.has)) sum.add(place, points.after(place));
  else for (const [x, y] of quarters) addInside(sum, area, [at + 1, 2 * column + x, 2 * row + y]);
}
