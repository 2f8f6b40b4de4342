import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { newToken, tokenHash } from "../../platform/secrets.js";
import { accessEnded, lockPerson } from "../people/index.js";
import { ApiKey } from "./key.js";
import type { CreateApiKeyInput, RevokeApiKeyInput } from "./key.inputs.js";
import { secretOf } from "./key.secret.js";

const mostLive = 10;
/** Of keys that are over so many are still listed; who makes and revokes without end fills no table. */
const mostOver = 40;
const over = "(revoked_at IS NOT NULL OR expires_at <= $2)";

/** Makes a key for the viewer. */
export async function createApiKey(ctx: Context, input: CreateApiKeyInput): Promise<{ keyId: string; secret: string }> {
  const { personId } = signedIn(ctx);
  // What a repeated call is answered with is kept for a day: a seed, of which only the server's key makes the secret.
  const { keyId, seed } = await transactOnce(ctx, "createApiKey", input, async (tx) => {
    if (input.expiresAt && input.expiresAt <= tx.now()) throw badInput("input.expiresAt", "must be in the future");
    await makeRoom(tx, personId);
    const [id, random] = [newId(), newToken()];
    const secret = secretFrom(tx, random);
    await tx.db.insert(ApiKey, {
      id,
      personId,
      secretHash: tokenHash(secret),
      name: tidy(input.name)!,
      ending: secret.slice(-4),
      createdAt: tx.now(),
      lastUsedOn: null,
      expiresAt: input.expiresAt ?? null,
      revokedAt: null,
    });
    await audit(tx, { type: "ApiKey", id, scopes: [personId] });
    return { keyId: id, seed: random };
  });
  return { keyId, secret: secretFrom(ctx, seed) };
}

const secretFrom = ({ secrets }: Pick<Context, "secrets">, seed: string): string =>
  secretOf(secrets.fingerprint("api-key", seed));

async function makeRoom(tx: Transaction, personId: string): Promise<void> {
  await lockPerson(tx, personId);
  const values = [personId, tx.now()];
  const live = `SELECT count(*)::int AS live FROM api_keys WHERE person_id = $1 AND NOT COALESCE(${over}, false)`;
  const [found] = await tx.db.query<{ live: number }[]>(live, values);
  if (found!.live >= mostLive)
    throw new Refusal("CONFLICT", `You have ${mostLive} keys, and may have no more: revoke one first.`, {
      reason: ErrorReason.LIMIT_REACHED,
    });
  await tx.db.query(
    `DELETE FROM api_keys WHERE id IN (
       SELECT id FROM api_keys WHERE person_id = $1 AND ${over} ORDER BY created_at DESC, id DESC OFFSET ${mostOver - 1})`,
    values,
  );
}

/** Ends a key, and the sockets that were opened with it. */
export function revokeApiKey(ctx: Context, input: RevokeApiKeyInput): Promise<{ keyId: string }> {
  const { personId } = signedIn(ctx);
  const id = fromGlobalId("ApiKey", input.apiKeyId, "input.apiKeyId");
  return transactOnce(ctx, "revokeApiKey", input, async (tx) => {
    const key = await tx.db.findOne(ApiKey, { where: { id, personId }, lock: { mode: "for_no_key_update" } });
    if (!key) throw new Refusal("NOT_FOUND", "There is no such key.");
    if (!key.revokedAt) {
      await tx.db.update(ApiKey, { id }, { revokedAt: tx.now() });
      accessEnded(tx, id);
      await audit(tx, { type: "ApiKey", id, scopes: [personId], fields: ["revokedAt"] });
    }
    return { keyId: id };
  });
}
