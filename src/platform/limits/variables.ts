import {
  coerceInputValue,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from "graphql";
import { type FieldFault, Refusal } from "../errors.js";
import { placesOf } from "./places.js";
import { isPlain, notPlain } from "./plain.js";

type Values = Record<string, unknown>;

/**
 * Variables as their types read them. graphql-js quotes the offending value in its message, which may be a whole
 * input with an address or a number in it: here a fault names the field and what would be right, never the value.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Record<string, FragmentDefinitionNode>,
  given: Values,
): Values {
  const faults: FieldFault[] = [];
  // Without a prototype, so that no variable can be called by the name of something else.
  const values = Object.create(null) as Values;
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    if (!Object.hasOwn(given, name)) {
      if (definition.defaultValue) values[name] = valueFromAST(definition.defaultValue, type);
      else if (isNonNullType(type)) faults.push({ path: name, reason: `is required: ${type.toString()}` });
      continue;
    }
    values[name] = coerceInputValue(given[name], type, (path, _value, error) => {
      const missing = missingField(error.message);
      faults.push({
        path: [name, ...path, ...(missing ? [missing.name] : [])].join("."),
        reason: missing ? `is required: ${missing.type}` : reasonOf(error.message, typeAt(type, path)),
      });
    });
    checkTexts(values[name], name, faults);
  }
  if (faults.length > 0) throw badVariables(faults, placesOf(operation, fragments));
  return values;
}

/** Names each value by where it is used, as every other error does, not by the variable that brings it. */
function badVariables(faults: FieldFault[], places: Map<string, string>): Refusal {
  const fields = faults.map(({ path, reason }) => {
    const [variable, ...rest] = path.split(".");
    return { path: [places.get(variable!) ?? variable, ...rest].join("."), reason };
  });
  const message = fields.map((fault) => `${fault.path}: ${fault.reason}`).join("; ");
  return new Refusal("BAD_USER_INPUT", message, { fields, status: 400 });
}

/** A text that PostgreSQL could not store, or would store as another, is refused wherever it stands. */
function checkTexts(value: unknown, path: string, faults: FieldFault[]): void {
  if (typeof value === "string" && !isPlain(value)) faults.push({ path, reason: notPlain });
  else if (value !== null && typeof value === "object" && !(value instanceof Date))
    for (const [name, inner] of Object.entries(value)) checkTexts(inner, `${path}.${name}`, faults);
}

const rightValue: Record<string, string> = {
  Int: "must be a whole number",
  Float: "must be a number",
  String: "must be a text",
  Boolean: "must be true or false",
  ID: "must be an id: a text",
};

/** Of a number that is whole. */
const rightInt = "must be from -2,147,483,648 to 2,147,483,647";

/** What would be right, from the type; of graphql-js's message only what holds no value. */
export function reasonOf(message: string, type: GraphQLInputType | null | undefined): string {
  const missing = missingField(message);
  if (missing) return `lacks ${missing.name}, which is required: ${missing.type}`;
  if (!type) return "is not defined by the schema";
  if (isNonNullType(type)) return / null\b/.test(message) ? "must not be null" : reasonOf(message, type.ofType);
  if (isListType(type)) return reasonOf(message, type.ofType);
  if (isEnumType(type)) return `must be one of ${list(type.getValues())}`;
  if (isInputObjectType(type))
    return message.includes("is not defined by type")
      ? `holds a field that ${type.name} does not define; it has ${list(Object.values(type.getFields()))}`
      : `must be an object: ${type.name}`;
  if (isSpecifiedScalarType(type)) return message.includes("32-bit") ? rightInt : rightValue[type.name]!;
  // Our own scalars say what would be right, in words of their own.
  return message.startsWith("must ") ? message : `must be a ${type.name}`;
}

const list = (things: readonly { name: string }[]): string => things.map(({ name }) => name).join(", ");

function missingField(message: string): { name: string; type: string } | undefined {
  const found = /^Field "(?:\w+\.)?(\w+)" of required type "([^"]+)" was not provided/.exec(message);
  return found ? { name: found[1]!, type: found[2]! } : undefined;
}

function typeAt(type: GraphQLInputType, path: ReadonlyArray<string | number>): GraphQLInputType | undefined {
  let at: GraphQLInputType | undefined = type;
  for (const step of path) {
    const bare: unknown = at && isNonNullType(at) ? at.ofType : at;
    if (typeof step === "number") at = (bare as { ofType?: GraphQLInputType }).ofType;
    else at = (bare as { getFields?: () => Record<string, { type: GraphQLInputType }> }).getFields?.()[step]?.type;
  }
  return at;
}
