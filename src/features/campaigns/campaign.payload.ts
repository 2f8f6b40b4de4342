import { Field, ObjectType } from "type-graphql";
import { Ref } from "../../platform/reading/read.js";
import { Campaign } from "./campaign.js";
import type { CampaignAnswer } from "./campaign.service.js";
import { campaignShape } from "./campaign.shape.js";

@ObjectType({ description: "A campaign after a mutation." })
export class CampaignPayload {
  @Field(() => Campaign, { description: "The campaign as it is now." })
  campaign!: Ref;
}

export const campaignPayload = ({ campaignId }: CampaignAnswer): CampaignPayload => ({
  campaign: new Ref(campaignShape, campaignId),
});
