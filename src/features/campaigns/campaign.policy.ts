import type { Viewer } from "../../platform/context.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import type { Campaign } from "./campaign.js";
import { CampaignStatus } from "./campaign.values.js";

/** Staff of the campaign run it. */
export const isCampaignStaff = (viewer: Viewer | null, campaignId: string): boolean =>
  viewer !== null && viewer.staffOf.includes(campaignId);

/** A draft is known to its staff and the site's staff only. */
export const canSeeCampaign = (viewer: Viewer | null, campaign: Pick<Campaign, "id" | "status">): boolean =>
  campaign.status !== CampaignStatus.DRAFT || Boolean(viewer?.siteStaff) || isCampaignStaff(viewer, campaign.id);

/** SQL for {@link isCampaignStaff}, for an expression with the campaign's id. */
export const staffOf = (campaignId: Sql, scope: Scope): Sql =>
  scope.signedIn ? `${campaignId} = ANY (${scope.bind((run) => run.ctx.viewer!.staffOf, "uuid[]")})` : "false";

/** SQL for {@link canSeeCampaign}: every edge to a campaign has it as a condition. */
export function campaignVisible(row: string, scope: Scope): Sql {
  if (!scope.signedIn) return `${row}.status <> 'DRAFT'`;
  const siteStaff = scope.bind((run) => run.ctx.viewer!.siteStaff, "boolean");
  return `(${row}.status <> 'DRAFT' OR ${siteStaff} OR ${staffOf(`${row}.id`, scope)})`;
}

/** SQL: the reader may see the campaign that the row belongs to. */
export function ofVisibleCampaign(row: string, scope: Scope): Sql {
  const campaign = scope.alias();
  return `EXISTS (SELECT 1 FROM campaigns ${campaign} WHERE ${campaign}.id = ${row}.campaign_id AND ${campaignVisible(campaign, scope)})`;
}
