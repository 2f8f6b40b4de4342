import type { FastifyReply, FastifyRequest } from "fastify";
import type { Services } from "../context.js";
import { ErrorCode } from "../errors.js";
import { maskError } from "../graphql/mask.js";

const statusOf: Partial<Record<ErrorCode, number>> = {
  [ErrorCode.UNAUTHENTICATED]: 401,
  [ErrorCode.NOT_FOUND]: 404,
  [ErrorCode.CONFLICT]: 409,
  [ErrorCode.RATE_LIMITED]: 429,
  [ErrorCode.TEMPORARILY_UNAVAILABLE]: 503,
  [ErrorCode.INTERNAL_SERVER_ERROR]: 500,
};

/** Answers a failed request with its error in the form that errors have in GraphQL answers. */
export function sendRefusal(
  { log }: Pick<Services, "log">,
  error: unknown,
  { id }: FastifyRequest,
  reply: FastifyReply,
  status?: number,
): FastifyReply {
  const told = maskError(error, log, id);
  const { retryable, retryAfterSeconds = 60 } = told.extensions as { retryable?: boolean; retryAfterSeconds?: number };
  if (retryable) void reply.header("retry-after", String(retryAfterSeconds));
  return reply.code(status ?? statusOf[told.extensions!["code"] as ErrorCode] ?? 400).send({ errors: [told] });
}
