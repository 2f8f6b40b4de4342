import {
  coerceInputValue,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from "graphql";
import { type FieldFault, Refusal } from "../errors.js";

type Values = Record<string, unknown>;

/**
 * Variables as their types read them. graphql-js quotes the offending value in its message, which may be a whole
 * input with an address or a number in it: here a fault names the field and what would be right, never the value.
 */
export function coerceVariables(schema: GraphQLSchema, operation: OperationDefinitionNode, given: Values): Values {
  const faults: FieldFault[] = [];
  const values: Values = {};
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    if (!Object.hasOwn(given, name)) {
      if (definition.defaultValue) values[name] = valueFromAST(definition.defaultValue, type);
      else if (isNonNullType(type)) faults.push({ path: name, reason: `is required: ${type.toString()}` });
      continue;
    }
    values[name] = coerceInputValue(given[name], type, (path, _value, error) =>
      faults.push({ path: [name, ...path].join("."), reason: reasonOf(error.message, typeAt(type, path)) }),
    );
  }
  if (faults.length > 0)
    throw new Refusal("BAD_USER_INPUT", faults.map((fault) => `${fault.path}: ${fault.reason}`).join("; "), {
      fields: faults,
      status: 400,
    });
  return values;
}

// graphql-js ends the messages of its own scalars with the value, after a colon.
function reasonOf(message: string, type: GraphQLInputType | undefined): string {
  // Our own scalars say what would be right, and never quote.
  if (message.startsWith("must ")) return message;
  if (isEnumType(type))
    return `must be one of ${type
      .getValues()
      .map((value) => value.name)
      .join(", ")}`;
  const custom = /^Expected type "[^"]+"\. (.*)$/s.exec(message)?.[1];
  if (custom) return custom;
  const unknown = /^Field "([A-Za-z0-9_]{1,60})" is not defined by type "(\w+)"/.exec(message);
  if (unknown) return `has a field "${unknown[1]}" that ${unknown[2]} does not define`;
  const missing = /^Field "?(\w+)"? of required type "([^"]+)" was not provided/.exec(message);
  if (missing) return `misses the field ${missing[1]}, which is required: ${missing[2]}`;
  return message.split(/: |"/)[0]!.trim() + (type ? `; expected ${type.toString()}` : "");
}

function typeAt(type: GraphQLInputType, path: ReadonlyArray<string | number>): GraphQLInputType | undefined {
  let at: GraphQLInputType | undefined = type;
  for (const step of path) {
    const bare: unknown = at && "ofType" in at && isNonNullType(at) ? at.ofType : at;
    if (typeof step === "number") at = (bare as { ofType?: GraphQLInputType }).ofType;
    else at = (bare as { getFields?: () => Record<string, { type: GraphQLInputType }> }).getFields?.()[step]?.type;
  }
  return at && isNonNullType(at) ? at.ofType : at;
}
