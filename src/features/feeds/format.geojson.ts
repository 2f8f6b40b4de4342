import { globalIdSql } from "../../platform/database/ids.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import type { PublicField } from "./event.js";
import { fields, fieldsSql } from "./event.sql.js";
import type { FeedRow, Format, Writer } from "./format.js";

/** SQL for an event as a Feature: text that is sent as PostgreSQL wrote it. */
export const featureSql = (some: readonly PublicField[], scope: Scope): Sql =>
  `'{"type":"Feature","id":"' || ${globalIdSql("Event", "e.id")} || '","geometry":{"type":"Point","coordinates":['
    || e.public_longitude || ',' || e.public_latitude || ']},"properties":' || ${fieldsSql(some, scope)} || '}'`;

/** GeoJSON (RFC 7946): WGS 84, the public point of each event, and beside the features where to go on. */
export const geojson: Format = {
  type: "application/geo+json; charset=utf-8",
  more: ["fields", "limit", "after"],
  fields: Object.keys(fields) as PublicField[],
  columns: (some, scope) =>
    `${featureSql(some, scope)} AS event, e.public_longitude AS longitude, e.public_latitude AS latitude`,
  writer: ({ position }): Writer => {
    const box = new Box();
    let between = "";
    return {
      begin: () => `{"type":"FeatureCollection","position":"${position}","features":[\n`,
      rows: (rows) => {
        if (rows.length === 0) return "";
        for (const row of rows) box.take(row);
        const text = between + rows.map(({ event }) => event as string).join(",\n");
        between = ",\n";
        return text;
      },
      end: () => `\n]${box.member()}}\n`,
    };
  },
};

/** The smallest box around points; across the 180th meridian where that is less (RFC 7946, 5.2). */
class Box {
  #south = 90;
  #north = -90;
  readonly #eastern = { least: 180, most: -180 };
  readonly #western = { least: 180, most: -180 };

  take({ longitude, latitude }: FeedRow): void {
    this.#south = Math.min(this.#south, latitude);
    this.#north = Math.max(this.#north, latitude);
    const half = longitude < 0 ? this.#western : this.#eastern;
    half.least = Math.min(half.least, longitude);
    half.most = Math.max(half.most, longitude);
  }

  member(): string {
    if (this.#south > this.#north) return "";
    const { least: first, most: last } = this.#eastern;
    const [west, east] = [this.#western.least, this.#western.most];
    const bothHalves = first <= last && west <= east;
    const crosses = bothHalves && east + 360 - first < last - west;
    const [from, to] = crosses ? [first, east] : [Math.min(first, west), Math.max(last, east)];
    return `,"bbox":[${[from, this.#south, to, this.#north].join()}]`;
  }
}
