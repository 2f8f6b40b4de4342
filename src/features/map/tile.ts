import { PbfWriter } from "pbf";
import { toGlobalId } from "../../platform/database/ids.js";
import { cellLevels, cellsOf, stretchAt } from "./cells.js";
import { eastOf, southOf } from "./grid.js";
import type { Points } from "./points.js";
import type { Sum } from "./sum.js";

/** A tile of the map, as web maps number them. */
export interface Tile {
  z: number;
  x: number;
  y: number;
}

export const mostZoom = 20;
/** Whether the map has this tile; its numbers are whole and not below 0. */
export const isTile = ({ z, x, y }: Tile): boolean => z <= mostZoom && Math.max(x, y) < 2 ** z;
export const layerName = "events";
const extent = 4096;

/** The tags of a feature, in their order in the layer, and what they are. */
export const tileFields = {
  count: "How many events it stands for; one is the event itself.",
  low: "How many people came, at least: the sum of the events with a published number.",
  high: "How many people came, at most.",
  reporting: "How many of the events have a published number.",
  openPlaces: "How many places for peacekeepers are free.",
  id: "The event's id in the API.",
  title: "What it is called.",
  type: "What sort of gathering it is.",
  occurrence: "Whether, and how, it takes place.",
  startsOn: "The day it begins, on the calendar of its place.",
};
export const numberFields = ["count", "low", "high", "reporting", "openPlaces"];

/** Tiles are written one after the other: room for each would cost more than what is written. It grows where it must. */
const scratch = new PbfWriter(new Uint8Array(64 * 1024));

type Tag = [key: keyof typeof tileFields, value: string | number | null];
const keys = Object.fromEntries(Object.keys(tileFields).map((key, index) => [key, index]));

/** A Mapbox Vector Tile (2.1) of the events of a tile, each counted in one tile of a zoom and in one feature of it; no bytes where there are none. */
export function tileOf(points: Points, tile: Tile): Buffer {
  const { z, x, y } = tile;
  const [from, to] = stretchAt(points, z, x, y);
  if (from === to) return Buffer.alloc(0);
  scratch.pos = 0;
  scratch.writeMessage(3, writeLayer, { tile, sums: cellsOf(points, z + cellLevels, from, to) });
  return Buffer.from(scratch.buf.subarray(0, scratch.pos));
}

function writeLayer({ tile, sums }: { tile: Tile; sums: Iterable<Sum> }, pbf: PbfWriter): void {
  const values = new Map<string | number, number>();
  pbf.writeVarintField(15, 2);
  pbf.writeStringField(1, layerName);
  for (const sum of sums) pbf.writeMessage(2, writeFeature, { tile, sum, values });
  for (const key of Object.keys(tileFields)) pbf.writeStringField(3, key);
  for (const value of values.keys()) pbf.writeMessage(4, writeValue, value);
  pbf.writeVarintField(5, extent);
}

interface Feature {
  tile: Tile;
  sum: Sum;
  values: Map<string | number, number>;
}

function writeFeature({ tile, sum, values }: Feature, pbf: PbfWriter): void {
  const tags: number[] = [];
  for (const [key, value] of tagsOf(sum)) {
    if (value === null) continue;
    const number = values.get(value) ?? values.size;
    values.set(value, number);
    tags.push(keys[key]!, number);
  }
  pbf.writePackedVarint(2, tags);
  pbf.writeVarintField(3, 1);
  // One command, "move to", with one pair of numbers, of which the sign is the last bit.
  pbf.writePackedVarint(4, [
    9,
    2 * inTile(eastOf(sum.longitude), tile.z, tile.x),
    2 * inTile(southOf(sum.latitude), tile.z, tile.y),
  ]);
}

/** Never over the edge, also where a mean is rounded. */
const inTile = (part: number, zoom: number, number: number): number =>
  Math.min(extent - 1, Math.max(0, Math.floor((part * 2 ** zoom - number) * extent)));

function tagsOf(sum: Sum): Tag[] {
  const { count, low, high, reporting, openPlaces, only } = sum;
  const sums: Tag[] = [
    ["count", count],
    ["low", low],
    ["high", high],
    ["reporting", reporting],
    ["openPlaces", openPlaces],
  ];
  if (!only) return sums;
  const { id, title, kind } = only;
  return [
    ...sums,
    ["id", toGlobalId("Event", id)],
    ["title", title],
    ["type", kind.type],
    ["occurrence", kind.occurrence],
    ["startsOn", kind.startsOn],
  ];
}

function writeValue(value: string | number, pbf: PbfWriter): void {
  if (typeof value === "string") pbf.writeStringField(1, value);
  else pbf.writeVarintField(5, value);
}
