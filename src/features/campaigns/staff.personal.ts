import { globalIdSql } from "../../platform/database/ids.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { beforeErasing, Erased, personal } from "../../platform/personal.js";

personal("campaign_staff.person_id", {
  erased: Erased.ROW,
  shows: { campaign: globalIdSql("Campaign", "t.campaign_id") },
});

/** A campaign keeps somebody on its staff until it is closed. */
beforeErasing.push(async (tx, personId) => {
  const rows: { id: string }[] = await tx.db.query(
    `SELECT c.id FROM campaigns c WHERE c.id IN (SELECT campaign_id FROM campaign_staff WHERE person_id = $1)
     AND c.status <> 'CLOSED' ORDER BY c.id FOR NO KEY UPDATE`,
    [personId],
  );
  const alone: unknown[] = await tx.db.query(
    `SELECT 1 FROM unnest($2::uuid[]) c(id)
     WHERE NOT EXISTS (SELECT 1 FROM campaign_staff s WHERE s.campaign_id = c.id AND s.person_id <> $1)`,
    [personId, rows.map(({ id }) => id)],
  );
  if (alone.length > 0)
    throw new Refusal("CONFLICT", "You are the last person on a campaign's staff; invite another first, or close it.", {
      reason: ErrorReason.LAST_STAFF,
    });
});
