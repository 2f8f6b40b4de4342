import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { ErrorReason, Refusal } from "../errors.js";

/** The largest document of each kind; see docs/api.md. */
export const shapeLimits = { tokens: 2_000, depth: 14, aliases: 50, aliasLength: 60, rootFields: 20, fields: 1_000 };

interface Shape {
  depth: number;
  aliases: number;
  fields: number;
}

/** Refuses a document by its form alone, before anything that costs more than reading it once. */
export function checkShape(document: DocumentNode): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const part of document.definitions)
    if (part.kind === Kind.FRAGMENT_DEFINITION) fragments.set(part.name.value, part);
  const measure = measurer(fragments);
  for (const part of document.definitions) {
    if (part.kind === Kind.OPERATION_DEFINITION) checkOperation(part, measure);
    // Fragments that no operation uses are validated all the same.
    else if (part.kind === Kind.FRAGMENT_DEFINITION) check(measure(part.selectionSet));
  }
}

function checkOperation(operation: OperationDefinitionNode, measure: (set: SelectionSetNode) => Shape): void {
  check(measure(operation.selectionSet));
  const rootFields = operation.selectionSet.selections.length;
  if (rootFields > shapeLimits.rootFields)
    throw tooLarge(
      `it has ${rootFields} root fields, at most ${shapeLimits.rootFields} are allowed`,
      ErrorReason.TOO_MANY_ROOT_FIELDS,
    );
}

function check({ depth, aliases, fields }: Shape): void {
  if (depth > shapeLimits.depth)
    throw tooLarge(`it is more than ${shapeLimits.depth} levels deep`, ErrorReason.TOO_DEEP);
  if (aliases > shapeLimits.aliases)
    throw tooLarge(`it has more than ${shapeLimits.aliases} aliases`, ErrorReason.TOO_MANY_ALIASES);
  if (fields > shapeLimits.fields)
    throw tooLarge(`it has more than ${shapeLimits.fields} fields`, ErrorReason.TOO_COSTLY);
}

export const tooLarge = (why: string, reason: ErrorReason): Refusal =>
  new Refusal("QUERY_TOO_LARGE", `This document is too large: ${why}.`, { reason, status: 400 });

/** Measures selections with fragments spread out; each fragment once, so that nested spreads cost no more than their text. */
function measurer(fragments: Map<string, FragmentDefinitionNode>): (set: SelectionSetNode) => Shape {
  const known = new Map<string, Shape>();
  const nothing: Shape = { depth: 0, aliases: 0, fields: 0 };

  const ofFragment = (name: string): Shape => {
    const measured = known.get(name);
    if (measured) return measured;
    const fragment = fragments.get(name);
    if (!fragment) return nothing;
    // A cycle counts as nothing here; validation refuses it.
    known.set(name, nothing);
    const shape = ofSet(fragment.selectionSet);
    known.set(name, shape);
    return shape;
  };

  const ofSet = (set: SelectionSetNode): Shape => {
    const sum: Shape = { depth: 0, aliases: 0, fields: 0 };
    for (const selection of set.selections) {
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : selection.selectionSet && !isIntrospection(selection)
            ? ofSet(selection.selectionSet)
            : nothing;
      const own = selection.kind === Kind.FIELD ? 1 : 0;
      if (selection.kind === Kind.FIELD && (selection.alias?.value.length ?? 0) > shapeLimits.aliasLength)
        throw tooLarge(`an alias is longer than ${shapeLimits.aliasLength} characters`, ErrorReason.ALIAS_TOO_LONG);
      sum.depth = Math.max(sum.depth, inner.depth + own);
      sum.aliases += inner.aliases + (selection.kind === Kind.FIELD && selection.alias ? 1 : 0);
      sum.fields += inner.fields + own;
    }
    return sum;
  };
  return ofSet;
}

// Introspection is bounded by graphql-js's own rule (MaxIntrospectionDepthRule), and by the switch for it.
const isIntrospection = (selection: { kind: Kind; name?: { value: string } }): boolean =>
  selection.kind === Kind.FIELD && (selection.name?.value === "__schema" || selection.name?.value === "__type");
