import { wordPatterns } from "../../platform/graphql/text.js";
import type { BoundingBox, EventFilter, NearPoint } from "./filter.inputs.js";

/**
 * What a filter costs beside the events that it finds: about 20 objects for each millisecond that the database takes for 20,000
 * events when it finds none of them, so that whoever spends all their points on searches takes about half a processor.
 */
export function costOfFilter(filter: EventFilter | null | undefined): number {
  if (!filter) return 0;
  const { near, within, search } = filter;
  const given = (names: readonly (keyof EventFilter)[]): boolean =>
    names.some((name) => (filter[name] ?? null) !== null);
  return (
    (near ? ofCircle(near) : 0) +
    (within ? ofBox(within) : 0) +
    (search ? ofWords(search) : 0) +
    (given(unindexed) ? prices.unindexed : 0) +
    (given(times) ? prices.times : 0)
  );
}

const prices = { kilometresAPoint: 5, ofDegree: 20, ofWord: 50, ofNextWord: 500, unindexed: 500, times: 200 };
const unindexed = ["types", "accessibility", "occurrence", "languages"] as const;
const times = ["endsAfter", "startsBefore", "on", "from", "to"] as const;
/** Looking at all events, wherever they are; and the most that words cost. */
const atMost = { place: 1_000, words: 2_000 };

/** What is longer is refused, but later. */
const longestSearch = 200;

const between = (price: number, most: number): number => Math.min(Math.max(Math.ceil(price), 1), most);

const ofCircle = ({ withinKm }: NearPoint): number => between(withinKm / prices.kilometresAPoint, atMost.place);

function ofBox({ west, south, east, north }: BoundingBox): number {
  const wide = east - west + (west <= east ? 0 : 360);
  return between(Math.max(wide, north - south) * prices.ofDegree, atMost.place);
}

/** The index finds one word; each further one is looked for in all that this finds. */
const ofWords = (search: string): number =>
  between(prices.ofWord + (wordPatterns(search.slice(0, longestSearch)).length - 1) * prices.ofNextWord, atMost.words);
