import type { Context } from "./context.js";
import type { Transaction } from "./database/transact.js";
import type { Sql } from "./reading/shape.js";

/** What becomes of a row when the person whose it is erases their data. */
export enum Erased {
  /** It goes with them. */
  ROW = "ROW",
  /** It stays, and no longer says whose it is. */
  LINK = "LINK",
  /** It stays as it is. */
  KEPT = "KEPT",
}

/** What a table has of a person. */
interface PersonalData {
  erased: Erased;
  /** SQL: which rows are the person's, `$1`; those whose registered column says so, unless told. */
  of?: Sql;
  /** What their export shows of each row: names, and SQL over the row `t`. Without it: nothing. */
  shows?: Record<string, Sql>;
  /** The same of sealed columns, which are opened. */
  opens?: Record<string, string>;
}

const registered = new Map<string, PersonalData>();

/**
 * Says what a column (`table.column`) has of a person. Each foreign key to people and each sealed column needs this: a test
 * holds it against the database.
 */
export function personal(column: `${string}.${string}`, data: PersonalData): void {
  if (registered.has(column)) throw new Error(`What becomes of ${column} is said twice.`);
  registered.set(column, data);
}

/** All that is registered, by column. */
export const personalData = (): ReadonlyMap<string, PersonalData> => registered;

/** What has to be given back, or refused, before a person is erased: of each feature what it has to. */
export const beforeErasing: ((tx: Transaction, personId: string) => Promise<void>)[] = [];

/** Everything that is tied to a person, by table. */
export async function exportOf(ctx: Context, personId: string): Promise<Record<string, object[]>> {
  const found: Record<string, object[]> = {};
  for (const [column, { shows, opens = {}, of }] of registered) {
    if (!shows) continue;
    const [table, name] = column.split(".") as [string, string];
    const columns = Object.entries({ ...shows, ...opens }).map(([key, sql]) => `${sql} AS "${key}"`);
    const where = of ?? `t.${name} = $1`;
    const rows = await ctx.db.query<Record<string, unknown>[]>(
      `SELECT ${columns.join(", ")} FROM ${table} t WHERE ${where}`,
      [personId],
    );
    const shown = rows.map((row) => opened(ctx, row));
    if (shown.length > 0) found[table] = [...(found[table] ?? []), ...shown];
  }
  return found;
}

const opened = ({ secrets }: Context, row: Record<string, unknown>): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Buffer.isBuffer(value) ? secrets.open(value) : value]),
  );
