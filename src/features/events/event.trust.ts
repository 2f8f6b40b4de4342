import type { Transaction } from "../../platform/database/transact.js";
import { isTrusted } from "../campaigns/index.js";
import { EventHost } from "./event.host.js";
import type { EventRow } from "./event.js";
import { HostRole } from "./event.values.js";

/** Whether an organization leads the event whose events the campaign publishes without a review. */
export async function isOfTrusted(
  tx: Transaction,
  { id: eventId, campaignId }: Pick<EventRow, "id" | "campaignId">,
): Promise<boolean> {
  const lead = await tx.db.findOneBy(EventHost, { eventId, role: HostRole.LEAD });
  return campaignId !== null && lead !== null && isTrusted(tx, campaignId, [lead.organizationId]);
}
