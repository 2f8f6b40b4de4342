import {
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import type { Asked } from "./wire.js";

/** A telephone number that no error may repeat, in whichever form it was sent. */
export const number = 6_125_550_199;
export const canary = `Xylia ${number}`;

/** Any part of what was sent, as it could be repeated. */
export const repeated = /xylia|6125550199|6\.1255/i;

const inAName = `Xylia_${number}`;

/** Values that are wrong for most types, each with the canary in it. */
const wrongValues: readonly unknown[] = [
  canary,
  canary.repeat(500),
  `${canary}\0`,
  `${canary}\ud83d`,
  number,
  number + 0.5,
  [canary, [number]],
  { [inAName]: canary },
  [{ [inAName]: number }],
];

type Values = Record<string, unknown>;
type Input = Pick<GraphQLInputField | GraphQLArgument, "name" | "type">;
type Field = GraphQLField<unknown, unknown>;

const samples: Values = {
  Int: 1,
  Float: 1,
  Boolean: true,
  ID: "x",
  String: "a text",
  DateTime: "2026-01-23T18:00:00Z",
  EventTime: "2026-01-23T12:00",
  LocalDate: "2026-01-23",
};

/** A value that the type accepts; `known` by the field's name comes first. */
function rightValue({ name, type }: Input, known: Values): unknown {
  if (name in known) return known[name];
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [rightValue({ name, type: nullable.ofType }, known)];
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]!.name;
  if (isInputObjectType(named)) return rightValues(Object.values(named.getFields()), known);
  return samples[named.name];
}

const rightValues = (inputs: readonly Input[], known: Values): Values =>
  Object.fromEntries(inputs.filter(({ type }) => isNonNullType(type)).map((one) => [one.name, rightValue(one, known)]));

/** Everything that can be wrong with these inputs, one thing at a time, down to the fields of their fields. */
export function* wrongVersions(inputs: readonly Input[], known: Values): Generator<Values> {
  const right = rightValues(inputs, known);
  for (const input of inputs) {
    for (const wrong of wrongValues) yield { ...right, [input.name]: wrong };
    const named = getNamedType(input.type);
    if (isInputObjectType(named))
      for (const inner of wrongVersions(Object.values(named.getFields()), known))
        yield { ...right, [input.name]: inner };
  }
}

/** A field asked with arguments: as variables, and as literals. */
export function waysToAsk(operation: string, { name, args, type }: Field, given: Values): [Asked, Asked] {
  const selection = isCompositeType(getNamedType(type)) ? "{ __typename }" : "";
  const used = args.filter((argument) => argument.name in given);
  const declared = used.map((argument) => `$${argument.name}: ${argument.type.toString()}`).join();
  const passed = used.map((argument) => `${argument.name}: $${argument.name}`).join();
  const written = used.map((argument) => `${argument.name}: ${literal(given[argument.name])}`).join();
  return [
    { query: `${operation} (${declared}) { ${name}(${passed}) ${selection} }`, variables: given },
    { query: `${operation} { ${name}(${written}) ${selection} }` },
  ];
}

/** A value as it is written in a document; capitals alone are the name of an enum's value. */
function literal(value: unknown): string {
  if (typeof value === "string" && /^[A-Z_]+$/.test(value)) return value;
  if (Array.isArray(value)) return `[${value.map(literal).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}:${literal(inner)}`)
    .join()}}`;
}
