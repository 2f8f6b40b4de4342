import type { Scope, Sql } from "../../platform/reading/shape.js";
import type { PublicEvent, PublicField } from "./event.js";

/** A feed's own facts. */
export interface About {
  /** What it is of, in words. */
  title: string;
  /** Its address, from the path on. */
  address: string;
  publicUrl: string;
  /** Where to go on in the change log. */
  position: string;
  fields: readonly PublicField[];
  /** When the newest of its events was changed. */
  updatedAt: string | null;
}

/** An event in a feed, as its format reads it. */
export interface FeedRow {
  event: PublicEvent | string;
  longitude: number;
  latitude: number;
}

/** Writes one feed, batch after batch. */
export interface Writer {
  begin: () => string;
  rows: (rows: FeedRow[]) => string;
  end: () => string;
}

/** How public events are written. */
export interface Format {
  /** Its media type. */
  type: string;
  /** Parameters of query strings that it knows besides those that say which events. */
  more: readonly string[];
  /** What is read of an event where nobody says. */
  fields: readonly PublicField[];
  /** SQL for the columns of a {@link FeedRow}. */
  columns: (fields: readonly PublicField[], scope: Scope) => Sql;
  /** Has to know when the newest event was changed before it writes the first. */
  dated?: true;
  writer: (about: About) => Writer;
}

/** A calendar program may hide what its status says is off: whoever sees nothing there may go all the same. */
export const noteOf = ({ occurrence }: Pick<PublicEvent, "occurrence">): string =>
  occurrence === "CANCELLED" || occurrence === "POSTPONED" ? `[${occurrence}] ` : "";

/** Where an event is, on one line, as exactly as everybody may know. */
export function placeLine({ place, onlineUrl, occurrence }: Pick<PublicEvent, "place" | "onlineUrl" | "occurrence">) {
  if (occurrence === "MOVED_ONLINE" && onlineUrl) return onlineUrl;
  const { venue, addressLines, locality, region } = place;
  return [venue, ...addressLines, locality, region].filter(Boolean).join(", ");
}
