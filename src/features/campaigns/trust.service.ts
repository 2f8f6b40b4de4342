import { In } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import type { CampaignOrganizationInput } from "./campaign.inputs.js";
import { Campaign } from "./campaign.js";
import { organizationOf } from "../organizations/index.js";
import { lockAsStaff } from "./campaign.lock.js";
import type { CampaignAnswer } from "./campaign.service.js";
import { ReviewPolicy } from "./campaign.values.js";
import { CampaignTrust } from "./trust.js";

/** Whether a campaign publishes the events of (one of) these organizations without a review. */
export const isTrusted = async (
  tx: Transaction,
  campaignId: string,
  organizationIds: readonly string[],
): Promise<boolean> =>
  (await tx.db.existsBy(Campaign, { id: campaignId, reviewPolicy: ReviewPolicy.TRUST_SOME })) &&
  (await tx.db.existsBy(CampaignTrust, { campaignId, organizationId: In([...organizationIds]) }));

/** Trusts an organization with its events; again is harmless. */
export const trustOrganization = (ctx: Context, input: CampaignOrganizationInput): Promise<CampaignAnswer> =>
  change(ctx, "trustOrganization", input, async (tx, trust) => {
    if (await tx.db.existsBy(CampaignTrust, trust)) return false;
    await tx.db.insert(CampaignTrust, trust);
    return true;
  });

/** Ends that; events that are published stay so. Again is harmless. */
export const distrustOrganization = (ctx: Context, input: CampaignOrganizationInput): Promise<CampaignAnswer> =>
  change(ctx, "distrustOrganization", input, async (tx, trust) =>
    Boolean((await tx.db.delete(CampaignTrust, trust)).affected),
  );

function change(
  ctx: Context,
  operation: string,
  input: CampaignOrganizationInput,
  make: (tx: Transaction, trust: { campaignId: string; organizationId: string }) => Promise<boolean>,
): Promise<CampaignAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const { id: campaignId } = await lockAsStaff(tx, input);
    const organizationId = await organizationOf(tx, input);
    // Whom the staff trust is theirs to know: neither the change log nor the organization's trail tells of it.
    if (await make(tx, { campaignId, organizationId }))
      await audit(tx, { type: "Campaign", id: campaignId, scopes: [campaignId], fields: ["trustedOrganizations"] });
    return { campaignId };
  });
}
