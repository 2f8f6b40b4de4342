import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance } from "fastify";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import type { Services } from "../platform/context.js";
import { maskError } from "../platform/graphql/mask.js";
import type { Admission } from "../platform/limits/query.js";
import type { Log } from "../platform/log.js";
import type { Metrics } from "../platform/metrics.js";
import { resolveField } from "../platform/reading/read.js";
import { answerThrough, stringify } from "../platform/reading/through.js";
import { contextOfRequest, enter, type RequestContext } from "./context.js";

interface Parts {
  schema: GraphQLSchema;
  admission: Admission;
  log: Log;
  metrics: Metrics;
  introspection: boolean;
}

/** Apollo Server behind our admission: what it executes has been admitted, and it parses and validates nothing itself. */
export async function createGraphQL(parts: Parts): Promise<ApolloServer<RequestContext>> {
  const requestIds = new WeakMap<Error, string>();
  const apollo = new ApolloServer<RequestContext>({
    schema: parts.schema,
    fieldResolver: resolveField as never,
    stringifyResult: stringify,
    formatError: (_formatted, error) => maskError(error, parts.log, requestIds.get(error as Error)),
    documentStore: admittedDocuments(parts.admission),
    introspection: parts.introspection,
    // A browser sends no credentials of its own accord: tokens travel in a header, there are no cookies to ride on.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    plugins: [
      gate(parts, requestIds),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ] as ApolloServerPlugin[],
  });
  await apollo.start();
  return apollo;
}

/** `/graphql`: answers over HTTP, each error of them in one form. */
export function addGraphQL(app: FastifyInstance, apollo: ApolloServer<RequestContext>, services: Services): void {
  const answer = fastifyApolloHandler(apollo, {
    context: (request) => Promise.resolve(contextOfRequest(services, request)),
  });
  app.route({
    url: "/graphql",
    method: ["GET", "POST"],
    async handler(request, reply) {
      const body: unknown = await answer.call(this, request, reply);
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

/** What Apollo is given to resolve in place of a request that was not admitted; it is never executed. */
const nothing = "{ __typename }";
const nothingParsed = parse(nothing);

/** Apollo looks a document up by the SHA-256 of its text, behind a prefix of its own. */
const admittedDocuments = (admission: Admission) => ({
  get: (key: string): Promise<DocumentNode> => Promise.resolve(admission.known(key.slice(-64)) ?? nothingParsed),
  set: (): Promise<void> => Promise.resolve(),
  delete: (): Promise<void> => Promise.resolve(),
});

/** The code of the first error as the client sees it. */
function codeOf(body: GraphQLResponse["body"]): string | undefined {
  const code = body.kind === "single" ? body.singleResult.errors?.[0]?.extensions?.["code"] : undefined;
  return typeof code === "string" ? code : undefined;
}

function gate({ schema, admission, log, metrics }: Parts, requestIds: WeakMap<Error, string>) {
  const plugin: ApolloServerPlugin<RequestContext> = {
    async requestDidStart({ contextValue: ctx, request }) {
      const started = performance.now();
      await enter(ctx, admission, request);
      const { admitted, refusals } = ctx;
      if (!admitted) Object.assign(request, { query: nothing, operationName: undefined });
      // Who sends a persisted query's text with its hash is answered; a hash alone is a request without a query.
      delete request.extensions;
      return {
        async didResolveOperation() {
          if (!admitted) throw refusals[0];
        },
        async didEncounterErrors({ errors }) {
          for (const error of errors) requestIds.set(error, ctx.requestId);
        },
        async responseForOperation() {
          const data = admitted && (await answerThrough(ctx, admitted, schema));
          return data
            ? {
                http: { status: undefined, headers: new Map() as never },
                body: { kind: "single", singleResult: { data: data as never } },
              }
            : null;
        },
        async willSendResponse({ response }) {
          if (response.body.kind === "single" && refusals.length > 1)
            response.body.singleResult.errors = refusals.map((refusal) => maskError(refusal, log, ctx.requestId));
          if (response.http.status === 405) response.http.headers.set("allow", "POST");
          const ms = Math.round((performance.now() - started) * 10) / 10;
          const code = codeOf(response.body);
          if (response.http.status === 500 && code === "TEMPORARILY_UNAVAILABLE") response.http.status = 503;
          const operation = admitted?.operation;
          metrics.operations.observe({ operation: operation?.operation ?? "none", code: code ?? "OK" }, ms / 1000);
          log.info(
            {
              requestId: ctx.requestId,
              operation: operation?.operation,
              name: operation?.name?.value.slice(0, 60),
              cost: admitted?.cost,
              ms,
              code,
            },
            "request",
          );
        },
      };
    },
  };
  return plugin;
}
