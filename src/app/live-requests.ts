import { randomUUID } from "node:crypto";
import { execute, getArgumentValues, type GraphQLSchema } from "graphql";
import { parsePosition } from "../platform/changes/position.js";
import type { LiveDocument, LiveDocuments } from "../platform/changes/document.js";
import type { LiveRequest, LiveSource } from "../platform/changes/reader.js";
import { Replay } from "../platform/changes/replay.js";
import { type Context, newContext, type Services, type Viewer } from "../platform/context.js";
import { isUnavailable, maskError } from "../platform/graphql/mask.js";
import { type Admission, type Admitted, type GraphQLRequest, rootFieldsOf } from "../platform/limits/query.js";
import { resolveField } from "../platform/reading/read.js";
import { notHere } from "./context.js";

/** type-graphql passes on what a subscription field's `subscribe` returns: our live source. */
type Subscribe = (
  root: undefined,
  args: Record<string, unknown>,
  ctx: Pick<Context, "viewer">,
  info: null,
) => LiveSource;

/** Who asks, as they are now; null when they have lost the right to listen. */
type Rights = () => Promise<Viewer | null>;

/** Makes of an admitted subscription what its messages are made of, for sockets and for webhooks. */
export class LiveRequests implements LiveDocuments {
  constructor(
    private readonly services: Services,
    private readonly schema: GraphQLSchema,
    private readonly admission: Admission,
  ) {}

  async ofPerson(asked: GraphQLRequest, personId: string): Promise<LiveDocument | null> {
    const admitted = this.admission.admit(asked);
    if (admitted.operation.operation !== "subscription")
      throw notHere("Only a subscription has messages: queries and mutations have one answer.", 400);
    const rights = (): Promise<Viewer | null> => this.services.viewerOfPerson(personId);
    const viewer = await rights();
    return viewer && this.#document(this.of(admitted, viewer, rights));
  }

  #document({ field, request }: ReturnType<LiveRequests["of"]>): LiveDocument {
    const { source } = request;
    const { pool, log } = this.services;
    return {
      field,
      rooms: source.rooms,
      after: source.after ?? null,
      replay: (after, reader, active) =>
        new Replay(pool, log).run({ ...request, source: { ...source, after } }, reader, active),
    };
  }

  /** What a subscription asks for: of the viewer, or of anybody. */
  of(admitted: Admitted, viewer: Viewer | null, rights: Rights) {
    const node = rootFieldsOf(this.schema, admitted)[0]![0]!;
    const field = this.schema.getSubscriptionType()!.getFields()[node.name.value]!;
    const args = getArgumentValues(field, node, admitted.variables);
    const source = (field.subscribe as unknown as Subscribe)(undefined, args, { viewer }, null);
    if (source.after) parsePosition(source.after, "after");
    const request: LiveRequest = {
      key: randomUUID(),
      source,
      context: () => this.#context(viewer, rights),
      execute: (ctx, message) => this.#execute(admitted, ctx, message),
    };
    return { field: field.name, args, request };
  }

  /** A fresh context for each message: rights as they are now, and nothing cached from before (TRAPS 14, 15). */
  async #context(viewer: Viewer | null, rights: Rights): Promise<Context | null> {
    const now = viewer && (await rights());
    if (viewer && !now) return null;
    return newContext(this.services, { viewer: now, requestId: randomUUID(), address: "" });
  }

  async #execute({ document, operation, variables }: Admitted, contextValue: Context, rootValue: object) {
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
    return JSON.stringify({ data: result.data, ...(errors ? { errors } : {}) });
  }
}
