export { Campaign, CampaignStaff, Demand, Endorsement, EndorsementStatus } from "./campaign.js";
export { campaignShape } from "./campaign.shape.js";
