import type { Transaction } from "../../platform/database/transact.js";
import { kindsThatAre, type LetterKind } from "./letter.kinds.js";

const hourMs = 3_600_000;
/** An essential letter can be asked for in somebody else's name: fewer of them may be. */
const perHour = { essential: 5, other: 20 };

/** How many seconds a letter has to wait because the person has had as many as an hour may bring; 0 when it may go. */
export async function secondsToWait(tx: Transaction, { essential }: LetterKind, personId: string): Promise<number> {
  const now = tx.now().getTime();
  const most = essential ? perHour.essential : perHour.other;
  const rows: { sent_at: Date }[] = await tx.db.query(
    `SELECT sent_at FROM letters WHERE person_id = $1 AND sent_at > $2 AND kind = ANY ($3)
     ORDER BY sent_at DESC OFFSET $4 LIMIT 1`,
    [personId, new Date(now - hourMs), kindsThatAre(essential), most - 1],
  );
  const earliest = rows[0];
  return earliest ? Math.max(1, Math.ceil((earliest.sent_at.getTime() + hourMs - now) / 1_000)) : 0;
}
