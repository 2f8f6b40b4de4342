import type { EntityManager } from "typeorm";
import { fold } from "../../platform/graphql/text.js";
import { City } from "./city.js";

/** A point in degrees, WGS 84. */
export interface Point {
  latitude: number;
  longitude: number;
}

/** As far from a city as a place may be and still be counted to it. */
export const nearKm = 40;

const short: Record<string, string> = { st: "saint", ste: "sainte", mt: "mount", ft: "fort" };
const sort = / (?:city|town|township|village|borough|charter township|cdp)$/;

/** A name as it is compared: without case, accents, punctuation, usual abbreviations and the state behind it. */
function plain(name: string, region: string): string {
  const words = fold(name)
    .replaceAll(/['’.]/g, "")
    .split(/[^\p{L}\p{N}]+/u);
  if (words.at(-1) === region.toLowerCase()) words.pop();
  return words
    .filter(Boolean)
    .map((word) => short[word] ?? word)
    .join(" ");
}

const long = Object.fromEntries(Object.entries(short).map(([one, other]) => [other, one]));

/** The names that people look for a city by: its own, the same with its first word abbreviated or not, and its state. */
export function namesOf({ name, region }: Pick<City, "name" | "region">): string {
  const [first = "", ...rest] = name.split(" ");
  const word = first.toLowerCase().replace(".", "");
  const other = short[word] ?? long[word];
  return [name, region, ...(other ? [other, ...rest] : [])].join(" ");
}

const bare = (name: string): string => name.replace(sort, "");

/** Finds cities of the gazetteer, which it holds in memory, by what people write. */
export class CityFinder {
  readonly #byRegion = new Map<string, City[]>();
  readonly #byName = new Map<string, City[]>();

  constructor(cities: City[]) {
    for (const city of cities) {
      add(this.#byRegion, city.region, city);
      const name = plain(city.name, city.region);
      for (const key of new Set([name, bare(name)])) add(this.#byName, `${key}, ${city.region}`, city);
    }
  }

  hasRegion = (region: string): boolean => this.#byRegion.has(region);

  /** Those of this name: as it is written, else without words like "Township". */
  named(region: string, name: string): City[] {
    const wanted = plain(name, region);
    const found = this.#byName.get(`${wanted}, ${region}`) ?? [];
    const exactly = found.filter((city) => plain(city.name, region) === wanted);
    if (exactly.length > 0) return exactly;
    return found.length > 0 ? found : (this.#byName.get(`${bare(wanted)}, ${region}`) ?? []);
  }

  /** Those of a region that are near a point, the nearest first. */
  near(region: string, point: Point): City[] {
    return (this.#byRegion.get(region) ?? [])
      .map((city) => ({ city, km: kmBetween(city, point) }))
      .filter(({ km }) => km <= nearKm)
      .sort((one, other) => one.km - other.km)
      .map(({ city }) => city);
  }
}

/** Those of the cities whose name a text, such as an address, holds; the largest first. */
export function namedIn(text: string, cities: City[]): City[] {
  const words = ` ${plain(text, "")} `;
  return cities
    .filter((city) => words.includes(` ${plain(city.name, city.region)} `))
    .sort((one, other) => other.population - one.population);
}

const finders = new WeakMap<EntityManager, CityFinder>();

/** A finder of all cities; made once in a process, for the gazetteer comes at its start and reading it takes a while. */
export async function openCityFinder(db: EntityManager): Promise<CityFinder> {
  const finder = finders.get(db) ?? new CityFinder(await db.find(City));
  finders.set(db, finder);
  return finder;
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

const earthKm = 6_371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The distance along a great circle, by the haversine formula. */
export function kmBetween(one: Point, other: Point): number {
  const [north, east] = [one.latitude - other.latitude, one.longitude - other.longitude].map(radians);
  const half =
    Math.sin(north! / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east! / 2) ** 2;
  return 2 * earthKm * Math.asin(Math.sqrt(half));
}
