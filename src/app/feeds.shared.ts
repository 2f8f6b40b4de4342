import type { PublicEvents } from "../features/feeds/index.js";
import type { Streams } from "../platform/http/streams.js";
import type { Door } from "./door.js";

/** What feeds share with other routes. */
export interface Shared {
  door: Door;
  publicEvents: PublicEvents;
  streams: Streams;
}

/** In points, of each call. */
export const price = 10;
/** Characters of an address that is kept as it was read: a thousand of the longest that come would fill the memory. */
export const longestKnown = 2_000;
