import { parse } from "csv-parse/sync";

/** What a collector wrote down about a day in a city. */
export interface Row {
  id: string;
  reporter: string;
  /** The day and the city: what one event is made of. */
  cityDay: string;
  date: string;
  locality: string;
  state: string;
  latitude: number | null;
  longitude: number | null;
  timeZone: string | null;
  size: number | null;
  words: string | null;
}

/** The rows of each city-day, in the order of the file. */
export function byCityDay(rows: Row[]): Row[][] {
  const days = new Map<string, Row[]>();
  for (const row of rows) days.set(row.cityDay, [...(days.get(row.cityDay) ?? []), row]);
  return [...days.values()];
}

/** What is sent for a row that says of the size nothing at all: a report of nothing is refused, and this one did see a rally. */
export const noSize = "no size given";

export const readRows = (text: string): Row[] =>
  parse<Record<string, string>>(text, { columns: true }).map((row) => ({
    id: row["id"]!,
    reporter: row["reporter"]!,
    cityDay: [row["date"], row["locality"], row["state"]].join("|"),
    date: row["date"]!,
    locality: row["locality"]!,
    state: row["state"]!,
    latitude: row["lat"] ? Number(row["lat"]) : null,
    longitude: row["lng"] ? Number(row["lng"]) : null,
    timeZone: row["time_zone"] || null,
    size: row["size"] ? Number(row["size"]) : null,
    words: row["size_text"] || null,
  }));
