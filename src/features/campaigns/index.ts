import "./staff.personal.js";

export { campaignChanged, campaignTopic, listedCampaigns } from "./campaign.changes.js";
export { Campaign, CampaignEdit } from "./campaign.js";
export { CampaignInput, Kept } from "./campaign.inputs.js";
export { checkOpen, lockAsStaff } from "./campaign.lock.js";
export { campaignVisible, canSeeCampaign, staffOf as staffOfCampaign } from "./campaign.policy.js";
export { CampaignPayload, campaignPayload } from "./campaign.payload.js";
export type { CampaignAnswer } from "./campaign.service.js";
export { campaignOfRow, campaignShape } from "./campaign.shape.js";
export * from "./campaign.values.js";
export { Demand } from "./demand.js";
export { Endorsement, EndorsementStep } from "./endorsement.js";
export * from "./endorsement.values.js";
export { CampaignOrganizer } from "./organizer.js";
export { CityPledges, PledgeMark } from "./pledge.js";
export { CampaignStaff } from "./staff.js";
export { CampaignTrust } from "./trust.js";
export { isTrusted } from "./trust.service.js";
