import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import { costOfFilter } from "../features/events/index.js";
import { type Feed, feedFormats, feedOf, LongFeed, longFeed, namedThings, wholeFeed } from "../features/feeds/index.js";
import { type Context, type Services, visitorContext } from "../platform/context.js";
import { freshAlways, isKnown, lastModified } from "../platform/http/conditional.js";
import { openToAll } from "../platform/http/open.js";
import { sendCompressed } from "../platform/http/streams.js";
import { charge, chargeMore } from "./charge.js";
import { addEventPages } from "./feeds.one.js";
import { longestKnown, price, type Shared } from "./feeds.shared.js";

/** In points, of a feed that is long and read anew. */
const longPrice = 2_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Paths of feeds, and what they name: those of a campaign, a city, an organization are the same with their parameter. */
const bases = [
  { path: "", names: undefined },
  { path: "/campaigns/:slug", names: "campaign" },
  { path: "/cities/:slug", names: "city" },
  { path: "/organizations/:slug", names: "organization" },
] satisfies { path: string; names: keyof typeof namedThings | undefined }[];

type Request = FastifyRequest<{ Params: { slug?: string } }>;

/** `GET /events.geojson`, `.ics`, `.atom` and `.csv`: the public events that a query string asks for, for everybody alike. */
export function addFeeds(app: FastifyInstance, services: Services, shared: Shared): void {
  void app.register((feeds, _options, ready) => {
    openToAll(feeds, services);
    feeds.addHook("onRequest", (request, reply) => charge(services, request, reply, price));
    const send = sender(services, shared);
    // Reading a query string takes longer than finding an answer that is held; clients send the same one again and again.
    const asked = new LRUCache<string, Feed>({ max: 1_000 });
    for (const [ending, format] of Object.entries(feedFormats))
      for (const { path, names } of bases)
        feeds.get(`${path}/events.${ending}`, { helmet: false }, (request: Request, reply) => {
          const named = names && { [names]: request.params.slug };
          const feed = asked.get(request.url) ?? feedOf(format, request.url, request.query, named);
          if (request.url.length <= longestKnown) asked.set(request.url, feed);
          return send(request, reply, ending, feed);
        });
    addEventPages(feeds, services, shared);
    ready();
  });
}

function sender(services: Services, { door, publicEvents, streams }: Shared) {
  const long = new LRUCache<string, true>({ max: 1_000, ttl: hourMs });
  return async (request: Request, reply: FastifyReply, ending: string, feed: Feed): Promise<FastifyReply> => {
    const ctx = visitorContext(services, request);
    const { type } = feed.format;
    // A feed names its own address: what is held for one spelling of it is not given to another.
    const key = `events.${ending} ${feed.address}`;
    if (!long.has(key))
      try {
        return await door.reply(request, reply, { key, type, price, make: () => make(request, ctx, feed, ending) });
      } catch (error) {
        if (!(error instanceof LongFeed)) throw error;
        long.set(key, true);
      }
    const { headers, known } = await headOf(request, key);
    const whole = !known && request.method !== "HEAD";
    if (whole) chargeMore(services, request, longPrice + costOfFilter(feed.filter));
    const text = whole ? await streams.open(request.ip, () => longFeed(ctx, feed, publicEvents.position)) : undefined;
    void reply.type(type).headers({ ...headers, ...nameOf(ending) });
    if (known) return reply.code(304).send();
    // Nothing at all would be said to be 0 bytes long.
    if (!text) return reply.send(Readable.from([]));
    return sendCompressed({ services, request, reply, text });
  };

  async function make(request: Request, ctx: Context, feed: Feed, ending: string) {
    chargeMore(services, request, costOfFilter(feed.filter));
    const { body, next } = await wholeFeed(ctx, feed, publicEvents.position);
    return { body, headers: { ...nameOf(ending), ...(next && { link: `<${next}>; rel="next"` }) } };
  }

  /** What stands above a long feed, and whether its reader has it already. */
  async function headOf(request: Request, key: string) {
    await publicEvents.settled();
    // The clock too changes what is public, as when a campaign publishes its numbers after the day.
    const minute = Math.floor(services.now().getTime() / minuteMs);
    const hash = createHash("sha256").update(JSON.stringify([publicEvents.version, key, minute]));
    const etag = `W/"${hash.digest("base64url").slice(0, 22)}"`;
    const modified = lastModified(publicEvents.changedAt, services.now());
    const headers = { etag, vary: "accept-encoding", "cache-control": freshAlways };
    const known = isKnown(request.headers, etag, modified);
    return { known, headers: modified ? { ...headers, "last-modified": modified.toUTCString() } : headers };
  }
}

const nameOf = (ending: string) => ({ "content-disposition": `inline; filename="events.${ending}"` });
