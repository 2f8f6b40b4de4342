import { getNamedType, type GraphQLNamedType, isCompositeType, isNonNullType, isObjectType } from "graphql";
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
