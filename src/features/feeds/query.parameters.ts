import type { GraphQLScalarType } from "graphql";
import { DateTime, LocalDate } from "../../platform/graphql/scalars.js";
import { BoundingBox, type EventFilter, NearPoint } from "../events/index.js";

/** Thrown by a reader: what is wrong with a value. */
export class Unreadable extends Error {}

/** A parameter: which field of the filter it sets, and how it is read. */
interface Parameter {
  field: keyof EventFilter;
  /** What the field is an object of; parameters that set parts of one come in any order. */
  into?: new () => object;
  /** The one part of the field that it sets, where another parameter sets the rest. */
  part?: string;
  read: (text: string) => unknown;
}

const text = (value: string): string => value;
const list = (value: string): string[] => value.split(",").map((item) => item.trim());

const scalar =
  (type: GraphQLScalarType) =>
  (value: string): unknown => {
    try {
      // In a query string a plus that is not escaped means a space.
      return type.parseValue(value.replace(/ (?=\d\d:\d\d$)/, "+"));
    } catch (error) {
      throw new Unreadable((error as Error).message);
    }
  };

const number = /^-?\d{1,5}(\.\d{1,20})?$/;

function numbers(value: string, names: string[]): Record<string, number> {
  const parts = value.split(",").map((part) => part.trim());
  if (parts.length !== names.length || !parts.every((part) => number.test(part)))
    throw new Unreadable(
      names.length === 1
        ? `must be a number: ${names[0]}`
        : `must be ${names.length} numbers with commas between them: ${names.join(",")}`,
    );
  return Object.fromEntries(names.map((name, index) => [name, Number(parts[index])]));
}

/** Parameters that say which events, by their names in query strings. */
export const parameters: Record<string, Parameter> = {
  bbox: { field: "within", into: BoundingBox, read: (value) => numbers(value, ["west", "south", "east", "north"]) },
  near: { field: "near", into: NearPoint, read: (value) => numbers(value, ["latitude", "longitude"]) },
  within: {
    field: "near",
    into: NearPoint,
    part: "withinKm",
    read: (value) => ({ withinKm: numbers(value, ["km"])["km"] }),
  },
  region: { field: "region", read: text },
  on: { field: "on", read: scalar(LocalDate) },
  from: { field: "from", read: scalar(LocalDate) },
  to: { field: "to", read: scalar(LocalDate) },
  endsAfter: { field: "endsAfter", read: scalar(DateTime) },
  startsBefore: { field: "startsBefore", read: scalar(DateTime) },
  type: { field: "types", read: list },
  accessibility: { field: "accessibility", read: list },
  occurrence: { field: "occurrence", read: list },
  language: { field: "languages", read: list },
  q: { field: "search", read: text },
  identifier: { field: "identifier", read: text },
};
