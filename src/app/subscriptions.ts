import { randomUUID } from "node:crypto";
import {
  execute,
  type ExecutionArgs,
  getArgumentValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from "graphql";
import type { SubscribePayload } from "graphql-ws";
import type { Hub } from "../platform/changes/live.js";
import type { LiveRequest, LiveSource } from "../platform/changes/reader.js";
import { parsePosition } from "../platform/changes/position.js";
import { type Context, newContext, type Services, type Viewer } from "../platform/context.js";
import { ErrorReason, Refusal } from "../platform/errors.js";
import { isUnavailable, maskError } from "../platform/graphql/mask.js";
import { type Admission, type Admitted, refusalsOf, rootFieldsOf } from "../platform/limits/query.js";
import { resolveField } from "../platform/reading/read.js";
import { notHere } from "./context.js";
import type { Connection } from "./connection.js";
import { bytesOf } from "./frame.js";
import { readerFor } from "./socket-reader.js";
import { Seat } from "./seat.js";
import { viewerOfSession } from "./viewer.js";

const subscriptionsPerSocket = 50;

/** type-graphql passes on what a subscription field's `subscribe` returns: our live source. */
type Subscribe = (
  root: undefined,
  args: Record<string, unknown>,
  ctx: Pick<Context, "viewer">,
  info: null,
) => LiveSource;

interface Prepared extends ExecutionArgs {
  seat: () => Seat;
}

/** Admits subscriptions like any other operation, and seats their readers in the hub. */
export class Subscriptions {
  constructor(
    private readonly services: Services,
    private readonly schema: GraphQLSchema,
    private readonly admission: Admission,
    private readonly hub: Hub,
  ) {}

  /** What graphql-ws goes on with, or the errors that it sends. */
  async prepare(
    connection: Connection,
    id: string,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    try {
      const admitted = this.admission.admit(payload);
      if (admitted.operation.operation !== "subscription")
        throw notHere("Queries and mutations go over HTTP at this address; a WebSocket takes subscriptions only.", 400);
      if (connection.subscriptions >= subscriptionsPerSocket)
        throw new Refusal("RATE_LIMITED", `A socket takes ${subscriptionsPerSocket} subscriptions at a time.`, {
          reason: ErrorReason.TOO_MANY_SUBSCRIPTIONS,
        });
      const request = this.#request(admitted, connection.viewer);
      const prepared: Prepared = {
        schema: this.schema,
        document: admitted.document,
        operationName: payload.operationName,
        contextValue: null,
        seat: () => new Seat(this.hub, request, connection, readerFor(connection, id)),
      };
      // Counted here, before graphql-ws takes a turn: the next message may already be waiting.
      connection.subscriptions++;
      return prepared;
    } catch (error) {
      return this.#errors(error);
    }
  }

  /** The endless result that graphql-ws waits on; messages go straight to the socket. */
  seat = (args: ExecutionArgs): Seat => (args as Prepared).seat();

  #errors(error: unknown): GraphQLError[] {
    const requestId = randomUUID();
    return refusalsOf(error).map((one) => {
      const { message, ...rest } = maskError(one, this.services.log, requestId);
      return Object.assign(new GraphQLError(message), { toJSON: () => ({ message, ...rest }) });
    });
  }

  #request(admitted: Admitted, viewer: Viewer | null): LiveRequest {
    const node = rootFieldsOf(this.schema, admitted)[0]![0]!;
    const field = this.schema.getSubscriptionType()!.getFields()[node.name.value]!;
    const args = getArgumentValues(field, node, admitted.variables);
    const source = (field.subscribe as unknown as Subscribe)(undefined, args, { viewer }, null);
    if (source.after) parsePosition(source.after, "after");
    return {
      key: keyOf(admitted, args, viewer),
      source,
      context: () => this.#context(viewer),
      execute: (ctx, message) => this.#execute(admitted, ctx, message),
    };
  }

  /** A fresh context for each message: rights as they are now, and nothing cached from before (TRAPS 14, 15). */
  async #context(viewer: Viewer | null) {
    const now = viewer && (await viewerOfSession(this.services.pool, viewer.sessionId, this.services.now()));
    if (viewer && !now) return null;
    return newContext(this.services, { viewer: now, requestId: randomUUID(), address: "" });
  }

  async #execute(
    { document, operation, variables }: Admitted,
    contextValue: Context,
    rootValue: object,
  ): Promise<string> {
    const result = await execute({
      schema: this.schema,
      document,
      rootValue,
      contextValue,
      variableValues: variables,
      operationName: operation.name?.value,
      fieldResolver: resolveField as never,
    });
    // Not a message: whoever got it would believe to have seen this change. Thrown, it sends readers off to come back.
    const away = result.errors?.find((error) => isUnavailable(error.originalError));
    if (away) throw away.originalError;
    const errors = result.errors?.map((error) => maskError(error, this.services.log, contextValue.requestId));
    return bytesOf(JSON.stringify({ data: result.data, ...(errors ? { errors } : {}) }));
  }
}

/** Equal for readers who get equal answers: same selection, same arguments but where they come from, same rights. */
function keyOf(
  { operation, fragments, variables }: Admitted,
  args: Record<string, unknown>,
  viewer: Viewer | null,
): string {
  const { after: _after, ...rest } = args;
  const selection = withoutAfter(operation);
  const used = new Set<string>();
  for (const part of [selection, ...Object.values(fragments)])
    visit(part, { Variable: (variable) => void used.add(variable.name.value) });
  const values = Object.fromEntries([...used].sort().map((name) => [name, variables[name]]));
  return JSON.stringify([
    print(selection),
    Object.values(fragments).map(print),
    rest,
    values,
    viewer?.sessionId ?? null,
  ]);
}

function withoutAfter(operation: OperationDefinitionNode): OperationDefinitionNode {
  const [field, ...others] = operation.selectionSet.selections;
  // In a fragment, where few clients put it, `after` stays: then readers share with those of the same position only.
  if (field?.kind !== Kind.FIELD) return operation;
  const args = field.arguments?.filter((argument) => argument.name.value !== "after") ?? [];
  const { name: _name, ...unnamed } = operation;
  return {
    ...unnamed,
    variableDefinitions: [],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [{ ...field, arguments: args }, ...others] },
  };
}
