import { createHash } from "node:crypto";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  Source,
  validate,
} from "graphql";
import { collectFields } from "graphql/execution/collectFields.js";
import { LRUCache } from "lru-cache";
import { ErrorCode, Refusal } from "../errors.js";
import { checkCost } from "./cost.js";
import { rules } from "./rules.js";
import { checkShape, checkTokens } from "./shape.js";
import { coerceVariables } from "./variables.js";

/** A GraphQL request as a client sends it, over whichever transport. */
export interface GraphQLRequest {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** A request that may be executed. */
export interface Admitted {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  cost: number;
  /** Characters of a text that had to be parsed and validated; 0 for one that was admitted before. */
  unread: number;
}

const validationErrorsTold = 10;
const longestMessage = 300;

/**
 * The one gate for POST, GET and WebSocket: tokens, form, validation, variables, cost, in this order, before any
 * resolver runs. Equal documents are parsed and validated once.
 */
export class Admission {
  readonly #documents = new LRUCache<string, DocumentNode>({ max: 2_000 });
  readonly #rules;

  constructor(
    private readonly schema: GraphQLSchema,
    introspection: boolean,
  ) {
    this.#rules = rules(introspection);
  }

  /** Returns what may be executed, or throws why not; {@link refusalsOf} takes that apart. */
  admit(request: GraphQLRequest): Admitted {
    const hash = hashOf(request.query);
    const unread = this.#documents.has(hash) ? 0 : request.query.length;
    const document = this.#document(request.query, hash);
    const operation = getOperationAST(document, request.operationName);
    if (!operation)
      throw new Refusal("OPERATION_RESOLUTION_FAILURE", "Name one of the document's operations in operationName.", {
        status: 400,
      });
    const fragments = fragmentsOf(document);
    const variables = coerceVariables(this.schema, operation, fragments, request.variables ?? {});
    const cost = checkCost(this.schema, operation, fragments, variables);
    const admitted = { document, operation, fragments, variables, cost, unread };
    // Validation counts the fields too, but cannot know which of them the variables skip.
    if (operation.operation === "subscription" && rootFieldsOf(this.schema, admitted).length !== 1)
      throw new Refusal("GRAPHQL_VALIDATION_FAILED", "A subscription asks for exactly one field.", { status: 400 });
    return admitted;
  }

  /** A document admitted before, by the SHA-256 of its text. */
  known = (hash: string): DocumentNode | undefined => this.#documents.get(hash);

  /** Whether a text was admitted before. */
  knows = (query: string): boolean => this.#documents.has(hashOf(query));

  #document(query: string, hash: string): DocumentNode {
    const known = this.#documents.get(hash);
    if (known) return known;
    const document = parseDocument(query);
    checkShape(document);
    const errors = this.#validate(document);
    if (errors.length > 0) throw new InvalidDocument(errors);
    this.#documents.set(hash, document);
    return document;
  }

  #validate(document: DocumentNode): readonly GraphQLError[] {
    try {
      return validate(this.schema, document, this.#rules, { maxErrors: validationErrorsTold });
    } catch (error) {
      // graphql-js counts a subscription's fields without the variables, and throws at `@skip(if: $variable)`.
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }
}

const hashOf = (query: string): string => createHash("sha256").update(query).digest("hex");

/** What is asked of the root, fragments spread out and conditions applied: the nodes of each field of the answer. */
export function rootFieldsOf(schema: GraphQLSchema, { operation, fragments, variables }: Admitted) {
  const root = schema.getRootType(operation.operation)!;
  return [...collectFields(schema, fragments, variables, root, operation.selectionSet).values()];
}

/** A document that the schema does not allow; carries each fault. */
class InvalidDocument extends Error {
  readonly errors: GraphQLError[];
  constructor(errors: readonly GraphQLError[]) {
    super("The document is not valid.");
    this.errors = errors.map(
      (error) =>
        new GraphQLError(error.message.slice(0, longestMessage), {
          nodes: error.nodes,
          extensions: { code: ErrorCode.GRAPHQL_VALIDATION_FAILED, http: { status: 400 } },
        }),
    );
  }
}

/** What a client is told when a request is not admitted: one error, or each fault that validation found. */
export const refusalsOf = (thrown: unknown): readonly unknown[] =>
  thrown instanceof InvalidDocument ? thrown.errors : [thrown];

function parseDocument(query: string): DocumentNode {
  try {
    const source = new Source(query);
    checkTokens(source);
    return parse(source);
  } catch (error) {
    if (!(error instanceof GraphQLError) || error instanceof Refusal) throw error;
    // graphql-js ends with the token that it found, which may be a value.
    const message = error.message.replace(/\b(Name|Int|Float|String|BlockString) ".*/s, "$1.");
    throw new GraphQLError(message.slice(0, longestMessage), {
      source: error.source,
      positions: error.positions,
      extensions: { code: ErrorCode.GRAPHQL_PARSE_FAILED, http: { status: 400 } },
    });
  }
}

const fragmentCache = new WeakMap<DocumentNode, Record<string, FragmentDefinitionNode>>();

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  let fragments = fragmentCache.get(document);
  if (!fragments) {
    fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
    for (const part of document.definitions)
      if (part.kind === Kind.FRAGMENT_DEFINITION) fragments[part.name.value] = part;
    fragmentCache.set(document, fragments);
  }
  return fragments;
}
