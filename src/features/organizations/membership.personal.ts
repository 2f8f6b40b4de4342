import { globalIdSql } from "../../platform/database/ids.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { beforeErasing, Erased, personal } from "../../platform/personal.js";

personal("memberships.person_id", {
  erased: Erased.ROW,
  shows: { organization: globalIdSql("Organization", "t.organization_id"), role: "t.role", since: "t.since" },
});
personal("organizations.created_by", { erased: Erased.LINK, shows: { id: globalIdSql("Organization", "t.id") } });

const left = `SELECT 1 FROM memberships m WHERE m.organization_id = ANY ($2) AND m.person_id = $1 AND m.role = 'OWNER'
  AND EXISTS (SELECT 1 FROM memberships o WHERE o.organization_id = m.organization_id AND o.person_id <> $1)
  AND NOT EXISTS (SELECT 1 FROM memberships o WHERE o.organization_id = m.organization_id AND o.person_id <> $1 AND o.role = 'OWNER')`;

/** Nobody leaves members without an owner. The lock on an organization is the lock on its list of members. */
beforeErasing.push(async (tx, personId) => {
  const rows: { id: string }[] = await tx.db.query(
    `SELECT o.id FROM organizations o WHERE o.id IN (SELECT organization_id FROM memberships WHERE person_id = $1)
     ORDER BY o.id FOR NO KEY UPDATE`,
    [personId],
  );
  const alone: unknown[] = await tx.db.query(left, [personId, rows.map(({ id }) => id)]);
  if (alone.length > 0)
    throw new Refusal("CONFLICT", "You are the last owner of an organization; make another member an owner first.", {
      reason: ErrorReason.LAST_OWNER,
    });
});
