import { setImmediate as turn } from "node:timers/promises";
import type { Chunk } from "./chunk.js";
import { levels } from "./grid.js";

const half = 2 ** levels;
const digitBits = 13;
const digit = 2 ** digitBits;

/** The numbers of points in the order of their keys, sorted digit by digit: none takes so long that others wait. */
export async function orderOf(chunks: readonly Chunk[], size: number): Promise<Uint32Array> {
  const [low, high] = [new Uint32Array(size), new Uint32Array(size)];
  let order = new Uint32Array(size);
  let n = 0;
  for (const { keys } of chunks)
    for (const key of keys) {
      low[n] = key % half;
      high[n] = Math.floor(key / half);
      order[n] = n++;
    }
  for (const part of [low, high])
    for (const shift of [0, digitBits]) {
      await turn();
      order = byDigit(order, part, shift);
    }
  return order;
}

function byDigit(order: Uint32Array, keys: Uint32Array, shift: number): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(digit + 1);
  for (const n of order) starts[((keys[n]! >>> shift) & (digit - 1)) + 1]!++;
  for (let n = 0; n < digit; n++) starts[n + 1]! += starts[n]!;
  const sorted = new Uint32Array(order.length);
  for (const n of order) sorted[starts[(keys[n]! >>> shift) & (digit - 1)]!++] = n;
  return sorted;
}
