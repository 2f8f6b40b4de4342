import type { Context } from "../../platform/context.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import type { Secrets } from "../../platform/secrets.js";
import type { LetterStop } from "./letter.js";

const purpose = "stop letters";
const everything = "";

/** The address under which a person stops letters about something, or all of them. */
export const stopUrl = ({ config, secrets }: Context, personId: string, about: string = everything): string =>
  `${config.publicUrl}/unsubscribe/${secrets.sign(purpose, JSON.stringify([personId, about]))}`;

/** What a token of such an address would stop; null when it is not one of ours. */
export function stopOf(secrets: Secrets, token: string): (LetterStop & { all: boolean }) | null {
  const text = secrets.verify(purpose, token);
  if (text === null) return null;
  const [personId, about] = JSON.parse(text) as [string, string];
  return { personId, about, all: about === everything };
}

/** Stops letters from now on, also those that wait to be sent. Again is harmless; so is a person who is gone. */
export async function stopLetters(ctx: Context, { personId, about }: LetterStop): Promise<void> {
  await transact(ctx, "stopLetters", (tx) =>
    tx.db.query(
      `INSERT INTO letter_stops (person_id, about) SELECT id, $2 FROM people WHERE id = $1 ON CONFLICT DO NOTHING`,
      [personId, about],
    ),
  );
}

/** Whether the person wants no letters about this, or none at all. */
export async function isStopped(tx: Transaction, personId: string, about: string = everything): Promise<boolean> {
  const rows: unknown[] = await tx.db.query(
    `SELECT 1 FROM letter_stops WHERE person_id = $1 AND about IN ('', $2) LIMIT 1`,
    [personId, about],
  );
  return rows.length > 0;
}
