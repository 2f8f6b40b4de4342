import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { openWorld } from "./world.js";

export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}
export const world: Box = { west: -180, south: -90, east: 180, north: 90 };

/** The tags of a feature. */
export type Tags = Record<string, string | number> & { count: number };

/** The square of a tile. */
export function boxOf(z: number, x: number, y: number): Box {
  const edge = (n: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * n) / 2 ** z))) * 180) / Math.PI;
  const at = (n: number): number => (n / 2 ** z) * 360 - 180;
  return { west: at(x), east: at(x + 1), south: edge(y + 1), north: edge(y) };
}

export const selection =
  "count latitude longitude bounds { west south east north } turnout { low high reporting } openPlaces event { id title }";

/** The map as clients see it. */
export function mapIn({ as, url }: Pick<ReturnType<typeof openWorld>, "as" | "url">) {
  const ask = (variables: object, fields = selection) =>
    as().run(
      `query ($within: BoundingBox!, $zoom: Int!, $filter: EventFilter) {
         eventClusters(within: $within, zoom: $zoom, filter: $filter) { ${fields} } }`,
      variables,
    );
  const get = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> =>
    fetch(`${url()}${path}`, { method, headers });
  const tile = async (place: string, query = ""): Promise<Tags[]> => {
    const reply = await get(`/tiles/${place}.mvt${query}`);
    if (reply.status !== 200) throw new Error(`${reply.status}: ${await reply.text()}`);
    const layer = new VectorTile(new PbfReader(new Uint8Array(await reply.arrayBuffer()))).layers["events"];
    return Array.from({ length: layer?.length ?? 0 }, (_, n) => layer!.feature(n).properties as Tags);
  };
  return {
    ask,
    get,
    tile,
    clusters: async (within: Box, zoom: number, filter?: object, fields?: string) => {
      const { data, message } = await ask({ within, zoom, filter }, fields);
      if (!data) throw new Error(message);
      return data.eventClusters;
    },
  };
}

/** Asks until it is so: what is held in memory follows the log within a second. */
export async function until<T>(ask: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await ask();
    if (isSo(found)) return found;
  }
}

export const countOf = (parts: { count: number }[]): number => parts.reduce((sum, { count }) => sum + count, 0);
