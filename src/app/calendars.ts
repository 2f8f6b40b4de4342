import { createHash } from "node:crypto";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { calendarOf } from "../features/calendars/index.js";
import { type Services, visitorContext } from "../platform/context.js";
import { ErrorCode, Refusal } from "../platform/errors.js";
import { maskError } from "../platform/graphql/mask.js";
import { networkOf } from "../platform/limits/address.js";
import { rateLimit } from "../platform/limits/rate.js";
import { tokenHash } from "../platform/secrets.js";

interface Link {
  Params: { file: string };
}

const headers = {
  "cache-control": "private, no-cache",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
};

// A minute: calendars ask a few times an hour, but a provider asks for many people from one address.
const addressLimit = rateLimit(600);
const calendarLimit = rateLimit(30);

/** `GET /calendar/<token>.ics`: a person's shifts, for whoever has the secret address. It is written into no log. */
export function addCalendars(app: FastifyInstance, services: Services): void {
  async function find(request: FastifyRequest<Link>): Promise<string | null> {
    await addressLimit(services, networkOf(request.ip));
    const token = /^([\w-]{43})\.ics$/.exec(request.params.file)?.[1];
    if (!token) return null;
    await calendarLimit(services, tokenHash(token).toString("hex"));
    return calendarOf(visitorContext(services, request), token);
  }
  void app.register((feeds, _options, ready) => {
    feeds.setErrorHandler((error: FastifyError, { id }, reply) => refuse(services, error, id, reply));
    feeds.get<Link>("/calendar/:file", async (request, reply) => {
      const text = await find(request);
      reply.headers(headers);
      if (text === null) return reply.code(404).type("text/plain; charset=utf-8").send("There is no such calendar.\n");
      const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
      reply.header("etag", etag);
      if (request.headers["if-none-match"]?.includes(etag)) return reply.code(304).send();
      return reply
        .header("content-disposition", 'inline; filename="shifts.ics"')
        .type("text/calendar; charset=utf-8")
        .send(text);
    });
    ready();
  });
}

function refuse({ log }: Services, error: FastifyError, id: string, reply: FastifyReply): FastifyReply {
  const told = maskError(error, log, id);
  const limited = error instanceof Refusal && told.extensions!["code"] === ErrorCode.RATE_LIMITED;
  return reply
    .headers({ ...headers, "retry-after": "60" })
    .code(limited ? 429 : 503)
    .type("text/plain; charset=utf-8")
    .send(`${told.message}\n`);
}
