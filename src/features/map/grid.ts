/** The finest grid: so many columns and rows of it cover the map in Web Mercator, each column 0.6 m wide at the equator. */
export const levels = 26;
const side = 2 ** levels;
const half = levels / 2;
const low = 2 ** half - 1;

const onGrid = (part: number): number => Math.min(side - 1, Math.max(0, Math.floor(part * side)));

/** How far east a longitude is on the map, from 0 to 1. */
export const eastOf = (longitude: number): number => (longitude + 180) / 360;

/** How far south a latitude is on the map; the map ends at 85.0511 degrees, where this is 0 or 1. */
export function southOf(latitude: number): number {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return Math.min(1, Math.max(0, 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI));
}

export const columnOf = (longitude: number): number => onGrid(eastOf(longitude));
/** Rows count from the north; what lies beyond the end of the map is in the outermost row. */
export const rowOf = (latitude: number): number => onGrid(southOf(latitude));

/** Puts a zero between the bits of a number of 13. */
function spread(bits: number): number {
  let spaced = (bits | (bits << 8)) & 0x00ff00ff;
  spaced = (spaced | (spaced << 4)) & 0x0f0f0f0f;
  spaced = (spaced | (spaced << 2)) & 0x33333333;
  return (spaced | (spaced << 1)) & 0x55555555;
}

/** The place of a column and row on the curve (Morton's) on which each cell of each level is one stretch: 52 bits. */
export const keyOf = (column: number, row: number): number =>
  (spread(column >>> half) | (spread(row >>> half) << 1)) * 2 ** levels +
  (spread(column & low) | (spread(row & low) << 1));

/** How long the stretch of a cell is at a level; at level 0 the only one is the whole map. */
export const stretchOf = (level: number): number => 4 ** (levels - level);
