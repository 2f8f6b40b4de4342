import { createHash } from "node:crypto";
import type { Context } from "../context.js";
import { signedIn } from "../context.js";
import { keyReused, Refusal } from "../errors.js";
import { transact, type Transaction } from "./transact.js";

/** The part of an input that makes a repeated call harmless. */
export interface Repeatable {
  idempotencyKey?: string | null;
}

/** A key as one person gave it to one operation, and what they asked for. */
export interface Key {
  personId: string;
  key: string;
  inputHash: Buffer;
}

/**
 * One transaction that a client may safely send again: within 24 hours the same key gives the first call's
 * result, and the same key with another input is refused. A call that was refused leaves no key behind.
 */
export function transactOnce<Result extends object>(
  ctx: Context,
  operation: string,
  input: Repeatable,
  recipe: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const { idempotencyKey, ...rest } = input;
  if (idempotencyKey === undefined || idempotencyKey === null) return transact(ctx, operation, recipe);
  const key = { personId: signedIn(ctx).personId, key: idempotencyKey, inputHash: hashOf(rest) };
  return transact(ctx, operation, async (tx) => {
    const [earlier] = await claimKeys<Result>(tx, [key]);
    if (earlier instanceof Refusal) throw earlier;
    if (earlier) return earlier;
    const result = await recipe(tx);
    await keepResults(tx, [{ ...key, result }]);
    return result;
  });
}

const asRows = (keys: Key[]): string =>
  JSON.stringify(keys.map(({ personId, key, inputHash }) => [personId, key, inputHash.toString("hex")]));

/** The keys of $1 as rows. In one order, so that two transactions never wait for each other's. */
const rows = `(SELECT (k->>0)::uuid AS person_id, k->>1 AS key, decode(k->>2, 'hex') AS input_hash
  FROM jsonb_array_elements($1::jsonb) k ORDER BY 1, 2) k`;

/**
 * Takes the keys for these calls (waiting for twins that are under way), each but once. Gives of each the result of the
 * call that had it first, or why it is refused; nothing of those that are new, or have no key.
 */
export async function claimKeys<Result>(
  tx: Transaction,
  keys: (Key | null)[],
): Promise<(Result | Refusal | undefined)[]> {
  const given = keys.filter((key) => key !== null);
  if (given.length === 0) return keys.map(() => undefined);
  const taken: { person_id: string; key: string }[] = await tx.db.query(
    `INSERT INTO idempotency_keys (person_id, operation, key, input_hash, created_at)
     SELECT k.person_id, $2, k.key, k.input_hash, $3 FROM ${rows}
     ON CONFLICT (person_id, operation, key) DO UPDATE
       SET input_hash = excluded.input_hash, created_at = excluded.created_at, result = NULL
       WHERE idempotency_keys.created_at < excluded.created_at - interval '24 hours'
     RETURNING person_id, key`,
    [asRows(given), tx.operation, tx.now()],
  );
  const isNew = ({ personId, key }: Key): boolean => taken.some((row) => row.person_id === personId && row.key === key);
  const known = await firstCalls(
    tx,
    given.filter((key) => !isNew(key)),
  );
  return keys.map((key) => (key && !isNew(key) ? (known(key) as Result | Refusal) : undefined));
}

interface FirstCall {
  personId: string;
  key: string;
  same: boolean;
  result: unknown;
}

async function firstCalls(tx: Transaction, keys: Key[]): Promise<(key: Key) => unknown> {
  if (keys.length === 0) return keyReused;
  const found: FirstCall[] = await tx.db.query(
    `SELECT i.person_id AS "personId", i.key, i.input_hash = k.input_hash AS same, i.result
     FROM idempotency_keys i JOIN ${rows} ON (i.person_id, i.key) = (k.person_id, k.key) WHERE i.operation = $2`,
    [asRows(keys), tx.operation],
  );
  return ({ personId, key }) => {
    const row = found.find((one) => one.personId === personId && one.key === key);
    return row?.same ? row.result : keyReused();
  };
}

/** Keeps what the calls that took these keys came to. */
export async function keepResults(tx: Transaction, results: ((Key & { result: object }) | null)[]): Promise<void> {
  const kept = results.filter((result) => result !== null);
  if (kept.length === 0) return;
  await tx.db.query(
    `UPDATE idempotency_keys i SET result = k.value->2 FROM jsonb_array_elements($1::jsonb) k
     WHERE i.person_id = (k.value->>0)::uuid AND i.operation = $2 AND i.key = k.value->>1`,
    [JSON.stringify(kept.map(({ personId, key, result }) => [personId, key, result])), tx.operation],
  );
}

/** Gives back the keys of calls that were refused. */
export async function dropKeys(tx: Transaction, keys: (Key | null)[]): Promise<void> {
  const given = keys.filter((key) => key !== null);
  if (given.length === 0) return;
  await tx.db.query(
    `DELETE FROM idempotency_keys i USING ${rows} WHERE (i.person_id, i.key) = (k.person_id, k.key) AND i.operation = $2`,
    [asRows(given), tx.operation],
  );
}

/** Equal inputs hash alike whatever the order of their fields; a field left out differs from null. */
export const hashOf = (input: object): Buffer =>
  createHash("sha256").update(JSON.stringify(input, sortedKeys)).digest();

const sortedKeys = (_key: string, value: unknown): unknown =>
  value && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
