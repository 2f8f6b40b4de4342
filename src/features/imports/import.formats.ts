import { type City, type CityFinder, namedIn, nearKm } from "../cities/index.js";
import { EventType, type NewEvent, PermitStatus } from "../events/index.js";
import type { RowInput } from "./import.inputs.js";
import type { Row } from "./import.rows.js";
import { nameOf, typeOf } from "./import.types.js";
import { EventImportFormat } from "./import.values.js";

/** How the rows of a file are read. */
interface Format {
  columns: readonly string[];
  /** What tells a row from all others, as it stands there; null: nothing, and the row is at fault. */
  identity: (row: Row) => (string | null)[];
  /** The column of the identity; null when it is several. */
  identityColumn: string | null;
  /** The city that the row is in; null, and a fault, when it is in none. */
  cityOf: (row: Row, cities: CityFinder) => City | null;
  /** What the row says of the event. */
  said: (row: Row, city: City | null) => Partial<RowInput>;
  /** What others know the row by, as `Event.identifiers` has it. */
  identifier?: (row: Row) => string;
  /** What it says that no input takes. */
  beside?: (row: Row) => Partial<NewEvent>;
  /** The columns that faults of an input are told of, where their names differ. */
  columnOf: Record<string, string>;
}

const words = (...lines: string[]): string[] => lines.flatMap((line) => line.split(" "));

/** The postal abbreviation of the row's state; null, and a fault, when the gazetteer has no such state. */
const regionOf = (row: Row, cities: CityFinder): string | null => {
  const region = row.text("state") ?? "";
  return cities.hasRegion(region) ? region : row.reject("state", "must be a state's postal abbreviation, such as MN");
};

const crowdCounts: Format = {
  columns: words(
    "id date locality state county fips lat lng time_zone venue title types",
    "organizations participants issues online size_low size_high size_text source_count",
  ),
  identity: (row) => [row.text("id")],
  identityColumn: "id",
  identifier: (row) => `crowd-counts:${row.text("id") ?? ""}`,
  cityOf(row, cities) {
    const [region, point] = [regionOf(row, cities), row.point()];
    if (region === null) return null;
    const named = cities.named(region, row.text("locality") ?? "");
    if (named.length === 1) return named[0]!;
    const near = point ? cities.near(region, point) : [];
    const city = near.find((one) => named.includes(one)) ?? near[0];
    const reason =
      named.length > 1
        ? "is the name of several cities of this state: give lat and lng"
        : `is not in the gazetteer, and no city of this state is within ${nearKm} km of lat and lng`;
    return city ?? row.reject("locality", reason);
  },
  said(row, city) {
    if (row.flag("online")) row.reject("online", "must not be 1: an event here takes place in a city");
    const type = typeOf(row.text("types"));
    return {
      id: row.text("id") ?? "",
      type,
      title: row.text("title") ?? titleFor(type, city),
      startsOn: row.day("date"),
      timeZone: row.text("time_zone"),
      venue: row.text("venue"),
      locality: row.text("locality"),
    };
  },
  columnOf: { startsOn: "date", timeZone: "time_zone" },
};

const clockTimes: Format = {
  columns: words("state date local_time raw_time address lat lng time_zone permit"),
  identity: (row) => ["state", "date", "address"].map((column) => row.text(column)),
  identityColumn: null,
  cityOf(row, cities) {
    const [region, point] = [regionOf(row, cities), row.point()];
    if (region === null) return null;
    if (!row.text("lat") && !row.text("lng")) row.reject("lat", "is missing: the city is found by lat and lng");
    if (point === null) return null;
    const near = cities.near(region, point);
    const city = namedIn(row.text("address") ?? "", near)[0] ?? near[0];
    return city ?? row.reject("state", `has no city within ${nearKm} km of lat and lng`);
  },
  said(row, city) {
    const [startsOn, clock, address] = [row.day("date"), row.clock("local_time"), row.text("address")];
    return {
      type: EventType.DEMONSTRATION,
      title: titleFor(EventType.DEMONSTRATION, city),
      startsOn,
      startsAt: startsOn && clock && `${startsOn}T${clock}`,
      timeZone: row.text("time_zone"),
      addressLines: address ? [address] : [],
      ...row.point(),
    };
  },
  beside: (row) => ({ permitStatus: row.flag("permit") ? PermitStatus.GRANTED : PermitStatus.NOT_SAID }),
  columnOf: { startsOn: "date", startsAt: "local_time", timeZone: "time_zone", addressLines: "address" },
};

const titleFor = (type: EventType, city: City | null): string => `${nameOf(type)} in ${city?.name ?? "a city"}`;

export const formats: Record<EventImportFormat, Format> = {
  [EventImportFormat.CROWD_COUNTS]: crowdCounts,
  [EventImportFormat.CLOCK_TIMES]: clockTimes,
};
