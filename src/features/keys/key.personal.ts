import { beforeErasing, Erased, personal } from "../../platform/personal.js";
import { accessEnded } from "../people/index.js";
import { ApiKey } from "./key.js";

personal("api_keys.person_id", {
  erased: Erased.ROW,
  shows: {
    name: "t.name",
    madeAt: "t.created_at",
    lastUsedOn: "t.last_used_on::text",
    expiresAt: "t.expires_at",
    revokedAt: "t.revoked_at",
  },
});

/** A person's programs end with them. */
beforeErasing.push(async (tx, personId) => {
  const keys = await tx.db.find(ApiKey, { select: { id: true }, where: { personId } });
  for (const { id } of keys) accessEnded(tx, id);
});
