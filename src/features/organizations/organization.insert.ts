import { newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { lookalikeKeys } from "../../platform/lookalike.js";
import { Organization } from "./organization.js";

/** Adds an organization for those who decide on names themselves: the operator, and the demo. */
export async function insertOrganization(
  tx: Transaction,
  fields: Pick<Organization, "slug" | "name" | "kind">,
): Promise<string> {
  const id = newId();
  await tx.db.insert(Organization, { id, ...fields, nameKeys: lookalikeKeys(fields.name), createdAt: tx.now() });
  return id;
}
