import { In } from "typeorm";
import type { Transaction } from "../../platform/database/transact.js";
import { Membership } from "./membership.js";
import { MembershipRole } from "./organization.values.js";

/** Ids of the persons who act for any of the organizations. */
export const adminsOf = (tx: Transaction, organizationIds: string[]): Promise<string[]> =>
  thoseWho(tx, organizationIds, [MembershipRole.OWNER, MembershipRole.ADMIN]);

/** Ids of the persons whose organization it is. */
export const ownersOf = (tx: Transaction, organizationId: string): Promise<string[]> =>
  thoseWho(tx, [organizationId], [MembershipRole.OWNER]);

async function thoseWho(tx: Transaction, organizationIds: string[], roles: MembershipRole[]): Promise<string[]> {
  const members = await tx.db.findBy(Membership, { organizationId: In(organizationIds), role: In(roles) });
  return [...new Set(members.map(({ personId }) => personId))];
}
