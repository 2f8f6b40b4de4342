import { Field, ID, InputType, Int } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";
import { CampaignInput } from "./campaign.inputs.js";

@InputType()
export class AddDemandInput extends CampaignInput {
  @Field({ description: "Its words: 1 to 500 characters." })
  @Text(1, 500)
  text!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Its place, from 1 to one more than there are demands; left out: the last. Those behind it move down.",
  })
  position?: number | null;
}

@InputType()
export class DemandInput extends RepeatableInput {
  @Field(() => ID, { description: "A demand of a campaign whose staff you are." })
  demandId!: string;
}

@InputType()
export class MoveDemandInput extends DemandInput {
  @Field(() => Int, { description: "Its new place, from 1 to the number of demands; those between move by one." })
  position!: number;
}

@InputType()
export class EditDemandInput extends DemandInput {
  @Field({ description: "Its new words: 1 to 500 characters." })
  @Text(1, 500)
  text!: string;
}
