import { IsOptional } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";
import { TurnoutInput } from "./turnout.inputs.js";

@InputType()
export class CorrectTurnoutReportInput extends TurnoutInput {
  @Field(() => ID, { description: "Your report, which waits or counts; the correction says all of it anew." })
  reportId!: string;
}

@InputType()
export class RetractTurnoutReportInput extends RepeatableInput {
  @Field(() => ID, { description: "Your report, which waits or counts." })
  reportId!: string;

  @Field(() => String, { nullable: true, description: "Why, for those concerned: at most 500 characters." })
  @IsOptional()
  @Text(0, 500)
  reason?: string | null;
}

@InputType()
export class ReviewTurnoutReportInput extends RepeatableInput {
  @Field(() => ID, { description: "A report of an event that you coordinate, and not your own." })
  reportId!: string;

  @Field({ description: "Why: 1 to 500 characters; its reporter and those concerned with the event see it." })
  @Text(1, 500)
  reason!: string;
}
