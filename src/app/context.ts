import type { FastifyRequest } from "fastify";
import { type Context, newContext, type Services, type Viewer } from "../platform/context.js";
import { ErrorReason, Refusal } from "../platform/errors.js";
import type { Admission, Admitted } from "../platform/limits/query.js";
import { tokenHash } from "../platform/secrets.js";
import { viewerOfToken } from "./viewer.js";

/** A context with the operation that was admitted; none where Apollo will refuse the request. */
export interface RequestContext extends Context {
  admitted: Admitted | undefined;
}

/** The context of an HTTP request: admitted first, which costs no query; then the viewer of its Authorization header. */
export async function contextOfRequest(
  services: Services,
  admission: Admission,
  request: FastifyRequest,
): Promise<RequestContext> {
  try {
    const admitted = admit(admission, request);
    const viewer = await viewerOf(services, request.headers.authorization);
    return { ...newContext(services, { viewer, requestId: request.id, address: request.ip }), admitted };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    error.extensions["requestId"] = request.id;
    error.extensions["http"] ??= { status: 400 };
    throw error;
  }
}

/** Refuses what is not admitted. Malformed requests, and faults of syntax and validation, are left to Apollo, which tells all of them. */
function admit(admission: Admission, request: FastifyRequest): Admitted | undefined {
  const asked = request.method === "GET" ? request.query : request.body;
  const { query, operationName, variables } = (asked ?? {}) as Record<string, unknown>;
  if (typeof query !== "string" || query === "") return undefined;
  try {
    return admission.admit({
      query,
      operationName: typeof operationName === "string" ? operationName : undefined,
      variables: asObject(typeof variables === "string" ? JSON.parse(variables) : variables),
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return undefined;
  }
}

const asObject = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

async function viewerOf(services: Services, header: string | undefined): Promise<Viewer | null> {
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
