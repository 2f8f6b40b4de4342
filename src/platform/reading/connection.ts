import { type FieldNode, getNamedType, type GraphQLObjectType } from "graphql";
import { pageLimits } from "../limits/cost.js";
import { cursorSql, filterHash, readCursor } from "./cursor.js";
import { type Args, type Connection, every, type OrderKey, type Run, type Sql, type Writer } from "./shape.js";

interface Asked {
  row: string;
  table: Sql;
  where: Sql[];
  args: Args;
  type: GraphQLObjectType;
  nodes: readonly FieldNode[];
}

const pagingArguments = new Set(["first", "last", "after", "before"]);

/** A Relay connection as one JSON value: the page by keyset, then the parts of it that were asked for. */
export function connectionSql(compiler: Writer, edge: Connection, asked: Asked): Sql {
  const { row, args } = asked;
  const order = typeof edge.order === "function" ? edge.order(compiler, args) : edge.order;
  const keys: OrderKey[] = [...order, { sql: (r) => `${r}.id`, type: "uuid" }];
  const backwards = args.has("last") || (args.has("before") && !args.has("first"));
  const hash = (run: Run): string => filterHash({ type: asked.type.name, ...filterOf(run, asked) });
  const sizeSql = compiler.bind(
    (run) => args.value(run, "first") ?? args.value(run, "last") ?? pageLimits.usual,
    "int",
  );
  const where = [
    ...asked.where,
    ...beyond(compiler, "after", keys, edge.descending ? "<" : ">", asked, hash),
    ...beyond(compiler, "before", keys, edge.descending ? ">" : "<", asked, hash),
  ];
  const direction = Boolean(edge.descending) === backwards ? "ASC" : "DESC";
  const sorted = keys.map((key) => `${key.sql(row)} ${direction}`).join(", ");
  // PostgreSQL refuses a parameter that no part of the statement uses: bound only where a cursor is asked for.
  const cursor = (): Sql =>
    cursorSql(
      compiler.bind(hash, "text"),
      keys.map((key) => key.sql(row)),
    );
  const parts = new Parts(compiler, edge, asked, cursor);
  const outer = parts.columns(sizeSql, backwards);
  // The page is cut before any JSON is made of its rows. HAVING makes the outer query one row, whatever is asked for.
  return `(SELECT row_to_json(c) FROM (SELECT ${outer} FROM (
    SELECT ${parts.inner()}, row_number() OVER () AS n FROM (
      SELECT ${row}.* FROM ${asked.table} WHERE ${every(where)} ORDER BY ${sorted} LIMIT ${sizeSql} + 1
    ) ${row}
  ) p HAVING true) c)`;
}

/** Everything that tells one list from another: all arguments but those of paging. */
function filterOf(run: Run, { args, nodes }: Asked): Record<string, unknown> {
  const names = (nodes[0]!.arguments ?? []).map((argument) => argument.name.value);
  return Object.fromEntries(
    names
      .filter((name) => !pagingArguments.has(name))
      .sort()
      .map((name) => [name, args.value(run, name)]),
  );
}

/** The rows after (or before) a cursor, by the order's keys. */
function beyond(
  compiler: Writer,
  name: "after" | "before",
  keys: OrderKey[],
  sign: string,
  asked: Asked,
  hash: (run: Run) => string,
): Sql[] {
  if (!asked.args.has(name)) return [];
  const bound = keys.map((key, index) =>
    compiler.bind(
      (run) => readCursor(String(asked.args.value(run, name)), hash(run), keys.length, name)[index],
      `text::${key.type}`,
    ),
  );
  return [`(${keys.map((key) => key.sql(asked.row)).join(", ")}) ${sign} (${bound.join(", ")})`];
}

/** The fields of a connection that were asked for, and the columns that they need of each row. */
class Parts {
  readonly #columns = new Map<string, Sql>();

  constructor(
    private readonly compiler: Writer,
    private readonly edge: Connection,
    private readonly asked: Asked,
    private readonly cursor: () => Sql,
  ) {}

  inner(): Sql {
    return [...this.#columns].map(([name, sql]) => `${sql} AS ${name}`).join(", ") || "1 AS one";
  }

  columns(size: Sql, backwards: boolean): Sql {
    const order = `ORDER BY p.n ${backwards ? "DESC" : "ASC"}`;
    const list = (sql: Sql): Sql => `COALESCE(json_agg(${sql} ${order}) FILTER (WHERE p.n <= ${size}), '[]'::json)`;
    return [...this.compiler.fields(this.asked.type, this.asked.nodes)]
      .map(([key, nodes]) => `${this.#part(nodes, list, size, backwards)} AS "${key}"`)
      .join(", ");
  }

  #part(nodes: readonly FieldNode[], list: (sql: Sql) => Sql, size: Sql, backwards: boolean): Sql {
    switch (nodes[0]!.name.value) {
      case "nodes":
        return list(this.#node(nodes));
      case "edges":
        return list(this.#object("edges", nodes, this.#edgeParts()));
      case "pageInfo":
        return this.#pageInfo(nodes, size, backwards);
      case "totalCount":
        return `(SELECT count(*) FROM ${this.asked.table} WHERE ${every(this.asked.where)})`;
      default:
        return `'${this.asked.type.name}'::text`;
    }
  }

  #edgeParts(): Record<string, (nodes: readonly FieldNode[]) => Sql> {
    const { edge, compiler, asked } = this;
    const said = Object.entries(edge.onEdges?.(compiler, asked.args) ?? {}).map(([name, sql]): [string, () => Sql] => [
      name,
      () => this.#column(name, sql(asked.row)),
    ]);
    return { ...Object.fromEntries(said), cursor: () => this.#cursor(), node: (inner) => this.#node(inner) };
  }

  #pageInfo(nodes: readonly FieldNode[], size: Sql, backwards: boolean): Sql {
    const cursorAt = (descending: boolean): Sql =>
      `(array_agg(${this.#cursor()} ORDER BY p.n ${descending ? "DESC" : "ASC"}) FILTER (WHERE p.n <= ${size}))[1]`;
    const more = `count(*) > ${size}`;
    const cameFrom = (name: string): Sql => String(this.asked.args.has(name));
    return this.#object("pageInfo", nodes, {
      hasNextPage: () => (backwards ? cameFrom("before") : more),
      hasPreviousPage: () => (backwards ? more : cameFrom("after")),
      startCursor: () => cursorAt(backwards),
      endCursor: () => cursorAt(!backwards),
    });
  }

  /** An object made of parts, keyed as the client asked. */
  #object(
    field: string,
    nodes: readonly FieldNode[],
    parts: Record<string, (nodes: readonly FieldNode[]) => Sql>,
  ): Sql {
    const type = getNamedType(this.asked.type.getFields()[field]!.type) as GraphQLObjectType;
    const valueOf = (name: string, inner: readonly FieldNode[]): Sql =>
      name === "__typename" ? `'${type.name}'::text` : (parts[name]?.(inner) ?? "NULL");
    const pairs = [...this.compiler.fields(type, nodes)].map(
      ([key, inner]) => `'${key}', ${valueOf(inner[0]!.name.value, inner)}`,
    );
    return `json_build_object(${pairs.join(", ")})`;
  }

  #node(nodes: readonly FieldNode[]): Sql {
    const columns = this.compiler.columns(this.edge.shape(), this.asked.row, nodes);
    return this.#column(`n${this.#columns.size}`, `(SELECT row_to_json(j) FROM (SELECT ${columns}) j)`);
  }

  #cursor(): Sql {
    return this.#columns.has("cursor") ? "p.cursor" : this.#column("cursor", this.cursor());
  }

  #column(name: string, sql: Sql): Sql {
    this.#columns.set(name, sql);
    return `p.${name}`;
  }
}
