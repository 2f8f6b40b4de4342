import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { Temporal } from "temporal-polyfill";

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/;
const localPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

function refuse(message: string): never {
  throw new GraphQLError(message);
}

/** As PostgreSQL prints an instant in JSON: one spelling, however a field is read. */
const printed = (instant: Date): string => instant.toISOString().replace(/\.?0*Z$/, "+00:00");

function scalar(
  name: string,
  description: string,
  specifiedByURL: string,
  read: (text: string) => unknown,
): GraphQLScalarType {
  const parse = (value: unknown): unknown =>
    typeof value === "string" ? read(value) : refuse(`must be a string; ${description.split(". ")[0]}`);
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL,
    serialize: (value) => (value instanceof Date ? printed(value) : String(value)),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

/** Whether Temporal can read it: refuses February 30, and years that PostgreSQL could not hold either. */
function readable(read: () => { year: number }): boolean {
  try {
    const { year } = read();
    return year >= 1900 && year <= 2200;
  } catch {
    return false;
  }
}

export const DateTime = scalar(
  "DateTime",
  "An instant: RFC 3339 with an offset, such as 2026-01-23T14:00:00-06:00, from 1900 to 2200. Given out in UTC",
  "https://www.rfc-editor.org/rfc/rfc3339",
  (text) =>
    instantPattern.test(text) && readable(() => Temporal.Instant.from(text).toZonedDateTimeISO("UTC"))
      ? new Date(text)
      : refuse("must be an instant with an offset, such as 2026-01-23T14:00:00-06:00"),
);

export const LocalDate = scalar(
  "LocalDate",
  "A day on the calendar of a place: YYYY-MM-DD, such as 2026-01-23",
  "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
  (text) =>
    /^\d{4}-\d\d-\d\d$/.test(text) && readable(() => Temporal.PlainDate.from(text))
      ? text
      : refuse("must be a day that exists, as YYYY-MM-DD, such as 2026-01-23"),
);

export const EventTime = scalar(
  "EventTime",
  "A time at a place: local clock time (2026-01-23T14:00) in the zone of the event, or an instant with an offset (2026-01-23T14:00-06:00)",
  "https://www.rfc-editor.org/rfc/rfc3339",
  (text) => {
    const known = instantPattern.test(text)
      ? readable(() => Temporal.Instant.from(text).toZonedDateTimeISO("UTC"))
      : localPattern.test(text) && readable(() => Temporal.PlainDateTime.from(text));
    return known
      ? text
      : refuse("must be local clock time, such as 2026-01-23T14:00, or an instant, such as 2026-01-23T14:00-06:00");
  },
);
