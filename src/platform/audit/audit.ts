import type { Transaction } from "../database/transact.js";

/** What an act was done to, and who may read of it. */
export interface Act {
  /** GraphQL type and row id of the thing. */
  type: string;
  id: string;
  /** Row ids of the things whose keepers may read the entry: the event, its campaign, an organization. */
  scopes: (string | null)[];
  /** Names of the fields that became different; never their values. */
  fields?: string[];
  /** Who did it is promised not to be told, also to those who may read the trail. */
  unnamed?: boolean;
}

/** Adds an act to the audit trail of this transaction: who did which operation to what, without personal data. */
export async function audit(tx: Transaction, { type, id, scopes, fields = [], unnamed = false }: Act): Promise<void> {
  await tx.db.query(
    `INSERT INTO audit_entries (id, at, actor_id, action, subject_type, subject_id, scopes, fields)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7)`,
    [
      tx.now(),
      unnamed ? null : (tx.viewer?.personId ?? null),
      tx.operation,
      type,
      id,
      scopes.filter((scope) => scope !== null),
      fields,
    ],
  );
}
