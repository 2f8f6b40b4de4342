import type { BoundingBox } from "../events/index.js";
import { columnOf, levels, rowOf } from "./grid.js";

/** How a cell lies to an area. */
export enum Relation {
  OUTSIDE,
  PARTLY,
  INSIDE,
}

interface Part {
  box: BoundingBox;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * A box on the map, edges included as in the filter of events: one that crosses the 180th meridian is two parts, and one
 * that ends there holds the points on its other side too.
 */
export class Area {
  readonly #parts: Part[];

  constructor({ west, south, east, north }: BoundingBox) {
    const part = (from: number, to: number): BoundingBox => ({ west: from, south, east: to, north });
    const other = east === 180 ? -180 : 180;
    const boxes = west <= east ? [part(west, east)] : [part(west, 180), part(-180, east)];
    if (west <= east && (west === -180) !== (east === 180)) boxes.push(part(other, other));
    this.#parts = boxes.map((box) => ({
      box,
      left: columnOf(box.west),
      right: columnOf(box.east),
      top: rowOf(box.north),
      bottom: rowOf(box.south),
    }));
  }

  has = (longitude: number, latitude: number): boolean =>
    this.#parts.some(
      ({ box }) => longitude >= box.west && longitude <= box.east && latitude >= box.south && latitude <= box.north,
    );

  /**
   * A cell of a level by its column and row. INSIDE and OUTSIDE are said only where rounding cannot make them wrong: a
   * cell that touches an edge is PARTLY inside.
   */
  relationTo(level: number, column: number, row: number): Relation {
    const wide = 2 ** (levels - level);
    const [left, top] = [column * wide, row * wide];
    const [right, bottom] = [left + wide - 1, top + wide - 1];
    const outside = this.#parts.every(
      (part) => right < part.left || left > part.right || bottom < part.top - 1 || top > part.bottom + 1,
    );
    if (outside) return Relation.OUTSIDE;
    const inside = this.#parts.some(
      (part) => left > part.left && right < part.right && top > part.top + 1 && bottom < part.bottom - 1,
    );
    return inside ? Relation.INSIDE : Relation.PARTLY;
  }
}
