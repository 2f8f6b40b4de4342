import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { collectSubfields } from "graphql/execution/collectFields.js";
import { argsOf } from "./args.js";
import { connectionSql } from "./connection.js";
import { type Edge, every, type Run, type Shape, type Sql, type Writer } from "./shape.js";

/** A statement that answers a selection, and how to find its parameters. */
export interface Statement {
  text: Sql;
  values: (run: Run) => unknown[];
}

/** What a compilation works on. */
export interface Source {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  /** Variables with the outline of those that the statement will run with. */
  variables: Record<string, unknown>;
  signedIn: boolean;
}

export const columnName = (field: string): string => field.replace(/(?<=[a-z0-9])([A-Z])/g, "_$1").toLowerCase();
const quoted = (name: string): string => `"${name}"`;

/** Turns selections into SQL: each object becomes one JSON value, keyed as the client asked. */
export class Compiler implements Writer {
  readonly signedIn: boolean;
  readonly #bindings: ((run: Run) => unknown)[] = [];
  #aliases = 0;

  constructor(readonly source: Source) {
    this.signedIn = source.signedIn;
  }

  bind(value: (run: Run) => unknown, type: string): Sql {
    this.#bindings.push(value);
    return `$${this.#bindings.length}::${type}`;
  }

  alias(): string {
    return `t${++this.#aliases}`;
  }

  statement(text: Sql): Statement {
    const bindings = [...this.#bindings];
    return { text, values: (run) => bindings.map((value) => value(run)) };
  }

  columns(shape: Shape, row: string, nodes: readonly FieldNode[], alwaysTypename = false): Sql {
    const type = this.source.schema.getType(shape.type) as GraphQLObjectType;
    const columns = [...this.fields(type, nodes)].map(
      ([key, fieldNodes]) => `${this.#field(shape, type, row, fieldNodes)} AS ${quoted(key)}`,
    );
    if (alwaysTypename) columns.push(`'${type.name}'::text AS "__type"`);
    return columns.join(", ");
  }

  fields(type: GraphQLObjectType, nodes: readonly FieldNode[]): ReadonlyMap<string, readonly FieldNode[]> {
    return collectSubfields(this.source.schema, this.source.fragments, this.source.variables, type, nodes);
  }

  #field(shape: Shape, type: GraphQLObjectType, row: string, nodes: readonly FieldNode[]): Sql {
    const name = nodes[0]!.name.value;
    if (name === "__typename") return `'${type.name}'::text`;
    const read = shape.fields[name];
    if (read === undefined) return `${row}.${columnName(name)}`;
    if (typeof read !== "function") return this.edge(read, row, type, nodes);
    return read(row, this, argsOf(this, type.getFields()[name]!, nodes[0]!, this.source.variables));
  }

  /** An edge of a row (or of the query itself) as one JSON value. */
  edge(edge: Edge, parent: string, parentType: GraphQLObjectType, nodes: readonly FieldNode[]): Sql {
    const field = parentType.getFields()[nodes[0]!.name.value]!;
    const args = argsOf(this, field, nodes[0]!, this.source.variables);
    const row = this.alias();
    const { table, where } = edge.from(row, parent, this, args);
    const rows = `FROM ${table} WHERE ${every(where)}`;
    if (edge.kind === "connection")
      return connectionSql(this, edge, {
        row,
        table,
        where,
        args,
        type: getNamedType(field.type) as GraphQLObjectType,
        nodes,
      });
    const columns = this.columns(edge.shape(), row, nodes);
    if (edge.kind === "one") return `(SELECT row_to_json(j) FROM (SELECT ${columns} ${rows} LIMIT 1) j)`;
    return `COALESCE((SELECT json_agg(row_to_json(j)) FROM (SELECT ${columns} ${rows} ORDER BY ${edge.order(row)} LIMIT ${edge.most ?? 100}) j), '[]'::json)`;
  }
}
