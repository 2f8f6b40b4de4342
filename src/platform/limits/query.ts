import { createHash } from "node:crypto";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { LRUCache } from "lru-cache";
import { ErrorCode, ErrorReason, Refusal } from "../errors.js";
import { checkCost } from "./cost.js";
import { checkShape, shapeLimits, tooLarge } from "./shape.js";
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
}

const validationErrorsTold = 10;

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
    this.#rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  }

  /** Returns what may be executed, or throws the refusals: one, or several faults found by validation. */
  admit(request: GraphQLRequest): Admitted {
    const document = this.#document(request.query);
    const operation = getOperationAST(document, request.operationName);
    if (!operation)
      throw new Refusal("OPERATION_RESOLUTION_FAILURE", "Name one of the document's operations in operationName.", {
        status: 400,
      });
    const fragments = fragmentsOf(document);
    const variables = coerceVariables(this.schema, operation, request.variables ?? {});
    const cost = checkCost(this.schema, operation, fragments, variables);
    return { document, operation, fragments, variables, cost };
  }

  /** A document admitted before, by the SHA-256 of its text. */
  known = (hash: string): DocumentNode | undefined => this.#documents.get(hash);

  #document(query: string): DocumentNode {
    const hash = createHash("sha256").update(query).digest("hex");
    const known = this.#documents.get(hash);
    if (known) return known;
    const document = parseDocument(query);
    checkShape(document);
    const errors = validate(this.schema, document, this.#rules, { maxErrors: validationErrorsTold });
    if (errors.length > 0) throw new InvalidDocument(errors);
    this.#documents.set(hash, document);
    return document;
  }
}

/** A document that the schema does not allow; carries each fault. */
export class InvalidDocument extends Error {
  readonly errors: GraphQLError[];
  constructor(errors: readonly GraphQLError[]) {
    super("The document is not valid.");
    this.errors = errors.map(
      (error) =>
        new GraphQLError(error.message, {
          nodes: error.nodes,
          extensions: { code: ErrorCode.GRAPHQL_VALIDATION_FAILED },
        }),
    );
  }
}

function parseDocument(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: shapeLimits.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.includes("Document contains more than"))
      throw tooLarge(`it has more than ${shapeLimits.tokens} tokens`, ErrorReason.TOO_MANY_TOKENS);
    throw new GraphQLError(error.message, {
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
    fragments = {};
    for (const part of document.definitions)
      if (part.kind === Kind.FRAGMENT_DEFINITION) fragments[part.name.value] = part;
    fragmentCache.set(document, fragments);
  }
  return fragments;
}
