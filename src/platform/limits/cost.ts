import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getNamedType,
  getNullableType,
  GraphQLError,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";
import { badInput, ErrorReason } from "../errors.js";
import { ownCosts } from "../graphql/costs.js";
import { tooLarge } from "./shape.js";

/** Pages hold 1 to 100 items, 20 unless told. */
export const pageLimits = { least: 1, most: 100, usual: 20 };
/** The most objects that one operation may ask for. */
const costLimit = 10_000;
/** How many items a list without a page size is expected to hold. */
const listSize = 10;

type Values = Record<string, unknown>;
type Field = GraphQLField<unknown, unknown>;
/** How many items the lists right inside a field hold that takes a page size; null inside other fields. */
type Page = number | null;

const metaFields: Record<string, Field> = { __schema: SchemaMetaFieldDef, __type: TypeMetaFieldDef };
const conditions = [GraphQLIncludeDirective, GraphQLSkipDirective];

/**
 * The number of objects that an operation may have to read: one for each object field, times the page size of the
 * connection, or the length of the list, around it; and what fields say of themselves. Counted on the variables' values, so `$first` costs what it holds.
 * On the way every argument is read once: what graphql-js would refuse while it executes is refused here.
 */
export function checkCost(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Record<string, FragmentDefinitionNode>,
  variables: Values,
): number {
  const known = new Map<SelectionSetNode, number>();

  const ofSet = (set: SelectionSetNode, type: GraphQLNamedType, page: Page): number => {
    const earlier = page === null ? known.get(set) : undefined;
    if (earlier !== undefined) return earlier;
    let sum = 0;
    for (const selection of set.selections) sum += ofSelection(selection, type, page);
    if (page === null) known.set(set, sum);
    return sum;
  };

  const ofSelection = (selection: SelectionNode, type: GraphQLNamedType, page: Page): number => {
    checkConditions(selection.directives, variables);
    if (selection.kind === Kind.FIELD) return ofField(selection, type, page);
    const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    if (!part) return 0;
    const on = part.typeCondition && schema.getType(part.typeCondition.name.value);
    return ofSet(part.selectionSet, on ?? type, page);
  };

  const ofField = (node: FieldNode, parent: GraphQLNamedType, page: Page): number => {
    if (!(isObjectType(parent) || isInterfaceType(parent))) return 0;
    const meta = metaFields[node.name.value];
    const field = meta ?? parent.getFields()[node.name.value];
    if (!field) return 0;
    const args = argumentsOf(node.name.value, () => getArgumentValues(field, node, variables));
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(type)) return 0;
    const { items, more = 0 } = ownCosts(field, args);
    if (field.args.some((argument) => argument.name === "first"))
      return 1 + more + ofSet(node.selectionSet, type, pageSize(args, node));
    const inside = 1 + ofSet(node.selectionSet, type, null);
    // Introspection reads nothing; its form is limited.
    if (meta || type.name.startsWith("__")) return 0;
    return (
      more + (isListType(getNullableType(field.type)) ? (page ?? items ?? lengthOf(field, args)) * inside : inside)
    );
  };

  const root = schema.getRootType(operation.operation);
  const cost = root ? ofSet(operation.selectionSet, root, null) : 0;
  if (cost > costLimit)
    throw tooLarge(
      `it asks for up to ${cost} objects, at most ${costLimit} are allowed; ask for smaller pages or fewer levels`,
      ErrorReason.TOO_COSTLY,
    );
  return cost;
}

function checkConditions(directives: readonly DirectiveNode[] | undefined, variables: Values): void {
  for (const node of directives ?? []) {
    const directive = conditions.find(({ name }) => name === node.name.value);
    if (directive) argumentsOf(`@${directive.name}`, () => getArgumentValues(directive, node, variables));
  }
}

/** A variable can be null where its default made it fit: validation lets it pass, execution would not. */
function argumentsOf(path: string, read: () => Values): Values {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const argument = /^Argument "(\w+)"/.exec(error.message)?.[1] ?? "";
    throw badInput(`${path}.${argument}`, "is given a variable that is null; it must have a value");
  }
}

function lengthOf(field: Field, args: Values): number {
  if (field.name !== "nodes" || !Array.isArray(args["ids"])) return listSize;
  if (args["ids"].length > pageLimits.most)
    throw badInput(
      "ids",
      `holds ${args["ids"].length} ids; at most ${pageLimits.most} are allowed`,
      ErrorReason.PAGE_SIZE,
    );
  return args["ids"].length;
}

function pageSize(args: Values, node: FieldNode): number {
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
