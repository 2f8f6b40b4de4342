import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Services } from "../platform/context.js";
import type { Admitted } from "../platform/limits/query.js";
import type { Metrics } from "../platform/metrics.js";
import { contextOfRequest, type RequestContext } from "./context.js";
import { Repeated } from "./graphql.repeated.js";

/** `/graphql`: answers over HTTP, each error of them in one form. */
export function addGraphQL(
  app: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  services: Services,
  metrics: Metrics,
): void {
  const admitted = new WeakMap<FastifyRequest, Admitted>();
  const answer = fastifyApolloHandler(apollo, {
    context: async (request) => contextOfRequest(services, request, (it) => admitted.set(request, it)),
  });
  const repeated = new Repeated(services, metrics);
  app.route({
    url: "/graphql",
    method: ["GET", "POST"],
    async handler(request, reply) {
      const held = repeated.answer(request, reply);
      if (held !== undefined) return held;
      const body: unknown = await answer.call(this, request, reply);
      repeated.learn(request, reply, admitted.get(request));
      return typeof body === "string" && reply.statusCode >= 400 ? withRequestId(body, request.id) : body;
    },
    errorHandler(error, request, reply) {
      const status = error.statusCode ?? 500;
      if (status >= 500) services.log.error({ error, requestId: request.id }, "unexpected error");
      const extensions = { code: status >= 500 ? "INTERNAL_SERVER_ERROR" : "BAD_REQUEST", requestId: request.id };
      void reply.code(status).send({ errors: [{ message: malformed[status] ?? malformed[500], extensions }] });
    },
  });
}

/** What is no request to Apollo at all; said in our words, for those of a parser can quote the body. */
const malformed: Record<number, string> = {
  400: "The body is not JSON.",
  413: "The body is too large.",
  415: "Send JSON, with the header content-type: application/json.",
  500: "Something went wrong on our side.",
};

/** Requests that Apollo refuses before our gate sees them have no id yet. */
function withRequestId(body: string, requestId: string): string {
  const answer = JSON.parse(body) as { errors?: { extensions?: Record<string, unknown> }[] };
  for (const error of answer.errors ?? []) (error.extensions ??= {})["requestId"] ??= requestId;
  return JSON.stringify(answer);
}
