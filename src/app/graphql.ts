import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { maskError } from "../platform/graphql/mask.js";
import type { Admission } from "../platform/limits/query.js";
import { type Bill, billHeaders, costOf } from "../platform/limits/rates.js";
import type { Log } from "../platform/log.js";
import type { Metrics } from "../platform/metrics.js";
import { resolveField } from "../platform/reading/read.js";
import { answerThrough, stringify } from "../platform/reading/through.js";
import { enter, type RequestContext } from "./context.js";
import { note, operationOf } from "./graphql.log.js";

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

/** Says what a call has cost, in headers and beside the data. */
function tellPrice({ http, body }: GraphQLResponse, bill: Bill): void {
  for (const [name, value] of Object.entries(billHeaders(bill))) http.headers.set(name, value);
  if (body.kind === "single") body.singleResult.extensions = { ...body.singleResult.extensions, cost: costOf(bill) };
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
          if (ctx.bill) tellPrice(response, ctx.bill);
          if (response.http.status === 405) response.http.headers.set("allow", "POST");
          const code = codeOf(response.body);
          if (response.http.status === 500 && code === "TEMPORARILY_UNAVAILABLE") response.http.status = 503;
          note({ log, metrics }, ctx.requestId, started, { operation: admitted && operationOf(admitted), code });
        },
      };
    },
  };
  return plugin;
}
