import type { ValidationError } from "class-validator";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { ArgumentValidationError } from "type-graphql";
import { ErrorCode, type FieldFault, Refusal } from "../errors.js";
import { databaseFacts, type Log } from "../log.js";

/** The error as the client may see it: refusals as they are, everything unexpected masked and logged. */
export function maskError(thrown: unknown, log: Log, requestId?: string): GraphQLFormattedError {
  const { message, extensions, ...place } = masked(thrown, log, requestId);
  return { message, ...place, extensions: { ...extensions, ...(requestId ? { requestId } : {}) } };
}

function masked(thrown: unknown, log: Log, requestId: string | undefined): GraphQLFormattedError {
  const error = thrown instanceof GraphQLError ? thrown : undefined;
  const place = {
    ...(error?.locations ? { locations: error.locations } : {}),
    ...(error?.path ? { path: error.path } : {}),
  };
  const cause = innermost(thrown);
  if (cause instanceof ArgumentValidationError) return { ...inputFaults(cause, error), ...place };
  if (
    cause instanceof GraphQLError &&
    typeof cause.extensions["code"] === "string" &&
    cause.extensions["code"] in ErrorCode
  ) {
    const { http: _http, stacktrace: _stacktrace, ...extensions } = cause.extensions;
    return { message: cause.message, ...place, extensions };
  }
  if (isUnavailable(cause)) {
    log.warn({ requestId, error: cause }, "database unavailable");
    return {
      message: "The service is briefly unavailable; send the same again soon.",
      ...place,
      extensions: { code: ErrorCode.TEMPORARILY_UNAVAILABLE, retryable: true },
    };
  }
  log.error({ requestId, error: cause, path: error?.path }, "unexpected error");
  return {
    message: "Something went wrong on our side.",
    ...place,
    extensions: { code: ErrorCode.INTERNAL_SERVER_ERROR },
  };
}

function innermost(error: unknown): unknown {
  while (error instanceof GraphQLError && error.originalError && !(error instanceof Refusal))
    error = error.originalError;
  return error;
}

function inputFaults(cause: ArgumentValidationError, error: GraphQLError | undefined): GraphQLFormattedError {
  const node = error?.nodes?.[0];
  const isInput = node?.kind === "Field" && node.arguments?.some((argument) => argument.name.value === "input");
  const fields = cause.extensions["validationErrors"].flatMap((fault) => faultsOf(fault, isInput ? "input." : ""));
  return {
    message: fields.map((fault) => `${fault.path}: ${fault.reason}`).join("; "),
    extensions: { code: ErrorCode.BAD_USER_INPUT, fields },
  };
}

/** What class-validator has found, by the way to each value. */
export function faultsOf({ property, constraints, children }: ValidationError, prefix: string): FieldFault[] {
  const path = prefix + property;
  // class-validator begins its own messages with the property's name.
  const own = Object.values(constraints ?? {}).map((text) => ({
    path,
    reason: text.startsWith(`${property} `) ? text.slice(property.length + 1) : text,
  }));
  return [...own, ...(children ?? []).flatMap((child) => faultsOf(child, `${path}.`))];
}

const unavailable = /^(08...|57P0.|57014|53300|55P03|40001|40P01|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;

/** The database is away, overloaded or took too long: the same request may succeed later. */
export const isUnavailable = (error: unknown): boolean =>
  unavailable.test(databaseFacts(error).code ?? "") ||
  (error instanceof Error &&
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query runner already released|Database connection provided by a query runner was already released)/.test(
      error.message,
    ));
