import type { Event } from "../events/index.js";

/** What many events have in common: held once. */
export type Kind = Pick<Event, "type" | "occurrence" | "startsOn">;

/** What everybody may know of an event, as far as the map shows it. */
export interface MapPoint {
  /** The row id. */
  id: string;
  longitude: number;
  latitude: number;
  title: string;
  kind: Kind;
  /** How many came, where that is published. */
  low: number | null;
  high: number | null;
  openPlaces: number;
  /** When its numbers change by the clock alone; in milliseconds, Infinity for never. */
  changesAt: number;
}

/** What is added up over points, by its place in a list of sums. */
export const summed = { longitude: 0, latitude: 1, low: 2, high: 3, reporting: 4, openPlaces: 5 };
export const sumCount = Object.keys(summed).length;
