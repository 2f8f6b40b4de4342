import { ArrayMaxSize, ArrayMinSize } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../platform/graphql/connection.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";

const many = { message: "must have 1 to 100 reporters" };

@InputType()
abstract class ReportersInput extends RepeatableInput {
  @Field(() => ID, { description: "A campaign whose staff you are." })
  campaignId!: string;

  @Field(() => [ID], { description: "Reporters of this campaign, 1 to 100; refused whole when one of them is not." })
  @ArrayMinSize(1, many)
  @ArrayMaxSize(100, many)
  reporterIds!: string[];
}

@InputType()
export class QuarantineReportersInput extends ReportersInput {
  @Field({ description: "Why nothing of theirs may count: 1 to 500 characters, for the campaign's staff." })
  @Text(1, 500)
  reason!: string;
}

@InputType()
export class LiftQuarantinesInput extends ReportersInput {
  @Field({ description: "Why what they report counts again: 1 to 500 characters, for the campaign's staff." })
  @Text(1, 500)
  reason!: string;
}

@ArgsType()
export class TurnoutReportersArgs extends PageArgs {
  @Field(() => Boolean, {
    nullable: true,
    description: "Only those who are in quarantine, or only those who are not; all unless told.",
  })
  quarantined?: boolean;
}
