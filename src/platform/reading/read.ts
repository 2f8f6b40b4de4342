import DataLoader from "dataloader";
import {
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
} from "graphql";
import { collectSubfields } from "graphql/execution/collectFields.js";
import type { Context } from "../context.js";
import { toGlobalId } from "../database/ids.js";
import { badInput, ErrorReason, Refusal } from "../errors.js";
import { databaseFacts } from "../log.js";
import { outline } from "./args.js";
import { Compiler, type Statement } from "./compile.js";
import { type Edge, ledTo, type NodeShape, type Run, type Scope, type Sql } from "./shape.js";

/** What a request asks of one field: the parts of graphql-js's info that reading needs. */
export type Asked = Pick<
  GraphQLResolveInfo,
  "fieldNodes" | "fragments" | "schema" | "parentType" | "returnType" | "variableValues"
>;

/** A whole answer to a selection, as PostgreSQL wrote it: sent through as it is, or parsed where graphql-js goes on. */
export class Answer {
  #value: Record<string, unknown> | undefined;
  constructor(readonly text: string) {}

  get value(): Record<string, unknown> {
    return (this.#value ??= JSON.parse(this.text) as Record<string, unknown>);
  }
}

/** An object inside an answer: its keys are those of the client. */
class Part {
  constructor(readonly value: Record<string, unknown>) {}
}

/** A thing to be read when, and as, the client asks for it; null when the reader may not see it. */
export class Ref {
  /** `row` has what is known of it already, by field: of what this reader has just written, and so may see. */
  constructor(
    readonly shape: NodeShape,
    readonly id: string,
    readonly row?: Readonly<Record<string, unknown>>,
  ) {}

  /** The answer where nothing is asked that is not known; without it there has to be a reading. */
  known({ schema, fragments, variableValues, fieldNodes }: Asked): Part | null {
    const { row, shape } = this;
    if (!row) return null;
    const type = schema.getType(shape.type) as GraphQLObjectType;
    const value: Record<string, unknown> = {};
    for (const [key, [node]] of collectSubfields(schema, fragments, variableValues, type, fieldNodes)) {
      const name = node!.name.value;
      if (name === "id") value[key] = toGlobalId(shape.type, this.id);
      else if (name in row && !(name in shape.fields)) value[key] = row[name];
      else if (name !== "__typename") return null;
    }
    return new Part(value);
  }

  read(ctx: Context, asked: Asked): Promise<Answer | null> {
    return loaderOf(ctx, this.shape, asked).load(this.id);
  }
}

/** Answers a field with one statement. The edge finds what the field is about in the run: statements are shared. */
export async function read(
  ctx: Context,
  info: Asked,
  edge: Edge,
  ids: readonly string[] = [],
  told?: object,
): Promise<Answer | null> {
  const statement = statementFor(
    ctx,
    info,
    (compiler) => `SELECT ${compiler.edge(edge, "", info.parentType, info.fieldNodes)}::text AS answer`,
    // A field may be read by one edge or another, as its arguments say.
    `edge ${numberOf(edge)}`,
  );
  const run = { ctx, variables: info.variableValues, ids, told };
  const [row] = await execute<{ answer: string | null }>(ctx, statement, run);
  return row?.answer ? new Answer(row.answer) : null;
}

/** Reads of one request that ask the same of the same type are one statement. */
function loaderOf(ctx: Context, shape: NodeShape, asked: Asked): DataLoader<string, Answer | null> {
  const key = `${shape.type}:${identity(asked.fieldNodes)}`;
  const known = ctx.loaders.get(key) as DataLoader<string, Answer | null> | undefined;
  if (known) return known;
  const loader = new DataLoader<string, Answer | null>((ids) => readMany(ctx, shape, asked, ids));
  ctx.loaders.set(key, loader);
  return loader;
}

async function readMany(
  ctx: Context,
  shape: NodeShape,
  asked: Asked,
  ids: readonly string[],
): Promise<(Answer | null)[]> {
  const statement = statementFor(
    ctx,
    asked,
    (compiler) => {
      const row = compiler.alias();
      const columns = compiler.columns(shape, row, asked.fieldNodes, isAbstractType(getNamedType(asked.returnType)));
      const visible = shape.visible(row, compiler);
      const wanted = `unnest(${compiler.bind((run) => run.ids, "uuid[]")}) wanted(id)`;
      return `SELECT wanted.id, (SELECT row_to_json(j) FROM (SELECT ${columns}) j)::text AS answer
              FROM ${wanted} JOIN ${shape.table} ${row} ON ${row}.id = ${ledTo(shape, "wanted.id")} WHERE ${visible}`;
    },
    shape.type,
  );
  const rows = await execute<{ id: string; answer: string }>(ctx, statement, {
    ctx,
    variables: asked.variableValues,
    ids,
  });
  const answers = new Map(rows.map((row) => [row.id, new Answer(row.answer)]));
  return ids.map((id) => answers.get(id) ?? null);
}

/** Those of the ids whose rows this reader may see, by a condition on them. */
export async function seen(
  ctx: Context,
  table: string,
  ids: readonly string[],
  condition: (row: string, scope: Scope) => Sql,
): Promise<Set<string>> {
  const statement = plainStatement(ctx, (scope) => {
    const wanted = scope.bind((run) => run.ids, "uuid[]");
    return `SELECT r.id FROM ${table} r WHERE r.id = ANY (${wanted}) AND ${condition("r", scope)}`;
  });
  const rows = await execute<{ id: string }>(ctx, statement, { ctx, variables: {}, ids });
  return new Set(rows.map((row) => row.id));
}

const noSchema = new GraphQLSchema({});

/** A statement of no selection, written with the same conditions as those that are. */
export function plainStatement({ viewer }: Pick<Context, "viewer">, write: (scope: Scope) => Sql): Statement {
  const compiler = new Compiler({ schema: noSchema, fragments: {}, variables: {}, signedIn: viewer !== null });
  return compiler.statement(write(compiler));
}

// Statements live as long as the parsed document that they were made for.
const statements = new WeakMap<FieldNode, Map<string, Statement>>();

function statementFor(ctx: Context, asked: Asked, make: (compiler: Compiler) => string, type = ""): Statement {
  const first = asked.fieldNodes[0]!;
  const known = statements.get(first) ?? new Map<string, Statement>();
  statements.set(first, known);
  const key = [type, identity(asked.fieldNodes), ctx.viewer ? "signed in" : "", outline(asked.variableValues)].join();
  let statement = known.get(key);
  if (!statement) {
    const { schema, fragments, variableValues: variables } = asked;
    const compiler = new Compiler({ schema, fragments, variables, signedIn: ctx.viewer !== null });
    known.set(key, (statement = compiler.statement(make(compiler))));
  }
  return statement;
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

function numberOf(thing: object): number {
  const number = numbers.get(thing) ?? ++lastNumber;
  numbers.set(thing, number);
  return number;
}

/** A key for a set of field nodes: the same document gives the same nodes. */
const identity = (nodes: readonly FieldNode[]): string => nodes.map(numberOf).join("+");

const usesBeforeNamed = 3;
const namedAtMost = 500;
const names = new Map<string, { uses: number; name?: string }>();
let named = 0;

/** PostgreSQL keeps the plan of a named statement; only what is asked again and again gets a name, and a bounded number. */
function nameOf(text: string): string | undefined {
  const entry = names.get(text) ?? { uses: 0 };
  if (names.size > namedAtMost * 4 && !names.has(text)) return undefined;
  names.set(text, entry);
  if (!entry.name && ++entry.uses > usesBeforeNamed && named < namedAtMost) entry.name = `read_${++named}`;
  return entry.name;
}

const badValue = new Set(["22007", "22008", "22P02", "22003"]);

/** The rows of a statement, whose plan PostgreSQL keeps where it is run again and again. */
export async function execute<Row extends object>(ctx: Context, statement: Statement, run: Run): Promise<Row[]> {
  const values = statement.values(run);
  try {
    const name = nameOf(statement.text);
    return (await ctx.pool.query<Row>({ text: statement.text, values, ...(name ? { name } : {}) })).rows;
  } catch (error) {
    const { code } = databaseFacts(error);
    if (code === "22021")
      throw new Refusal("BAD_USER_INPUT", "A text holds the NUL character, which cannot be stored or found.");
    // Every other value is checked before: only a forged cursor can hold one that PostgreSQL cannot read.
    if (badValue.has(code ?? ""))
      throw badInput("after", "is not a cursor of this API; send a cursor unchanged", ErrorReason.CURSOR_INVALID);
    throw error;
  }
}

/** How every field is resolved that has no resolver of its own: from an answer, or as something still to be read. */
export const resolveField: GraphQLFieldResolver<unknown, Context> = (source, _args, ctx, info) => {
  if (source instanceof Answer || source instanceof Part) {
    const value = source.value[String(info.path.key)];
    // The value of a scalar may be an object too: it has no fields to read.
    if (value === null || typeof value !== "object" || isLeafType(getNamedType(info.returnType))) return value;
    return Array.isArray(value) ? value.map(part) : part(value);
  }
  const value = (source as Record<string, unknown> | null | undefined)?.[info.fieldName];
  const readOne = (one: unknown): unknown => (one instanceof Ref ? readRef(one, ctx, info) : one);
  return Array.isArray(value) ? value.map(readOne) : readOne(value);
};

/** Where the schema promises a thing, one that is gone by now or hidden from this reader is refused: a call may be repeated. */
async function readRef(ref: Ref, ctx: Context, info: GraphQLResolveInfo): Promise<Answer | Part | null> {
  const known = ref.known(info);
  if (known) return known;
  const answer = await ref.read(ctx, info);
  const type = getNullableType(info.returnType);
  if (answer === null && isNonNullType(isListType(type) ? type.ofType : info.returnType))
    throw new Refusal("NOT_FOUND", "It is gone, or you may no longer see it.");
  return answer;
}

const part = (value: unknown): unknown =>
  value !== null && typeof value === "object" ? new Part(value as Record<string, unknown>) : value;

/** The name of the type of an answer, where the schema alone doesn't say it. */
export const typeNameOf = (value: unknown): string => String((value as Answer).value["__type"]);

/** The body of a field that only declares itself: its type is read by a shape, and never calls a resolver. */
export function byShape(): never {
  throw new Error("This field is read by the shape of its type.");
}
