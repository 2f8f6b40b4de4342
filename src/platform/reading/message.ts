import type { Context } from "../context.js";
import { columnName } from "./compile.js";
import { type Answer, type Asked, read } from "./read.js";
import { type One, one, type Shape, type Sql } from "./shape.js";

/** What a change says of a message before anything is read. */
export interface Told {
  position: string;
  kind: string;
}

/**
 * How a message with several things in it is read: whole, in one statement, so that all of it is of one moment. What
 * the change says is a row, whose columns the fields of the shape begin from; `columns` has those beside position and
 * kind, with their SQL types.
 */
export function messageOf(shape: Shape, columns: Record<string, Sql>): One {
  const all = Object.entries({ position: "text", kind: "text", ...columns });
  return one({
    shape: () => shape,
    from: (row, _parent, scope) => {
      const values = all.map(
        ([name, type]) =>
          `${scope.bind((run) => (run.told as Record<string, unknown>)[name], type)} AS ${columnName(name)}`,
      );
      return { table: `(SELECT ${values.join(", ")}) ${row}`, where: [] };
    },
  });
}

/** The answer of a subscription's field to one of its messages. */
export const tell = async (ctx: Context, info: Asked, message: One, told: Told): Promise<Answer> =>
  (await read(ctx, info, message, [], told))!;
