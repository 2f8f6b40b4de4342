import { IsOptional, Max, Min } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";
import { largestCount, TurnoutMethod } from "./turnout.js";

const tooFew = { message: "must be at least 0" };
const tooMany = { message: "must be at most 5,000,000" };

@InputType()
export class ReportTurnoutInput extends RepeatableInput {
  @Field(() => ID, { description: "The event that you counted; you report for it, coordinate it or may edit it." })
  eventId!: string;

  @Field(() => Int, {
    nullable: true,
    description: "The number of people, when it is one number: 0 to 5,000,000. Instead of `low` and `high`.",
  })
  @IsOptional()
  @Min(0, tooFew)
  @Max(largestCount, tooMany)
  count?: number | null;

  @Field(() => Int, { nullable: true, description: "At least so many people: 0 to 5,000,000. Goes with `high`." })
  @IsOptional()
  @Min(0, tooFew)
  @Max(largestCount, tooMany)
  low?: number | null;

  @Field(() => Int, { nullable: true, description: "At most so many people: `low` to 5,000,000." })
  @IsOptional()
  @Min(0, tooFew)
  @Max(largestCount, tooMany)
  high?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Your own words, such as “about 2,000”: at most 200 characters.",
  })
  @IsOptional()
  @Text(0, 200)
  words?: string | null;

  @Field(() => TurnoutMethod, { nullable: true, description: "How you counted." })
  method?: TurnoutMethod | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When you saw it, from the day of the event on and not in the future; now unless told.",
  })
  observedAt?: Date | null;
}
