import { IsOptional, Max, Min } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";

@InputType()
export class CallOutInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift where people are missing; you coordinate its event, or may edit it." })
  shiftId!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "How many are to accept: 1 to the number of free places. Left out or null: as many as the minimum lacks, 1 at least.",
  })
  @Min(1, { message: "must be at least 1" })
  @Max(1_000, { message: "must be at most 1,000" })
  @IsOptional()
  count?: number | null;

  @Field(() => Int, {
    defaultValue: 50,
    description: "How far from the event the city may be near which a person helps out: 5 to 500 km.",
  })
  @Min(5, { message: "must be at least 5" })
  @Max(500, { message: "must be at most 500" })
  withinKm!: number;
}

@InputType()
export class CloseCallOutInput extends RepeatableInput {
  @Field(() => ID, { description: "The call-out; you coordinate its event, or may edit it." })
  callOutId!: string;
}

@InputType()
export class AcceptCoverInput extends RepeatableInput {
  @Field(() => ID, { description: "What you are asked." })
  coverId!: string;
}

@InputType()
export class DeclineCoverInput extends RepeatableInput {
  @Field(() => ID, { description: "What you are asked." })
  coverId!: string;
}
