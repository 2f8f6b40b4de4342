import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
} from "graphql";
import { theSchema } from "../../src/app/schema.js";
import { Admission } from "../../src/platform/limits/query.js";

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
  const fields = Object.values(type.getFields()).map((field) => wholeField(field, levels));
  return `{ ${fields.join(" ").trim() || "__typename"} }`;
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

/** A document that is too large to be admitted, as two that ask for the same: split where it first branches. */
export function halves(query: string): [string, string] {
  const [operation] = parse(query, { noLocation: true }).definitions as [OperationDefinitionNode];
  const [one, other] = split(operation);
  if (!other) throw new Error(`It cannot be asked for in smaller parts: ${query}`);
  return [print(one), print(other)];
}

type Parent = OperationDefinitionNode | SelectionNode;

/** Two of the node, each with a part of what it selects; one where it selects a single value. */
function split<Node extends Parent>(node: Node): [Node, Node?] {
  if (node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) return [node];
  const { selections } = node.selectionSet;
  const holding = (some: readonly SelectionNode[]): Node => ({
    ...node,
    selectionSet: { kind: Kind.SELECTION_SET, selections: some },
  });
  if (selections.length > 1) return [holding(middleOf(selections, 0)), holding(middleOf(selections, 1))];
  return split(selections[0]!).map((part) => holding([part!])) as [Node, Node?];
}

/** The selections before, or after, the middle of their text; there are some on either side. */
function middleOf(selections: readonly SelectionNode[], side: 0 | 1): readonly SelectionNode[] {
  const sizes = selections.map((selection) => print(selection).length);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  let before = 0;
  const found = sizes.findIndex((size) => (before += size) > whole / 2);
  const middle = Math.min(Math.max(found, 1), selections.length - 1);
  return side === 0 ? selections.slice(0, middle) : selections.slice(middle);
}

let gate: Admission | undefined;

/** The document, or in its place several that are each small enough to be admitted. */
export function fitting(query: string, variables: Record<string, unknown> = {}): string[] {
  try {
    (gate ??= new Admission(theSchema(), false)).admit({ query, variables });
  } catch (error) {
    if (isTooLarge(error)) return halves(query).flatMap((half) => fitting(half, variables));
    // Whatever else is wrong, the server says.
  }
  return [query];
}

const isTooLarge = (error: unknown): boolean =>
  (error as { extensions?: { code?: unknown } }).extensions?.code === "QUERY_TOO_LARGE";
