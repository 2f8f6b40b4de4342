import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isCompositeType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { theSchema } from "../../src/app/schema.js";

/** A selection of every field of a type that needs no argument, so many levels deep. */
export function everyField(type: GraphQLNamedType | string, levels: number): string {
  const named = typeof type === "string" ? theSchema().getType(type) : type;
  if (!isObjectType(named)) return "{ __typename }";
  const fields = Object.values(named.getFields()).map((field) => {
    const inner = getNamedType(field.type);
    if (field.args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined)) return "";
    if (!isCompositeType(inner)) return field.name;
    return levels > 1 ? `${field.name} ${everyField(inner, levels - 1)}` : "";
  });
  return `{ __typename ${fields.join(" ")} }`;
}

/**
 * A selection of everything that can be read below a type, so many objects deep: connections by their nodes, and by what
 * cursors may hold.
 */
export function everythingBelow(type: GraphQLNamedType, levels: number): string {
  if (!isObjectType(type)) return "{ __typename }";
  return `{ ${Object.values(type.getFields())
    .map((field) => wholeField(field, levels))
    .join(" ")} }`;
}

const isRequired = ({ type, defaultValue }: GraphQLArgument): boolean =>
  isNonNullType(type) && defaultValue === undefined;

/** A field with everything below it; nothing for one that needs an argument. */
export function wholeField({ name, args, type }: GraphQLField<unknown, unknown>, levels: number): string {
  const inner = getNamedType(type);
  if (args.some(isRequired)) return "";
  if (!isCompositeType(inner)) return name;
  if (levels < 1) return "";
  if (!inner.name.endsWith("Connection")) return `${name} ${everythingBelow(inner, levels - 1)}`;
  const fields = (inner as GraphQLObjectType).getFields();
  const total = fields["totalCount"] ? "totalCount" : "";
  const nodes = everythingBelow(getNamedType(fields["nodes"]!.type), levels - 1);
  return `${name}(first: ${levels > 1 ? 10 : 3}) { ${total} pageInfo { endCursor } nodes ${nodes} }`;
}
