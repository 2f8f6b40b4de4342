import type { GraphQLRequest } from "@apollo/server";
import type { FastifyRequest } from "fastify";
import type { OperationTypeNode } from "graphql";
import { type Context, newContext, type Services, type Viewer } from "../platform/context.js";
import { ErrorReason, Refusal } from "../platform/errors.js";
import { type Admission, type Admitted, refusalsOf } from "../platform/limits/query.js";
import { tokenHash } from "../platform/secrets.js";
import { viewerOfToken } from "./viewer.js";

/** A context with the operation that was admitted, or with why there is none. */
export interface RequestContext extends Context {
  admitted: Admitted | undefined;
  refusals: readonly unknown[];
}

/** The context of an HTTP request before anything of it has been looked at. */
export const contextOfRequest = (services: Services, request: FastifyRequest): RequestContext => ({
  ...newContext(services, { viewer: null, requestId: request.id, address: request.ip }),
  admitted: undefined,
  refusals: [],
});

/** Admits what the client asks, which costs no query; then finds the viewer of its Authorization header. */
export async function enter(ctx: RequestContext, admission: Admission, request: GraphQLRequest): Promise<void> {
  try {
    const admitted = admit(admission, request);
    ctx.viewer = await viewerOf(ctx, request.http?.headers.get("authorization"));
    ctx.admitted = admitted;
  } catch (error) {
    if (error instanceof Refusal) error.extensions["http"] ??= { status: 400 };
    ctx.refusals = refusalsOf(error);
  }
}

function admit(admission: Admission, { query, operationName, variables, http }: GraphQLRequest): Admitted {
  if (query === undefined) throw new Refusal("BAD_REQUEST", "Send the operation's text as `query`.", { status: 400 });
  const admitted = admission.admit({ query, operationName, variables });
  checkTransport(http?.method, admitted.operation.operation);
  return admitted;
}

function checkTransport(method: string | undefined, operation: `${OperationTypeNode}`): void {
  if (operation === "subscription")
    throw notHere("Subscriptions go over WebSocket (graphql-transport-ws) at this address.", 400);
  if (operation === "mutation" && method === "GET")
    throw notHere("Mutations go over POST; GET takes queries only.", 405);
}

export const notHere = (message: string, status: number): Refusal =>
  new Refusal("OPERATION_NOT_ALLOWED_HERE", message, { status });

/** The viewer of an Authorization header; null without one, refused when it is not valid. */
export async function viewerOf(services: Services, header: string | undefined): Promise<Viewer | null> {
  if (header === undefined) return null;
  const token = /^Bearer ([\w-]{20,200})$/i.exec(header)?.[1];
  const viewer = token ? await viewerOfToken(services.pool, tokenHash(token), services.now()) : null;
  // A client that believes it is signed in should know that it is not.
  if (!viewer)
    throw new Refusal("UNAUTHENTICATED", "This token is not, or no longer, valid; sign in again.", {
      reason: ErrorReason.TOKEN_INVALID,
      status: 401,
    });
  return viewer;
}
