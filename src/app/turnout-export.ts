import type { FastifyError, FastifyInstance } from "fastify";
import { type ExportAsked, exportTurnout, formats } from "../features/turnout/index.js";
import { type Services, visitorContext } from "../platform/context.js";
import { freshAlways } from "../platform/http/conditional.js";
import { parametersOf, refuseFaults } from "../platform/http/query.js";
import { sendRefusal } from "../platform/http/refusal.js";
import { sendStream, type Streams } from "../platform/http/streams.js";
import { networkOf } from "../platform/limits/address.js";
import { rateLimit } from "../platform/limits/rate.js";
import { charge } from "./charge.js";

// A minute: one is the whole campaign.
const addressLimit = rateLimit(30);
/** Of a campaign, however many events it has. */
const price = 100;

/**
 * `GET /turnout.csv?campaign=<slug>` and `GET /turnout.json?campaign=<slug>`: the public numbers of a campaign, event by
 * event, for everybody alike.
 */
export function addTurnoutExport(app: FastifyInstance, services: Services, streams: Streams): void {
  void app.register((exports, _options, ready) => {
    exports.setErrorHandler((error: FastifyError, request, reply) => sendRefusal(services, error, request, reply));
    for (const ending of ["csv", "json"] as const)
      exports.get(`/turnout.${ending}`, async (request, reply) => {
        await addressLimit(services, networkOf(request.ip));
        await charge(services, request, reply, price);
        const asked = askedOf(request.query);
        const ctx = visitorContext(services, request);
        const text = await streams.open(request.ip, () => exportTurnout(ctx, asked, formats[ending]));
        void reply.type(formats[ending].type).headers({
          "cache-control": freshAlways,
          "content-disposition": `attachment; filename="turnout-${asked.campaign}.${ending}"`,
        });
        return sendStream({ services, request, reply, text });
      });
    ready();
  });
}

function askedOf(query: unknown): ExportAsked {
  const { given, faults } = parametersOf(query, ["campaign", "city"]);
  const { campaign, city } = given;
  if (campaign === undefined && !faults.some(({ path }) => path === "campaign"))
    faults.push({ path: "campaign", reason: "is missing: give the slug of a campaign" });
  refuseFaults(faults);
  return { campaign: campaign!, ...(city === undefined ? {} : { city }) };
}
