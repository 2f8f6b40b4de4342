import type { GraphQLRequest } from "@apollo/server";
import type { FastifyRequest } from "fastify";
import type { OperationTypeNode } from "graphql";
import { type Context, visitorContext, type Services, type Viewer } from "../platform/context.js";
import { ErrorReason, Refusal } from "../platform/errors.js";
import { type Admission, type Admitted, refusalsOf } from "../platform/limits/query.js";
import { type Bill, granted, priceOf, type Use } from "../platform/limits/rates.js";
import { type Asking, askingBy, stranger } from "./caller.js";

/** A context with the operation that was admitted, or with why there is none. */
export interface RequestContext extends Context {
  admitted: Admitted | undefined;
  refusals: readonly unknown[];
  /** Told of it: Apollo executes with a copy of this context. */
  onAdmitted: (admitted: Admitted) => void;
  /** What it costs; null where there is no limit. */
  bill: Bill | null;
}

/** The context of an HTTP request before anything of it has been looked at. */
export const contextOfRequest = (
  services: Services,
  request: FastifyRequest,
  onAdmitted: RequestContext["onAdmitted"],
): RequestContext => ({
  ...visitorContext(services, request),
  admitted: undefined,
  refusals: [],
  onAdmitted,
  bill: null,
});

/** Admits what the client asks, which costs no query; then finds who sends its Authorization header, and charges them. */
export async function enter(ctx: RequestContext, admission: Admission, request: GraphQLRequest): Promise<void> {
  try {
    await refuseUnread(ctx, admission, request);
    const admitted = admit(admission, request);
    const asking = await askingBy(ctx, tokenOf(request), ctx.address);
    ctx.viewer = asking.viewer;
    ctx.owe = (points) => void ctx.rates.owe(asking.caller, points);
    pay(ctx, admitted, asking);
    ctx.admitted = admitted;
    ctx.onAdmitted(admitted);
  } catch (error) {
    // Whose it is was not looked up: that costs more than the refusal.
    ctx.bill ??= ctx.rates.owe(
      stranger(ctx.address).caller,
      priceOf({ cost: 0, unread: unreadOf(admission, request) }),
    );
    if (error instanceof Refusal) error.extensions["http"] ??= { status: 400 };
    ctx.refusals = refusalsOf(error);
  }
}

const tokenOf = ({ http }: GraphQLRequest): string | undefined => http?.headers.get("authorization");
const unreadOf = (admission: Admission, { query = "" }: GraphQLRequest): number =>
  admission.knows(query) ? 0 : query.length;

/** To read a text costs, also where it is refused then: whoever has no points left is asked before who they are. */
async function refuseUnread(ctx: RequestContext, admission: Admission, request: GraphQLRequest): Promise<void> {
  const { caller } = stranger(ctx.address);
  if (!ctx.rates.isEmpty(caller)) return;
  const unread = unreadOf(admission, request);
  if (unread === 0 || (await askingBy(ctx, tokenOf(request), ctx.address)).caller.kind !== caller.kind) return;
  ctx.bill = ctx.rates.charge(caller, priceOf({ cost: 0, unread }));
  granted(ctx.bill);
}

/** What somebody reads never keeps them from doing something: changes have buckets of their own. */
function pay(ctx: RequestContext, admitted: Admitted, { caller }: Asking): void {
  const use: Use = admitted.operation.operation === "mutation" ? "changes" : "reads";
  if (caller.kind === "key" && use === "changes")
    throw new Refusal("FORBIDDEN", "A key only reads; sign in for mutations.", {
      reason: ErrorReason.KEY_ONLY_READS,
      status: 403,
    });
  ctx.bill = ctx.rates.charge(caller, priceOf(admitted), use);
  granted(ctx.bill);
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

/** The viewer of an Authorization header; null without one, refused when it is not valid, or no person's. */
export async function viewerOf(services: Services, header: string | undefined): Promise<Viewer | null> {
  return (await askingBy(services, header, "")).viewer;
}
