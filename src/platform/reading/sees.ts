import DataLoader from "dataloader";
import type { Context } from "../context.js";
import { seen } from "./read.js";
import type { Scope, Sql } from "./shape.js";

/**
 * Whether this reader may see a row, by a condition on it, which is the same function each time: what is asked of it in one
 * turn is one statement.
 */
export function sees(
  ctx: Context,
  table: string,
  id: string,
  condition: (row: string, scope: Scope) => Sql,
): Promise<boolean> {
  const known = ctx.loaders.get(condition) as DataLoader<string, boolean> | undefined;
  const loader =
    known ??
    new DataLoader<string, boolean>(async (ids) => {
      const found = await seen(ctx, table, ids, condition);
      return ids.map((one) => found.has(one));
    });
  ctx.loaders.set(condition, loader);
  return loader.load(id);
}
