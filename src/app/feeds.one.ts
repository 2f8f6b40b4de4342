import type { FastifyInstance, FastifyRequest } from "fastify";
import { MovedEvent, oneEvent, oneFormats } from "../features/feeds/index.js";
import { type Services, visitorContext } from "../platform/context.js";
import { Refusal } from "../platform/errors.js";
import { freshAlways } from "../platform/http/conditional.js";
import { parametersOf, refuseFaults } from "../platform/http/query.js";
import { price, type Shared } from "./feeds.shared.js";

interface File {
  Params: { file: string };
}

const endings = Object.keys(oneFormats);
const fileName = new RegExp(`^(\\w{1,100})(?:\\.(${endings.join("|")}))?$`);

/** `GET /events/<id>.jsonld`, `.ics` and `.geojson`; `/events/<id>` leads to the one that is asked for. */
export function addEventPages(feeds: FastifyInstance, services: Services, { door }: Pick<Shared, "door">): void {
  feeds.get<File>("/events/:file", async (request, reply) => {
    const [, id, ending] = fileName.exec(request.params.file) ?? [];
    if (id === undefined) throw new Refusal("NOT_FOUND", "There is no such event.");
    refuseFaults(parametersOf(request.query, []).faults);
    const to = (path: string, status: number) => reply.header("cache-control", freshAlways).redirect(path, status);
    if (ending === undefined) {
      void reply.header("vary", "accept");
      return to(`/events/${id}.${wanted(request)}`, 303);
    }
    const format = oneFormats[ending]!;
    const make = (): Promise<string> => oneEvent(visitorContext(services, request), id, format);
    try {
      return await door.reply(request, reply, { key: `event ${request.params.file}`, type: format.type, price, make });
    } catch (error) {
      if (!(error instanceof MovedEvent)) throw error;
      return to(`/events/${error.id}.${ending}`, 301);
    }
  });
}

/** Whoever does not say, as a browser, gets the one that says most of what it means. */
const wanted = ({ headers }: FastifyRequest): string => {
  const accept = headers.accept ?? "";
  return endings.find((ending) => accept.includes(oneFormats[ending]!.type.split(";")[0]!)) ?? "jsonld";
};
