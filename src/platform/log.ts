import pino, { destination, type DestinationStream, type Logger } from "pino";

/** Structured log of the process: names, ids, codes and durations; never variables, addresses or bodies. */
export type Log = Logger;

export const createLog = (level: string, to: DestinationStream = destination(1)): Log =>
  pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
    },
    to,
  );

/** An error without the values it may carry: PostgreSQL's `detail` and TypeORM's `parameters` hold personal data. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, constraint, table } = databaseFacts(error);
  // A driver's message can quote the offending value; its code and constraint say enough.
  return {
    name: error.name,
    ...(code ? { code, constraint, table } : { message: error.message }),
    stack: frames(error),
  };
}

const frames = (error: Error): string | undefined =>
  error.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 8)
    .join("\n");

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** The facts of a PostgreSQL error, whether it came from the driver itself or wrapped by TypeORM. */
export function databaseFacts(error: unknown): { code?: string; constraint?: string; table?: string } {
  const source = (error as { driverError?: unknown } | null)?.driverError ?? error;
  const { code, constraint, table } = (source ?? {}) as Record<string, unknown>;
  return { code: text(code), constraint: text(constraint), table: text(table) };
}
