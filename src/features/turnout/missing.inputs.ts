import { ArrayMaxSize, ArrayMinSize, IsOptional } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../platform/graphql/connection.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";

const many = { message: "must have 1 to 100 events; leave it out to ask all that are missing" };

@InputType()
export class NudgeHostsInput extends RepeatableInput {
  @Field(() => ID, { description: "A campaign whose staff you are." })
  campaignId!: string;

  @Field(() => [ID], {
    nullable: true,
    description:
      "Only the hosts of these events of the campaign, 1 to 100; of all that have begun and have no number, unless told.",
  })
  @IsOptional()
  @ArrayMinSize(1, many)
  @ArrayMaxSize(100, many)
  eventIds?: string[] | null;
}

@ArgsType()
export class TurnoutMissingArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: "Only in this region, such as MN; all unless told." })
  region?: string;

  @Field(() => ID, { nullable: true, description: "Only in this city; all unless told." })
  city?: string;
}
