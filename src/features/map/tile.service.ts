import type { Context } from "../../platform/context.js";
import { badInput } from "../../platform/errors.js";
import type { EventFilter } from "../events/index.js";
import { pointsAtHand, pointsOf } from "./map.points.js";
import { layerName, mostZoom, numberFields, type Tile, tileFields, tileOf } from "./tile.js";

/** The tile that an address names; what is no tile of the map is refused. */
export function tileAt(given: Record<keyof Tile, string>): Tile {
  const zoom = numberOf("z", given.z, mostZoom);
  const last = 2 ** zoom - 1;
  return { z: zoom, x: numberOf("x", given.x, last), y: numberOf("y", given.y, last) };
}

function numberOf(path: keyof Tile, text: string, most: number): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  if (!(number <= most))
    throw badInput(path, `must be a whole number from 0 to ${most}${path === "z" ? "" : " at this zoom"}`);
  return number;
}

/** A tile's own square is the box; another would say twice where. */
export function checkTileFilter(filter: EventFilter): void {
  if (filter.within) throw badInput("bbox", "is not taken here: the tile says where");
}

/** The events of a tile, for everybody alike. */
export async function readTile(ctx: Context, tile: Tile, filter: EventFilter): Promise<Buffer> {
  return tileOf(await pointsOf(ctx, filter), tile);
}

/** The same of all events, where nobody has to wait for it; and until when it is right unless the log tells of a change. */
export function tileAtOnce(
  services: Pick<Context, "changes" | "now">,
  tile: Tile,
): { body: Buffer; until: Date } | undefined {
  const atHand = pointsAtHand(services);
  return atHand && { body: tileOf(atHand.points, tile), until: atHand.until };
}

/** TileJSON 3.0.0: what a map has to know of the tiles; `query` goes along to each of them. */
export const tileJson = ({ config }: Pick<Context, "config">, query: string): object => ({
  tilejson: "3.0.0",
  name: "Public events",
  description: "Events, counted together where they are close; each is counted once at every zoom.",
  attribution: `<a href="${config.publicUrl}">rallygraph</a>`,
  scheme: "xyz",
  tiles: [`${config.publicUrl}/tiles/{z}/{x}/{y}.mvt${query}`],
  minzoom: 0,
  maxzoom: mostZoom,
  bounds: [-180, -85.0511287798066, 180, 85.0511287798066],
  vector_layers: [
    {
      id: layerName,
      description: "A point for an event, or for several with their sums.",
      fields: Object.fromEntries(
        Object.entries(tileFields).map(([name, is]) => [
          name,
          `${numberFields.includes(name) ? "Number" : "String"}. ${is}`,
        ]),
      ),
      minzoom: 0,
      maxzoom: mostZoom,
    },
  ],
});
