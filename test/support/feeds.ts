import { check } from "@placemarkio/check-geojson";
import { parse } from "csv-parse/sync";
import * as geojsonValidation from "geojson-validation";
import RssParser from "rss-parser";
import { convertIcsCalendar } from "ts-ics";
import { byIcalJs, byNodeIcal } from "./calendars.js";
import type { openWorld } from "./world.js";

// oxlint-disable-next-line typescript/no-explicit-any -- what a reader makes of a text
type Json = any;

let asked = 0;

/** Readers of feeds; each call from another address, for one alone gets so many a minute. */
export function feedsIn({ url }: Pick<ReturnType<typeof openWorld>, "url">) {
  const get = (path: string, { headers = {}, method = "GET", redirect = "manual" as const } = {}) =>
    fetch(url() + path, {
      method,
      redirect,
      headers: { "x-forwarded-for": `2001:db8:0:${(++asked).toString(16)}::1`, ...headers },
    });
  /** An address that nobody has asked for before: what is said there is no copy, however soon it is asked again. */
  const fresh = (path: string): string => {
    const at = new Date(Date.UTC(1990, 0, 1) + ++asked).toISOString();
    return `${path}${path.includes("?") ? "&" : "?"}endsAfter=${at}`;
  };
  const text = async (path: string): Promise<string> => (await get(fresh(path))).text();
  const geojson = async (query = ""): Promise<Json> => readGeojson(await text(`/events.geojson${query}`));
  return {
    get,
    fresh,
    text,
    geojson,
    ids: async (query = ""): Promise<string[]> => (await geojson(query)).features.map(({ id }: Json) => id),
    named: async (query: string, title: string): Promise<Json> =>
      (await geojson(query)).features.find(({ properties }: Json) => properties.title === title),
    one: async (id: string, ending: string) => get(`/events/${id}.${ending}`),
    refusal: async (path: string) => {
      const reply = await get(path);
      const { errors } = (await reply.json()) as Json;
      const { code, fields = [] } = errors[0].extensions;
      return [reply.status, code, ...fields.map((fault: Json) => `${fault.path}: ${fault.reason}`)];
    },
  };
}

/** What two readers of GeoJSON agree on. */
export function readGeojson(text: string): Json {
  const collection = check(text) as Json;
  const faults = geojsonValidation.valid(JSON.parse(text), true);
  if (faults.length > 0) throw new Error(String(faults));
  return collection;
}

/** What three readers of iCalendar agree on. */
export function readIcs(text: string) {
  const list = byIcalJs(text);
  expect(byNodeIcal(text)).toEqual(list);
  const third = convertIcsCalendar(undefined, text).events ?? [];
  const brief = third.map(({ uid, summary, start, status }) => [uid, summary, start.date.toISOString(), status]);
  const order = (rows: unknown[][]) => rows.map((row) => row.join()).sort();
  expect(order(brief)).toEqual(order(list.map((e) => [e.uid, e.summary, e.startsAt, e.status])));
  return list;
}

export const readAtom = (text: string): Promise<Json> =>
  new RssParser({ customFields: { item: ["georss:point"] } }).parseString(text);
export const readCsv = (text: string): Record<string, string>[] => parse(text, { columns: true });
