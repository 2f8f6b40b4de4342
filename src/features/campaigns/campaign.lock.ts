import { allow } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { Campaign } from "./campaign.js";
import { canSeeCampaign, isCampaignStaff } from "./campaign.policy.js";
import { CampaignStatus } from "./campaign.values.js";

export const noSuchCampaign = (): Refusal => new Refusal("NOT_FOUND", "There is no such campaign.");

interface How {
  mode?: "for_no_key_update" | "pessimistic_read";
  /** What to say when it is not there: somebody asked for a thing of the campaign. */
  missing?: Refusal;
}

/**
 * The campaign as this transaction may rely on it: locked; what the viewer may not see is not there. The lock lets
 * rows be added that refer to the campaign: a stream of pledges and drafts never holds its staff up.
 */
export async function lockCampaign(
  tx: Transaction,
  id: string,
  { mode = "for_no_key_update", missing = noSuchCampaign() }: How = {},
): Promise<Campaign> {
  const campaign = await tx.db.findOne(Campaign, { where: { id }, lock: { mode } });
  if (!campaign || !canSeeCampaign(tx.viewer, campaign)) throw missing;
  return campaign;
}

/** The campaign of an input, locked for a member of its staff: what is done to one campaign is done one after the other. */
export async function lockAsStaff(tx: Transaction, input: { campaignId: string }): Promise<Campaign> {
  const campaign = await lockCampaign(tx, fromGlobalId("Campaign", input.campaignId, "input.campaignId"));
  allow(isCampaignStaff(tx.viewer, campaign.id), "do this: only staff of the campaign may");
  return campaign;
}

/** Refuses what a campaign takes only while it is open. */
export function checkOpen(status: CampaignStatus): void {
  if (status !== CampaignStatus.OPEN)
    throw new Refusal("CONFLICT", "The campaign is not open.", { reason: ErrorReason.CAMPAIGN_NOT_OPEN });
}
