import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { Refusal } from "../platform/errors.js";
import { maskError } from "../platform/graphql/mask.js";
import type { Admission } from "../platform/limits/query.js";
import { shapeLimits } from "../platform/limits/shape.js";
import type { Log } from "../platform/log.js";
import type { Metrics } from "../platform/metrics.js";
import { resolveField } from "../platform/reading/read.js";
import { answerThrough, stringify } from "../platform/reading/through.js";
import type { RequestContext } from "./context.js";

interface Parts {
  schema: GraphQLSchema;
  admission: Admission;
  log: Log;
  metrics: Metrics;
  introspection: boolean;
}

/** Apollo Server behind our admission: what it parses, validates and executes has been admitted. */
export async function createGraphQL(parts: Parts): Promise<ApolloServer<RequestContext>> {
  const apollo = new ApolloServer<RequestContext>({
    schema: parts.schema,
    fieldResolver: resolveField as never,
    stringifyResult: stringify,
    formatError: (_formatted, error) => maskError(error, parts.log),
    documentStore: admittedDocuments(parts.admission),
    parseOptions: { maxTokens: shapeLimits.tokens },
    introspection: parts.introspection,
    // A browser sends no credentials of its own accord: tokens travel in a header, there are no cookies to ride on.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    plugins: [
      gate(parts),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ] as ApolloServerPlugin[],
  });
  await apollo.start();
  return apollo;
}

/** Apollo looks a document up by the SHA-256 of its text, behind a prefix of its own. */
const admittedDocuments = (admission: Admission) => ({
  get: (key: string): Promise<DocumentNode | undefined> => Promise.resolve(admission.known(key.slice(-64))),
  set: (): Promise<void> => Promise.resolve(),
  delete: (): Promise<void> => Promise.resolve(),
});

function gate({ schema, log, metrics }: Parts): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart({ contextValue: ctx }) {
      const started = performance.now();
      const { admitted } = ctx;
      return {
        async didResolveOperation({ operation }) {
          // Whatever Apollo may think of it: nothing is executed that was not admitted.
          if (!admitted)
            throw new Refusal("BAD_REQUEST", "This request is not a GraphQL request that can be executed.", {
              status: 400,
            });
          if (operation?.operation === "subscription")
            throw notHere("Subscriptions go over WebSocket (graphql-transport-ws) at this address.");
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
        async willSendResponse({ response, operation, operationName, errors }) {
          if (response.body.kind === "single") withRequestId(response.body.singleResult.errors, ctx.requestId);
          const ms = Math.round((performance.now() - started) * 10) / 10;
          const code = errors?.[0]?.extensions["code"];
          metrics.operations.observe(
            { operation: operation?.operation ?? "none", code: typeof code === "string" ? code : "OK" },
            ms / 1000,
          );
          log.info(
            {
              requestId: ctx.requestId,
              operation: operation?.operation,
              name: operationName?.slice(0, 60),
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
}

export const notHere = (message: string): Refusal =>
  new Refusal("OPERATION_NOT_ALLOWED_HERE", message, { status: 400 });

function withRequestId(
  errors: readonly { extensions?: Record<string, unknown> }[] | undefined,
  requestId: string,
): void {
  for (const error of errors ?? []) if (error.extensions) error.extensions["requestId"] = requestId;
}
