import { IsEmail, MaxLength } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { CampaignInput } from "./campaign.inputs.js";

@InputType()
export class RemoveCampaignStaffInput extends CampaignInput {
  @Field(() => ID, { description: "The person; see `campaignStaff`." })
  personId!: string;
}

@InputType()
export class InviteCampaignStaffInput extends CampaignInput {
  @Field({ description: "The address that the person signs in with; need not have an account yet." })
  @MaxLength(254)
  @IsEmail({}, { message: "must be an e-mail address, such as ana@example.org" })
  email!: string;
}
