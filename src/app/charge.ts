import type { FastifyReply, FastifyRequest } from "fastify";
import type { Services } from "../platform/context.js";
import { type Bill, billHeaders, type Caller, granted } from "../platform/limits/rates.js";
import { askingOf, stranger } from "./caller.js";

const callers = new WeakMap<FastifyRequest, Caller>();

/**
 * Charges whoever sends a request for a public route: refused with UNAUTHENTICATED for a key or token that is not valid,
 * with RATE_LIMITED when their bucket is empty. What is left stands in the headers of the answer.
 */
export async function charge(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  points: number,
): Promise<void> {
  const { caller } = await askingOf(request, services).catch((error: unknown) => {
    tell(reply, services.rates.owe(stranger(request.ip).caller, 1));
    throw error;
  });
  callers.set(request, caller);
  const bill = services.rates.charge(caller, points);
  tell(reply, bill);
  granted(bill);
}

/** Charges for what is known only now, as the rows of an answer that is under way; never refused. */
export function chargeMore({ rates }: Services, request: FastifyRequest, points: number): void {
  const caller = callers.get(request);
  if (caller && points > 0) rates.owe(caller, points);
}

function tell(reply: FastifyReply, bill: Bill | null): void {
  if (bill) void reply.headers(billHeaders(bill));
}
