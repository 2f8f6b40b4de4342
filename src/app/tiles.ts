import type { FastifyInstance, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import { type Asked, askedOf, filterOf } from "../features/feeds/index.js";
import { checkTileFilter, isTile, readTile, type Tile, tileAt, tileAtOnce, tileJson } from "../features/map/index.js";
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
const route = "/tiles/:z/:x/:y.mvt";
const type = "application/vnd.mapbox-vector-tile";

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

  const everything = askedOf({});
  /** What most maps show. Whatever is no tile is refused by the route. */
  door.know(route, (url) => {
    const [, z, x, y] = /^\/tiles\/(\d{1,2})\/(\d{1,7})\/(\d{1,7})\.mvt$/.exec(url) ?? [];
    if (z === undefined) return undefined;
    const tile = { z: Number(z), x: Number(x), y: Number(y) };
    if (!isTile(tile)) return undefined;
    return { price, type, key: keyOf(tile, everything), make: () => tileAtOnce(services, tile) };
  });

  void app.register((tiles, _options, ready) => {
    openToAll(tiles, services);
    tiles.addHook("onRequest", (request, reply) => charge(services, request, reply, price));
    tiles.get<TileRequest>(route, { helmet: false }, async (request, reply) => {
      const tile = tileAt(request.params);
      const asked = read(request);
      return door.reply(request, reply, {
        price,
        type,
        key: keyOf(tile, asked),
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

const keyOf = ({ z, x, y }: Tile, { key }: Asked): string => `tile ${z}/${x}/${y} ${key}`;
const queryOf = (url: string): string => /\?.*/.exec(url)?.[0] ?? "";
