export { openMap } from "./map.points.js";
export type { Tile } from "./tile.js";
export { checkTileFilter, readTile, tileAt, tileJson } from "./tile.service.js";
