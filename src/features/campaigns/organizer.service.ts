import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { campaignChanged } from "./campaign.changes.js";
import type { CampaignOrganizationInput } from "./campaign.inputs.js";
import { organizationOf } from "../organizations/index.js";
import { lockAsStaff, lockCampaign } from "./campaign.lock.js";
import { isCampaignStaff } from "./campaign.policy.js";
import type { CampaignAnswer } from "./campaign.service.js";
import { CampaignOrganizer } from "./organizer.js";

const atMost = 50;

/** Names an organization as one that calls the campaign; who does it speaks for both. */
export function addOrganizer(ctx: Context, input: CampaignOrganizationInput): Promise<CampaignAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "addOrganizer", input, async (tx) => {
    const { id: campaignId } = await lockAsStaff(tx, input);
    const organizationId = await organizationOf(tx, input);
    allow(viewer.adminOf.includes(organizationId), "call a campaign in the name of this organization");
    if (await tx.db.existsBy(CampaignOrganizer, { campaignId, organizationId })) return { campaignId };
    if ((await tx.db.countBy(CampaignOrganizer, { campaignId })) >= atMost)
      throw new Refusal("CONFLICT", `A campaign has at most ${atMost} organizers; others can endorse it.`, {
        reason: ErrorReason.LIMIT_REACHED,
      });
    await tx.db.insert(CampaignOrganizer, { campaignId, organizationId });
    await audit(tx, { type: "Campaign", id: campaignId, scopes: [campaignId, organizationId], fields: ["organizers"] });
    campaignChanged(tx, campaignId);
    return { campaignId };
  });
}

/** Takes the name off again: the campaign's staff may, and the organization itself; again is harmless. */
export function removeOrganizer(ctx: Context, input: CampaignOrganizationInput): Promise<CampaignAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "removeOrganizer", input, async (tx) => {
    const campaign = await lockCampaign(tx, fromGlobalId("Campaign", input.campaignId, "input.campaignId"));
    const organizationId = await organizationOf(tx, input);
    const may = isCampaignStaff(viewer, campaign.id) || viewer.adminOf.includes(organizationId);
    allow(may, "do this: staff of the campaign and admins of the organization may");
    const { affected } = await tx.db.delete(CampaignOrganizer, { campaignId: campaign.id, organizationId });
    if (!affected) return { campaignId: campaign.id };
    const scopes = [campaign.id, organizationId];
    await audit(tx, { type: "Campaign", id: campaign.id, scopes, fields: ["organizers"] });
    campaignChanged(tx, campaign.id);
    return { campaignId: campaign.id };
  });
}
