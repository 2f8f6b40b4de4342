import { IsOptional } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";

@InputType()
export class OfferSwapInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift whose place you would give to somebody else." })
  shiftId!: string;
}

@InputType()
export class WithdrawSwapInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift whose place you keep after all." })
  shiftId!: string;
}

@InputType()
export class AcceptSwapInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift on which you take a place that somebody offers." })
  shiftId!: string;
}

@InputType()
export class WithdrawSwapRequestInput extends RepeatableInput {
  @Field(() => ID, { description: "Your wish to take a place, which waits for a coordinator." })
  swapId!: string;
}

@InputType()
export class ApproveSwapInput extends RepeatableInput {
  @Field(() => ID, { description: "The swap; you coordinate its event, or may edit it." })
  swapId!: string;
}

@InputType()
export class DeclineSwapInput extends RepeatableInput {
  @Field(() => ID, { description: "The swap; you coordinate its event, or may edit it." })
  swapId!: string;
}

@InputType()
export class UndoSwapInput extends RepeatableInput {
  @Field(() => ID, { description: "The swap; you coordinate its event, or may edit it." })
  swapId!: string;

  @Field(() => String, { nullable: true, description: "Why, for the coordinators: 1 to 500 characters." })
  @Text(1, 500)
  @IsOptional()
  reason?: string | null;
}
