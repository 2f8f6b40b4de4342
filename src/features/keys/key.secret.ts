import { crc32 } from "node:zlib";

const prefix = "rgk_";
const digits = 40;
const form = /^rgk_([0-9a-f]{40})([0-9a-f]{8})$/;

const checksum = (random: string): string => crc32(random).toString(16).padStart(8, "0");

/**
 * A secret of 160 random bits, as what scanners of code and logs find: a prefix of its own, a length, and a checksum by
 * which they tell it from what only looks like it.
 */
export function secretOf(random: Buffer): string {
  const text = random.toString("hex").slice(0, digits);
  return `${prefix}${text}${checksum(text)}`;
}

/** Whether somebody means a key: also one that was cut off, but no session's token, however that begins. */
export const meansKey = (token: string): boolean => token.startsWith(prefix) && token.length !== 43;

/** Whether it may be a secret: a typing error is known without a look into the database. */
export function isSecret(token: string): boolean {
  const [, random, sum] = form.exec(token) ?? [];
  return random !== undefined && checksum(random) === sum;
}
