import { once } from "node:events";
import type { Readable } from "node:stream";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type ExportAsked, type ExportFormat, exportTurnout, formats } from "../features/turnout/index.js";
import { newContext, type Services } from "../platform/context.js";
import { Refusal } from "../platform/errors.js";
import { maskError } from "../platform/graphql/mask.js";
import { sendRefusal } from "../platform/http/refusal.js";
import { streamOf } from "../platform/http/stream.js";
import { rateLimit } from "../platform/limits/rate.js";

// A minute: one is the whole campaign.
const addressLimit = rateLimit(30);
const parameters = ["campaign", "city"];

/**
 * `GET /turnout.csv?campaign=<slug>` and `GET /turnout.json?campaign=<slug>`: the public numbers of a campaign, event by
 * event, for everybody alike.
 */
export function addTurnoutExport(app: FastifyInstance, services: Services): void {
  const running = new Set<Readable>();
  // Each holds a connection to the database for as long as its reader takes.
  const most = Math.ceil(services.config.databasePool / 5);

  /** The text, once it has begun; until then whatever goes wrong is an answer. */
  async function open({ id, ip }: FastifyRequest, asked: ExportAsked, format: ExportFormat): Promise<Readable> {
    if (running.size >= most)
      throw new Refusal("TEMPORARILY_UNAVAILABLE", "Many read this now; try again in some seconds.", {
        retryable: true,
      });
    const ctx = newContext(services, { viewer: null, requestId: id, address: ip });
    const text = streamOf(exportTurnout(ctx, asked, format));
    running.add(text);
    text.once("close", () => running.delete(text));
    await once(text, "readable");
    return text;
  }

  void app.register((exports, _options, ready) => {
    exports.setErrorHandler((error: FastifyError, request, reply) => sendRefusal(services, error, request, reply));
    exports.addHook("preClose", (done) => {
      for (const text of running) text.destroy(new Refusal("TEMPORARILY_UNAVAILABLE", "This node stops."));
      done();
    });
    for (const ending of ["csv", "json"] as const)
      exports.get(`/turnout.${ending}`, async (request, reply) => {
        await addressLimit(services, request.ip);
        const asked = askedOf(request.query as Record<string, unknown>);
        const text = await open(request, asked, formats[ending]);
        text.once("error", (error) => cut(services, error, request, reply));
        if (request.method === "HEAD") text.destroy();
        return reply
          .headers({
            "cache-control": "public, max-age=0, must-revalidate",
            "content-disposition": `attachment; filename="turnout-${asked.campaign}.${ending}"`,
          })
          .type(formats[ending].type)
          .send(text);
      });
    ready();
  });
}

/** What is asked for; a parameter that would change nothing is refused, for its sender expects that it does. */
function askedOf(query: Record<string, unknown>): ExportAsked {
  const faults = Object.entries(query).flatMap(([path, value]) => {
    if (!parameters.includes(path)) return [{ path, reason: `is not known here; known are ${parameters.join(", ")}` }];
    return typeof value === "string" ? [] : [{ path, reason: "must be given once" }];
  });
  const { campaign, city } = query;
  if (campaign === undefined) faults.push({ path: "campaign", reason: "is missing: give the slug of a campaign" });
  const message = faults.map(({ path, reason }) => `${path}: ${reason}`).join("; ");
  if (faults.length > 0) throw new Refusal("BAD_USER_INPUT", message, { fields: faults });
  return { campaign: campaign as string, ...(city === undefined ? {} : { city: city as string }) };
}

/** A text that breaks off must not look like a whole one: a reader without chunks (HTTP/1.0) only notices a reset. */
function cut({ log }: Services, error: Error, { id }: FastifyRequest, { raw }: FastifyReply): void {
  maskError(error, log, id);
  raw.socket?.resetAndDestroy();
}
