import { createHash } from "node:crypto";
import { badInput, ErrorReason } from "../errors.js";

const separator = "~";

/** A short name for what a list was asked for; a cursor carries it, so it cannot be used with another list. */
export const filterHash = (filter: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(filter) ?? "")
    .digest("base64url")
    .slice(0, 8);

/** SQL for the cursor of a row: the list's hash, the order's keys and the id, as opaque text. */
export const cursorSql = (hash: string, keys: string[]): string =>
  `translate(encode(convert_to(concat_ws('${separator}', ${[hash, ...keys.map((key) => `${key}::text`)].join(", ")}), 'UTF8'), 'base64'), E'\\n', '')`;

/** The same of values that were read already. */
export const cursorOf = (hash: string, values: string[]): string =>
  Buffer.from([hash, ...values].join(separator)).toString("base64");

/** The order's keys in a cursor; refuses one that was changed or belongs to another list. */
export function readCursor(cursor: string, hash: string, keys: number, path: string): string[] {
  const [of, ...values] = Buffer.from(cursor, "base64").toString("utf8").split(separator);
  if (values.length !== keys || values.some((value) => value.length === 0 || value.includes("\0")))
    throw badInput(path, "is not a cursor of this API; send a cursor unchanged", ErrorReason.CURSOR_INVALID);
  if (of !== hash)
    throw badInput(
      path,
      "is a cursor of a list with another filter; start that list at its beginning",
      ErrorReason.CURSOR_INVALID,
    );
  return values;
}
