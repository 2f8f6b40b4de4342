import { Field, ID, InputType } from "type-graphql";
import { CampaignInput } from "./campaign.inputs.js";

@InputType()
export class RemoveCampaignStaffInput extends CampaignInput {
  @Field(() => ID, { description: "The person; see `campaignStaff`." })
  personId!: string;
}
