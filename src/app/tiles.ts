import type { FastifyInstance, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import { type Asked, askedOf, filterOf } from "../features/feeds/index.js";
import { checkTileFilter, readTile, type Tile, tileAt, tileJson } from "../features/map/index.js";
import { type Services, visitorContext } from "../platform/context.js";
import { openToAll } from "../platform/http/open.js";
import { charge, chargeMore } from "./charge.js";
import type { Door } from "./door.js";
import { longestKnown } from "./feeds.shared.js";

interface TileRequest {
  Params: Record<keyof Tile, string>;
}

/** Points: a tile costs less than a call of `/graphql`, and a map that is moved about asks for some tens a second. */
const price = 5;

/** `GET /tiles/{z}/{x}/{y}.mvt`: the public events as vector tiles, and `GET /tiles.json`, which tells maps of them. */
export function addTiles(app: FastifyInstance, services: Services, door: Door): void {
  // Reading a query string takes longer than finding an answer that is held; maps send the same one again and again.
  const known = new LRUCache<string, Asked>({ max: 1_000 });

  function read({ url, query }: FastifyRequest): Asked {
    const text = queryOf(url);
    const asked = known.get(text) ?? askedOf(query);
    checkTileFilter(asked.filter);
    if (text.length <= longestKnown) known.set(text, asked);
    return asked;
  }

  void app.register((tiles, _options, ready) => {
    openToAll(tiles, services);
    tiles.addHook("onRequest", (request, reply) => charge(services, request, reply, price));
    tiles.get<TileRequest>("/tiles/:z/:x/:y.mvt", { helmet: false }, async (request, reply) => {
      const tile = tileAt(request.params);
      const asked = read(request);
      return door.reply(request, reply, {
        price,
        key: `tile ${tile.z}/${tile.x}/${tile.y} ${asked.key}`,
        type: "application/vnd.mapbox-vector-tile",
        make: async () => {
          const ctx = visitorContext(services, request);
          ctx.owe = (points) => chargeMore(services, request, points);
          return readTile(ctx, tile, (await filterOf(ctx, asked)).filter);
        },
      });
    });
    tiles.get("/tiles.json", async (request, reply) => {
      const asked = read(request);
      const query = queryOf(request.url);
      return door.reply(request, reply, {
        key: `tiles.json ${query}`,
        price,
        type: "application/json; charset=utf-8",
        make: async () => {
          await filterOf(visitorContext(services, request), asked);
          return JSON.stringify(tileJson(services, query));
        },
      });
    });
    ready();
  });
}

const queryOf = (url: string): string => /\?.*/.exec(url)?.[0] ?? "";
