import { atom } from "./format.atom.js";
import { csvTable } from "./format.csv.js";
import { geojson } from "./format.geojson.js";
import { icalendar } from "./format.ical.js";

export { type Feed, feedOf } from "./feed.asked.js";
export { LongFeed, longFeed, wholeFeed } from "./feed.js";
export { MovedEvent, oneEvent, oneFormats } from "./one.js";
export { PublicEvents } from "./public.events.js";
export { type Asked, askedOf, filterOf } from "./query.js";
export { namedThings } from "./query.names.js";

/** What feeds are given as, by the ending of their addresses. */
export const feedFormats = { geojson, ics: icalendar, atom, csv: csvTable };
