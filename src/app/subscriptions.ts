import { randomUUID } from "node:crypto";
import {
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from "graphql";
import type { SubscribePayload } from "graphql-ws";
import type { Hub } from "../platform/changes/live.js";
import type { LiveRequest } from "../platform/changes/reader.js";
import type { Services, Viewer } from "../platform/context.js";
import { ErrorReason, Refusal } from "../platform/errors.js";
import { maskError } from "../platform/graphql/mask.js";
import { type Admission, type Admitted, refusalsOf } from "../platform/limits/query.js";
import { granted, priceOf } from "../platform/limits/rates.js";
import { notHere } from "./context.js";
import type { Connection } from "./connection.js";
import { bytesOf } from "./frame.js";
import type { LiveRequests } from "./live-requests.js";
import { readerFor } from "./socket-reader.js";
import { Seat } from "./seat.js";
import { viewerOfSession } from "./viewer.js";

const subscriptionsPerSocket = 50;

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
    private readonly requests: LiveRequests,
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
      const { viewer, caller } = connection.asking;
      const request = this.#request(admitted, viewer);
      granted(this.services.rates.charge(caller, priceOf(admitted)));
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

  /** The same for all of a group, so it is turned into bytes once. */
  #request(admitted: Admitted, viewer: Viewer | null): LiveRequest {
    const { pool, now } = this.services;
    const rights = async () => viewer && (await viewerOfSession(pool, viewer.sessionId, now()));
    const { args, request } = this.requests.of(admitted, viewer, rights);
    return {
      ...request,
      key: keyOf(admitted, args, viewer),
      execute: async (ctx, message) => bytesOf(await request.execute(ctx, message)),
    };
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
