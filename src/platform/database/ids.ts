import { randomUUID } from "node:crypto";
import { badInput, ErrorReason } from "../errors.js";

/** A new random id: shows neither when a row was made nor how many there are. */
export const newId = (): string => randomUUID();

const typed = /^([a-z_]+)_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

const prefix = (type: string): string => type.replace(/(?<!^)([A-Z])/g, "_$1").toLowerCase();

/** The id that clients see: the type and the random id, as `event_8f14e45f…`. */
export const toGlobalId = (type: string, id: string): string => `${prefix(type)}_${id.replaceAll("-", "")}`;

/** The same in SQL, for a uuid expression. */
export const globalIdSql = (type: string, id: string): string => `'${prefix(type)}_' || replace(${id}::text, '-', '')`;

/** The same where the type is a value too. */
export const globalIdOfSql = (type: string, id: string): string =>
  `lower(regexp_replace(${type}, '(?<!^)([A-Z])', '_\\1', 'g')) || '_' || replace(${id}::text, '-', '')`;

/** The type and row id of a client's id, or null when it is none. */
export function parseGlobalId(id: string): { prefix: string; id: string } | null {
  const match = typed.exec(id);
  return match ? { prefix: match[1]!, id: match.slice(2).join("-") } : null;
}

/** The row id of a client's id that must be of one type; refuses anything else. */
export function fromGlobalId(type: string, id: string, path: string): string {
  const parsed = parseGlobalId(id);
  if (parsed?.prefix !== prefix(type))
    throw badInput(
      path,
      `is not an id of type ${type}; such an id starts with "${prefix(type)}_"`,
      ErrorReason.ID_INVALID,
    );
  return parsed.id;
}

/** Whether an id's prefix is that of the type. */
export const isPrefixOf = (type: string, idPrefix: string): boolean => prefix(type) === idPrefix;
