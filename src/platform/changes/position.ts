import { badInput, ErrorReason } from "../errors.js";

/**
 * A place in the change log: transaction, then row, of one life of the log (its epoch). Written as fixed-width
 * hexadecimal, positions sort as text; to clients they are opaque.
 */
export interface Position {
  epoch: number;
  xid: bigint;
  id: bigint;
}

/** Behind every row of a transaction. */
export const lastId = 0xffff_ffff_ffffn;

const hex = (value: number | bigint, digits: number): string => value.toString(16).padStart(digits, "0");

export const formatPosition = ({ epoch, xid, id }: Position): string => hex(epoch, 4) + hex(xid, 12) + hex(id, 12);

/** Reads a client's position; refuses what is none. */
export function parsePosition(text: string, path: string): Position {
  if (!/^[0-9a-f]{28}$/.test(text))
    throw badInput(path, "is not a position; send one that this API gave you, unchanged", ErrorReason.POSITION_INVALID);
  return {
    epoch: Number.parseInt(text.slice(0, 4), 16),
    xid: BigInt(`0x${text.slice(4, 16)}`),
    id: BigInt(`0x${text.slice(16)}`),
  };
}

export const comparePositions = (a: Position, b: Position): number =>
  a.epoch - b.epoch || (a.xid < b.xid ? -1 : a.xid > b.xid ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
