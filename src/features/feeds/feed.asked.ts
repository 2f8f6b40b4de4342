import type { FieldFault } from "../../platform/errors.js";
import { refuseFaults } from "../../platform/http/query.js";
import { filterHash, readCursor } from "../../platform/reading/cursor.js";
import type { PublicField } from "./event.js";
import { fields } from "./event.sql.js";
import type { Format } from "./format.js";
import { type Asked, askedOf } from "./query.js";
import type { Named } from "./query.names.js";

/** What is asked of a feed. */
export interface Feed extends Asked {
  format: Format;
  fields: readonly PublicField[];
  /** At most so many events; all unless told. */
  limit: number | undefined;
  /** Behind this event, by its keys in the order. */
  after: string[] | undefined;
  /** Its address, from the path on. */
  address: string;
}

export const mostOfPage = 1_000;

/** Reads what is asked of a feed; `path` is what its path names already. */
export function feedOf(format: Format, address: string, query: unknown, path: Named = {}): Feed {
  const asked = askedOf(query, format.more, path);
  const { limit, after, fields: some } = asked.more;
  const faults: FieldFault[] = [
    ...wrong("limit", limit, (text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= mostOfPage, limitSays),
    ...wrong("after", after, () => limit !== undefined, "needs `limit`: without it all events are given"),
    ...wrong("fields", some, (text) => unknownIn(text).length === 0, fieldsSay),
  ];
  refuseFaults(faults);
  return {
    ...asked,
    format,
    address,
    fields: some === undefined ? format.fields : [...new Set(namesIn(some))],
    limit: limit === undefined ? undefined : Number(limit),
    after: after === undefined ? undefined : readCursor(after, cursorHash(asked), 2, "after"),
  };
}

/** A cursor of one list of events is refused by another. */
export const cursorHash = ({ key }: Asked): string => filterHash(["feed", key]);

const limitSays = `must be a whole number from 1 to ${mostOfPage}`;
const fieldsSay = `must be some of these, with commas between them: ${Object.keys(fields).join(", ")}`;

const namesIn = (text: string): PublicField[] => text.split(",").map((name) => name.trim()) as PublicField[];
const unknownIn = (text: string): string[] => namesIn(text).filter((name) => !Object.hasOwn(fields, name));

const wrong = (path: string, text: string | undefined, isRight: (text: string) => boolean, reason: string) =>
  text === undefined || isRight(text) ? [] : [{ path, reason }];
