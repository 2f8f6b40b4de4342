export { openMap } from "./map.points.js";
export { isTile, type Tile } from "./tile.js";
export { checkTileFilter, readTile, tileAt, tileAtOnce, tileJson } from "./tile.service.js";
