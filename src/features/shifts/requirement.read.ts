import type { Transaction } from "../../platform/database/transact.js";
import type { Event } from "../events/index.js";
import type { QualificationKind } from "../qualifications/index.js";
import { RoleRequirement } from "./requirement.js";
import type { PeacekeeperRole } from "./shift.values.js";

type Required = (role: PeacekeeperRole) => QualificationKind[];

/** What a new shift at an event requires, by its role: what the campaign says now. */
export async function requirementsAt(tx: Transaction, { campaignId }: Pick<Event, "campaignId">): Promise<Required> {
  const found = campaignId ? await tx.db.findBy(RoleRequirement, { campaignId }) : [];
  return (role) =>
    found
      .filter((one) => one.role === role)
      .map(({ kind }) => kind)
      .toSorted();
}
