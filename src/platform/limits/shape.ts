import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type Source,
  TokenKind,
} from "graphql";
import { ErrorReason, Refusal } from "../errors.js";

/** The largest document of each kind; see docs/api.md. */
const shapeLimits = {
  tokens: 2_000,
  /** Brackets in brackets: the parser calls itself for each. */
  nesting: 64,
  depth: 14,
  /** Types in lists of non-null lists take a level each: tools ask for nine of them. */
  introspectionDepth: 20,
  aliases: 50,
  aliasLength: 60,
  rootFields: 20,
  /** Fields of one selection: validation compares those of one name in pairs. */
  siblings: 250,
  fields: 1_000,
};

interface Shape {
  depth: number;
  aliases: number;
  fields: number;
  /** Fields of the set itself, those of its fragments included. */
  width: number;
}

const opening = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Refuses a document that is too long, or too deep, to be parsed. */
export function checkTokens(source: Source): void {
  const lexer = new Lexer(source);
  let tokens = 0;
  let open = 0;
  for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
    if (++tokens > shapeLimits.tokens)
      throw tooLarge(`it has more than ${shapeLimits.tokens} tokens`, ErrorReason.TOO_MANY_TOKENS);
    if (opening.has(kind)) open++;
    else if (closing.has(kind)) open--;
    if (open > shapeLimits.nesting) throw tooDeep(shapeLimits.nesting);
  }
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
  const shape = measure(operation.selectionSet);
  check(shape);
  if (shape.width > shapeLimits.rootFields)
    throw tooLarge(
      `it has ${shape.width} root fields, at most ${shapeLimits.rootFields} are allowed`,
      ErrorReason.TOO_MANY_ROOT_FIELDS,
    );
}

function check({ depth, aliases, fields }: Shape): void {
  if (depth > shapeLimits.depth) throw tooDeep(shapeLimits.depth);
  if (aliases > shapeLimits.aliases)
    throw tooLarge(`it has more than ${shapeLimits.aliases} aliases`, ErrorReason.TOO_MANY_ALIASES);
  if (fields > shapeLimits.fields)
    throw tooLarge(`it has more than ${shapeLimits.fields} fields`, ErrorReason.TOO_COSTLY);
}

export const tooLarge = (why: string, reason: ErrorReason): Refusal =>
  new Refusal("QUERY_TOO_LARGE", `This document is too large: ${why}.`, { reason, status: 400 });

const tooDeep = (levels: number): Refusal => tooLarge(`it is more than ${levels} levels deep`, ErrorReason.TOO_DEEP);

/** Measures selections with fragments spread out; each fragment once, so that nested spreads cost no more than their text. */
function measurer(fragments: Map<string, FragmentDefinitionNode>): (set: SelectionSetNode) => Shape {
  const known = new Map<string, Shape>();
  const nothing: Shape = { depth: 0, aliases: 0, fields: 0, width: 0 };

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

  const ofSelection = (selection: SelectionNode): Shape => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    const inner = selection.selectionSet ? ofSet(selection.selectionSet) : nothing;
    if (selection.kind === Kind.INLINE_FRAGMENT) return inner;
    const { name, alias } = selection;
    if ((alias?.value.length ?? 0) > shapeLimits.aliasLength)
      throw tooLarge(`an alias is longer than ${shapeLimits.aliasLength} characters`, ErrorReason.ALIAS_TOO_LONG);
    const meta = name.value === "__schema" || name.value === "__type";
    if (meta && inner.depth > shapeLimits.introspectionDepth) throw tooDeep(shapeLimits.introspectionDepth);
    return {
      depth: meta ? 1 : inner.depth + 1,
      aliases: inner.aliases + (alias ? 1 : 0),
      fields: inner.fields + 1,
      width: 1,
    };
  };

  const ofSet = (set: SelectionSetNode): Shape => {
    const sum = { ...nothing };
    for (const selection of set.selections) {
      const shape = ofSelection(selection);
      sum.depth = Math.max(sum.depth, shape.depth);
      sum.aliases += shape.aliases;
      sum.fields += shape.fields;
      sum.width += shape.width;
    }
    if (sum.width > shapeLimits.siblings)
      throw tooLarge(`a selection has more than ${shapeLimits.siblings} fields`, ErrorReason.TOO_COSTLY);
    return sum;
  };
  return ofSet;
}
