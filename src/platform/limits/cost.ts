import {
  type FieldNode,
  getArgumentValues,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  type OperationDefinitionNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { badInput, ErrorReason } from "../errors.js";
import { tooLarge } from "./shape.js";

/** Pages hold 1 to 100 items, 20 unless told. */
export const pageLimits = { least: 1, most: 100, usual: 20 };
/** The most objects that one operation may ask for. */
export const costLimit = 10_000;
/** How many items a list without a page size is expected to hold. */
const listSize = 10;

/**
 * The number of objects that an operation may have to read: one for each object field, times the page size of the
 * connection, or the length of the list, around it. Counted on the variables' values, so `$first` costs what it holds.
 */
export function checkCost(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Record<string, FragmentDefinitionNode>,
  variables: Record<string, unknown>,
): number {
  const known = new Map<SelectionSetNode, number>();

  const ofSet = (set: SelectionSetNode, type: GraphQLNamedType, page: number): number => {
    const earlier = page === 1 ? known.get(set) : undefined;
    if (earlier !== undefined) return earlier;
    let sum = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) sum += ofField(selection, type, page);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        sum += ofSet(selection.selectionSet, typeOf(selection, type), page);
      else {
        const fragment = fragments[selection.name.value];
        if (fragment) sum += ofSet(fragment.selectionSet, typeOf(fragment, type), page);
      }
    }
    if (page === 1) known.set(set, sum);
    return sum;
  };

  const typeOf = (part: { typeCondition?: { name: { value: string } } | undefined }, type: GraphQLNamedType) =>
    (part.typeCondition && schema.getType(part.typeCondition.name.value)) || type;

  const ofField = (node: FieldNode, parent: GraphQLNamedType, page: number): number => {
    if (!node.selectionSet || !(isObjectType(parent) || isInterfaceType(parent))) return 0;
    const field = parent.getFields()[node.name.value];
    const type = field && getNamedType(field.type);
    if (!type || !isCompositeType(type)) return 0;
    const args = getArgumentValues(field, node, variables);
    if (type.name.endsWith("Connection")) return 1 + ofSet(node.selectionSet, type, pageSize(args, node));
    const times = isListType(getNullableType(field.type))
      ? parent.name.endsWith("Connection")
        ? page
        : lengthOf(field, args)
      : 1;
    return times * (1 + ofSet(node.selectionSet, type, 1));
  };

  const root = schema.getRootType(operation.operation);
  const cost = root ? ofSet(operation.selectionSet, root, 1) : 0;
  if (cost > costLimit)
    throw tooLarge(
      `it asks for up to ${cost} objects, at most ${costLimit} are allowed; ask for smaller pages or fewer levels`,
      ErrorReason.TOO_COSTLY,
    );
  return cost;
}

function lengthOf(field: GraphQLField<unknown, unknown>, args: Record<string, unknown>): number {
  if (field.name !== "nodes" || !Array.isArray(args["ids"])) return listSize;
  if (args["ids"].length > pageLimits.most)
    throw badInput(
      "ids",
      `holds ${args["ids"].length} ids; at most ${pageLimits.most} are allowed`,
      ErrorReason.PAGE_SIZE,
    );
  return args["ids"].length;
}

function pageSize(args: Record<string, unknown>, node: FieldNode): number {
  for (const name of ["first", "last"]) {
    const size = args[name];
    if (typeof size === "number" && (size < pageLimits.least || size > pageLimits.most))
      throw badInput(
        `${node.name.value}.${name}`,
        `must be from ${pageLimits.least} to ${pageLimits.most}`,
        ErrorReason.PAGE_SIZE,
      );
  }
  if (typeof args["first"] === "number" && typeof args["last"] === "number")
    throw badInput(`${node.name.value}.last`, "cannot be combined with first; give one of them", ErrorReason.PAGE_SIZE);
  return (args["first"] ?? args["last"] ?? pageLimits.usual) as number;
}
