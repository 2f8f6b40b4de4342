import type { FieldNode, GraphQLObjectType } from "graphql";
import type { Context } from "../context.js";

/** A piece of SQL text. Values never stand in it: they are bound. */
export type Sql = string;

/** One execution of a compiled selection. */
export interface Run {
  ctx: Context;
  variables: Record<string, unknown>;
  /** The rows that are read, or that the field is about, where it is not the query's arguments that say so. */
  ids?: readonly string[];
  /** What a change says, where the field is a message about it. */
  told?: object | undefined;
}

/** What a field's SQL may use: parameters and fresh names. */
export interface Scope {
  /** The reader is signed in; what only signed-in readers have need not stand in the SQL of the others. */
  readonly signedIn: boolean;
  /** A parameter whose value is found at each execution, as `$3::uuid`. */
  bind(value: (run: Run) => unknown, type: string): Sql;
  /** A new name for a table of a subquery. */
  alias(): string;
}

/** What writes the SQL of selections. */
export interface Writer extends Scope {
  /** The fields asked for on a type, with fragments spread and directives applied. */
  fields(type: GraphQLObjectType, nodes: readonly FieldNode[]): ReadonlyMap<string, readonly FieldNode[]>;
  /** The columns of an object: a name and an expression for each field asked for. */
  columns(shape: Shape, row: string, nodes: readonly FieldNode[]): Sql;
}

/** The arguments of a field in a selection. */
export interface Args {
  /** Whether the argument (or the field of an input object, as `filter.type`) has a value in this request. */
  has(path: string): boolean;
  /** A parameter with the argument's value. */
  bind(path: string, type: string): Sql;
  /** A parameter made of argument values. */
  bindAs(make: (value: (path: string) => unknown) => unknown, type: string): Sql;
  /** A parameter with the row id of an argument that is the id of this type. */
  id(path: string, ofType: string): Sql;
  /** The value itself, at execution. */
  value(run: Run, path: string): unknown;
}

/** SQL for a value of a row; a field that a shape doesn't name is the column of its name. */
export type Column = (row: string, scope: Scope, args: Args) => Sql;

/** The rows of an edge: what stands behind FROM and WHERE, for a row of the parent. */
export interface Source {
  from: (row: string, parent: string, scope: Scope, args: Args) => { table: Sql; where: Sql[] };
  shape: () => Shape;
}

/** An edge to one row, or none. */
export interface One extends Source {
  kind: "one";
}

/** An edge to a short list: at most 100 rows unless told. */
export interface List extends Source {
  kind: "list";
  most?: number;
  order: (row: string) => Sql;
}

/** One key of an order: its SQL type lets a cursor carry it. */
export interface OrderKey {
  sql: (row: string) => Sql;
  type: string;
}

/** An edge to a Relay connection, ordered by its keys and then by id. */
export interface Connection extends Source {
  kind: "connection";
  /** The keys; a function where they are made of the arguments. */
  order: OrderKey[] | ((scope: Scope, args: Args) => OrderKey[]);
  /** The highest comes first. */
  descending?: boolean;
  /** What its edges say of a row beside the cursor; what they do not name is null. */
  onEdges?: (scope: Scope, args: Args) => Record<string, (row: string) => Sql>;
}

export type Edge = One | List | Connection;

/** How a GraphQL object type is read: its fields as columns and edges. Types of nodes have a table with an id. */
export interface Shape {
  type: string;
  fields: Record<string, Column | Edge>;
}

export const one = (edge: Omit<One, "kind">): One => ({ kind: "one", ...edge });
export const list = (edge: Omit<List, "kind">): List => ({ kind: "list", ...edge });
export const connection = (edge: Omit<Connection, "kind">): Connection => ({ kind: "connection", ...edge });

/** A type that is reached by id, by `node` and by the answers of mutations and subscriptions. */
export interface NodeShape extends Shape {
  table: string;
  /** SQL that is true for a row that this reader may see by its id. */
  visible: (row: string, scope: Scope) => Sql;
  /** The column that, where it is not null, has the id of the row that this one's id leads to. */
  leadsTo?: string;
}

/** SQL for the id of the row that an id leads to. */
export const ledTo = ({ table, leadsTo }: NodeShape, id: Sql): Sql =>
  leadsTo ? `COALESCE((SELECT led.${leadsTo} FROM ${table} led WHERE led.id = ${id}), ${id})` : id;

/** An edge to the thing that the id in a column leads to, where this reader may see it: as a Ref is read. */
export const thingOf = (shape: () => NodeShape, column: string): One =>
  one({
    shape,
    from: (row, parent, scope) => ({
      table: `${shape().table} ${row}`,
      where: [`${row}.id = ${ledTo(shape(), `${parent}.${column}`)}`, shape().visible(row, scope)],
    }),
  });

const nodeShapes = new Map<string, NodeShape>();

/** Every type with an id, by name. */
export const allNodeShapes = (): Iterable<NodeShape> => nodeShapes.values();

const shapes = new Map<string, Shape>();

/** Whether a type is read by a shape: such a type needs no resolvers. */
export const hasShape = (type: string): boolean => shapes.has(type);

/** Declares how a type without an id of its own is read. */
export function shape(type: string, fields: Shape["fields"] = {}): Shape {
  const made = { type, fields };
  shapes.set(type, made);
  return made;
}

/** Declares how a type with an id is read. */
export function nodeShape(type: string, rest: Omit<NodeShape, "type">): NodeShape {
  const made = { type, ...rest };
  shapes.set(type, made);
  nodeShapes.set(type, made);
  return made;
}

/** Adds fields that a higher feature gives to a type of a lower one. */
export const extend = (target: Shape, fields: Shape["fields"]): void => void Object.assign(target.fields, fields);

/** SQL for the conditions all together. */
export const every = (conditions: Sql[]): Sql => (conditions.length > 0 ? conditions.join(" AND ") : "true");
