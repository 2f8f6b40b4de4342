import { In } from "typeorm";
import type { Transaction } from "../../platform/database/transact.js";
import { Membership } from "./membership.js";
import { MembershipRole } from "./organization.values.js";

/** Ids of the persons who act for any of the organizations. */
export async function adminsOf(tx: Transaction, organizationIds: string[]): Promise<string[]> {
  const role = In([MembershipRole.OWNER, MembershipRole.ADMIN]);
  const members = await tx.db.findBy(Membership, { organizationId: In(organizationIds), role });
  return [...new Set(members.map(({ personId }) => personId))];
}
