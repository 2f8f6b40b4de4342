import {
  getArgumentValues,
  type GraphQLFormattedError,
  type GraphQLResolveInfo,
  isLeafType,
  getNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { collectFields } from "graphql/execution/collectFields.js";
import type { Context } from "../context.js";
import type { Admitted } from "../limits/query.js";
import { Answer, Ref } from "./read.js";

/** An answer's `data` as text that is sent on without having been parsed. */
export class Data {
  constructor(readonly text: string) {}
}

/**
 * Answers a query whose fields are all read by SQL without executing it: the statements' JSON is the answer, keyed as
 * the client asked. Null when graphql-js has to do it, also after any failure: it words errors and their paths.
 */
export async function answerThrough(ctx: Context, admitted: Admitted, schema: GraphQLSchema): Promise<Data | null> {
  if (admitted.operation.operation !== "query") return null;
  const answer = (): Promise<string | null> => textThrough(ctx, admitted, schema);
  // What one person may see is held for nobody.
  const text = await (ctx.viewer ? answer() : ctx.reads.get(questionOf(admitted), answer));
  return text === null ? null : new Data(text);
}

const numbers = new WeakMap<OperationDefinitionNode, number>();
let lastNumber = 0;

/** What an answer to it is held by: the same document gives the same operation. */
export function questionOf({ operation, variables }: Admitted): string {
  const number = numbers.get(operation) ?? ++lastNumber;
  numbers.set(operation, number);
  return `${number} ${JSON.stringify(variables)}`;
}

async function textThrough(ctx: Context, admitted: Admitted, schema: GraphQLSchema): Promise<string | null> {
  const parentType = schema.getQueryType()!;
  const { operation, fragments, variables: variableValues } = admitted;
  const asked = collectFields(schema, fragments, variableValues, parentType, operation.selectionSet);
  const fields = parentType.getFields();
  for (const [, nodes] of asked) if (!fields[nodes[0]!.name.value]?.extensions["readThrough"]) return null;

  const answer = async ([key, fieldNodes]: [string, GraphQLResolveInfo["fieldNodes"]]): Promise<string> => {
    const field = fields[fieldNodes[0]!.name.value]!;
    const info: GraphQLResolveInfo = {
      fieldName: field.name,
      fieldNodes,
      returnType: field.type,
      parentType,
      path: { prev: undefined, key, typename: parentType.name },
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues,
    };
    const args = getArgumentValues(field, fieldNodes[0]!, variableValues);
    let value: unknown = await field.resolve?.(undefined, args, ctx, info);
    if (value instanceof Ref) value = await value.read(ctx, info);
    return `${JSON.stringify(key)}:${textOf(value, info)}`;
  };
  try {
    return `{${(await Promise.all([...asked].map(answer))).join()}}`;
  } catch {
    return null;
  }
}

function textOf(value: unknown, info: GraphQLResolveInfo): string {
  if (value instanceof Answer) return value.text;
  const type = getNamedType(info.returnType);
  return JSON.stringify(value !== null && value !== undefined && isLeafType(type) ? type.serialize(value) : null);
}

interface Result {
  data?: unknown;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

const opening = Buffer.from(`{"data":`);

/** The same as bytes, of data that are held as bytes. */
export const bytesWith = (data: Buffer, extensions: Record<string, unknown> | undefined): Buffer =>
  Buffer.concat([opening, data, Buffer.from(closing(extensions))]);

const closing = (extensions: Record<string, unknown> | undefined): string =>
  extensions ? `,"extensions":${JSON.stringify(extensions)}}` : "}";

/** A result as JSON, with data sent through as it is. */
export const stringify = ({ data, extensions, ...rest }: Result): string =>
  data instanceof Data ? `{"data":${data.text}${closing(extensions)}` : JSON.stringify({ ...rest, data, extensions });
