import { createHash } from "node:crypto";
import type { Context } from "../context.js";
import { signedIn } from "../context.js";
import { ErrorReason, Refusal } from "../errors.js";
import { transact, type Transaction } from "./transact.js";

/** The part of an input that makes a repeated call harmless. */
export interface Repeatable {
  idempotencyKey?: string | null;
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
  const { idempotencyKey: key, ...rest } = input;
  if (key === undefined || key === null) return transact(ctx, operation, recipe);
  const person = signedIn(ctx).personId;
  return transact(ctx, operation, async (tx) => {
    const earlier = await claimKey<Result>(tx, [person, operation, key], hashOf(rest));
    if (earlier) return earlier;
    const result = await recipe(tx);
    await tx.db.query(`UPDATE idempotency_keys SET result = $4 WHERE person_id = $1 AND operation = $2 AND key = $3`, [
      person,
      operation,
      key,
      JSON.stringify(result),
    ]);
    return result;
  });
}

/** Takes the key for this call (waiting for a twin that is under way), or gives the first call's result. */
async function claimKey<Result>(tx: Transaction, id: string[], inputHash: Buffer): Promise<Result | undefined> {
  const taken: unknown[] = await tx.db.query(
    `INSERT INTO idempotency_keys (person_id, operation, key, input_hash, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (person_id, operation, key) DO UPDATE
       SET input_hash = excluded.input_hash, created_at = excluded.created_at, result = NULL
       WHERE idempotency_keys.created_at < excluded.created_at - interval '24 hours'
     RETURNING key`,
    [...id, inputHash, tx.now()],
  );
  if (taken.length > 0) return undefined;
  const [row]: { input_hash: Buffer; result: Result }[] = await tx.db.query(
    `SELECT input_hash, result FROM idempotency_keys WHERE person_id = $1 AND operation = $2 AND key = $3`,
    id,
  );
  if (!row?.input_hash.equals(inputHash))
    throw new Refusal("CONFLICT", "This idempotencyKey was used with another input; use a new key for a new request.", {
      reason: ErrorReason.IDEMPOTENCY_KEY_REUSED,
      fields: [{ path: "input.idempotencyKey", reason: "was used with another input" }],
    });
  return row.result;
}

/** Equal inputs hash alike whatever the order of their fields; a field left out differs from null. */
const hashOf = (input: object): Buffer => createHash("sha256").update(JSON.stringify(input, sortedKeys)).digest();

const sortedKeys = (_key: string, value: unknown): unknown =>
  value && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
