import { prepared } from "../database/prepared.js";
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

/** An act with who did it; null: nobody is named. */
export interface Signed extends Act {
  actorId: string | null;
}

/** Adds an act to the audit trail of this transaction: who did which operation to what, without personal data. */
export const audit = (tx: Transaction, act: Act): Promise<void> =>
  auditAll(tx, [{ ...act, actorId: tx.viewer?.personId ?? null }]);

/** The same for acts of several people. */
export async function auditAll(tx: Transaction, acts: Signed[]): Promise<void> {
  if (acts.length === 0) return;
  const rows = acts.map(({ type, id, scopes, fields = [], unnamed = false, actorId }) => ({
    subject_type: type,
    subject_id: id,
    scopes: scopes.filter((scope) => scope !== null),
    fields,
    actor_id: unnamed ? null : actorId,
  }));
  await insert(tx, [tx.now(), tx.operation, JSON.stringify(rows)]);
}

const insert = prepared(
  "audit",
  `INSERT INTO audit_entries (id, at, actor_id, action, subject_type, subject_id, scopes, fields)
   SELECT gen_random_uuid(), $1, actor_id, $2, subject_type, subject_id, scopes, fields FROM json_to_recordset($3::json)
     AS a(actor_id uuid, subject_type text, subject_id uuid, scopes uuid[], fields text[])`,
);
