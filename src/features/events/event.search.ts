import { wordsOf } from "../../platform/graphql/text.js";
import type { Sql } from "../../platform/reading/shape.js";
import { type City, namesOf } from "../cities/index.js";
import type { EventRow } from "./event.js";
import { LocationPrecision } from "./event.values.js";

type Searched = Pick<EventRow, "title" | "venue" | "locationPrecision">;

/**
 * What a search looks for words in: a line each of the title, the venue and the city. The venue only where everybody
 * may know it: else it could be guessed word by word.
 */
export function searchTextOf({ title, venue, locationPrecision }: Searched, city: City): string {
  const known = locationPrecision === LocationPrecision.EXACT ? (venue ?? "") : "";
  return [title, known, namesOf(city)].map(wordsOf).join("\n");
}

/** SQL: the title as it is searched. */
export const titleIn = (row: string): Sql => `split_part(${row}.search_text, E'\\n', 1)`;
