import type { Pool } from "pg";
import type { Services } from "../../platform/context.js";
import { Gathering } from "../../platform/database/gathering.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { tokenHash } from "../../platform/secrets.js";
import { isSecret } from "./key.secret.js";

/** A key that reads. */
export interface KeyInUse {
  id: string;
  expiresAt: Date | null;
}

interface Row extends KeyInUse {
  hash: string;
  revoked: boolean;
  lastUsedOn: string | null;
}

/** The key of a secret, as it is now; refused when it is unknown or over, for its holder should know. */
export async function useKey({ pool, log, now }: Services, secret: string): Promise<KeyInUse> {
  if (!isSecret(secret)) throw unknown();
  const row = await lookupOf(pool).add(tokenHash(secret).toString("hex"));
  if (!row) throw unknown();
  if (row.revoked) throw refused(ErrorReason.KEY_REVOKED, "This key was revoked; make a new one with createApiKey.");
  if (row.expiresAt && row.expiresAt <= now())
    throw refused(ErrorReason.KEY_EXPIRED, "This key has expired; make a new one with createApiKey.");
  const today = now().toISOString().slice(0, 10);
  if (row.lastUsedOn !== today)
    await noteUse(pool, row.id, today).catch((error: unknown) => log.warn({ error }, "use of a key not noted"));
  return { id: row.id, expiresAt: row.expiresAt };
}

const refused = (reason: ErrorReason, message: string): Refusal =>
  new Refusal("UNAUTHENTICATED", message, { reason, status: 401 });

const unknown = (): Refusal => refused(ErrorReason.KEY_INVALID, "There is no such key: has it been copied whole?");

const lookups = new WeakMap<Pool, Gathering<string, Row | null>>();

/** Those of many requests that came at once: one statement. */
function lookupOf(pool: Pool): Gathering<string, Row | null> {
  const lookup = lookups.get(pool) ?? new Gathering((hashes: string[]) => readKeys(pool, hashes));
  lookups.set(pool, lookup);
  return lookup;
}

async function readKeys(pool: Pool, hashes: string[]): Promise<{ result: Row | null }[]> {
  const { rows } = await pool.query<Row>({
    name: "keys_of_secrets",
    text: `SELECT encode(secret_hash, 'hex') AS hash, id, expires_at AS "expiresAt", revoked_at IS NOT NULL AS revoked,
        last_used_on::text AS "lastUsedOn"
      FROM api_keys WHERE secret_hash = ANY (SELECT decode(unnest($1::text[]), 'hex'))`,
    values: [hashes],
  });
  const found = new Map(rows.map((row) => [row.hash, row]));
  return hashes.map((hash) => ({ result: found.get(hash) ?? null }));
}

/** Once a day: a time of day, or a write with each request, is more than anybody needs to know. */
const noteUse = (pool: Pool, id: string, today: string) =>
  pool.query(`UPDATE api_keys SET last_used_on = $2 WHERE id = $1 AND last_used_on IS DISTINCT FROM $2::date`, [
    id,
    today,
  ]);
