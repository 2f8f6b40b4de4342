import { In, IsNull } from "typeorm";
import type { Transaction } from "../../platform/database/transact.js";
import { onMerge } from "../events/index.js";
import { Coverage, CoverageStatus } from "./coverage.js";

/** What stays of a removed link: that it counted. */
export const wiped = (tx: Transaction): Pick<Coverage, "url" | "title" | "publisher" | "removedAt"> => ({
  url: "",
  title: "",
  publisher: null,
  removedAt: tx.now(),
});

/** Suggestions of a link that is shown are settled: several people may have suggested it, unseen by each other. */
export async function settle(tx: Transaction, eventId: string): Promise<void> {
  const open = { eventId, removedAt: IsNull() };
  const accepted = await tx.db.findBy(Coverage, { ...open, status: CoverageStatus.ACCEPTED });
  const urls = In(accepted.map(({ url }) => url));
  await tx.db.update(Coverage, { ...open, status: CoverageStatus.SUGGESTED, url: urls }, wiped(tx));
}

/** Everything goes to the other event, but what it shows already, or the same person has suggested there. */
onMerge.push(async (tx, from, into) => {
  await tx.db.query(
    `UPDATE coverage c SET event_id = $2 WHERE c.event_id = $1 AND NOT EXISTS (
       SELECT 1 FROM coverage k WHERE k.event_id = $2 AND k.url = c.url AND k.removed_at IS NULL
         AND (k.status = 'ACCEPTED' OR (k.status = c.status AND k.suggested_by = c.suggested_by)))`,
    [from.id, into.id],
  );
  await tx.db.update(Coverage, { eventId: from.id, removedAt: IsNull() }, wiped(tx));
  await settle(tx, into.id);
});
