import { IsOptional } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";
import { OfSignup, SignupStatus } from "../shifts/index.js";

const arrivalAt =
  "When they came, by the clock of a phone that was offline: from 25 minutes before the beginning until the end, at most 5 minutes in the future; taken until 24 hours after the end. Left out: now.";

@InputType()
export class CheckInInput extends OfSignup {
  @Field(() => DateTime, { nullable: true, description: arrivalAt })
  at?: Date | null;
}

@InputType()
export class CheckInWithCodeInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift on which you hold a place." })
  shiftId!: string;

  @Field({
    description:
      "The code that stands at the check-in point: 6 letters and digits; case, spaces and hyphens don't count.",
  })
  @Text(1, 20)
  code!: string;

  @Field(() => DateTime, { nullable: true, description: arrivalAt })
  at?: Date | null;
}

@InputType()
export class CheckOutInput extends RepeatableInput {
  @Field(() => ID, { description: "Your own sign-up, or one of an event that you coordinate." })
  signupId!: string;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When they left, by the clock of a phone that was offline: not before they came, at most 5 minutes in the future; taken until 24 hours after the end. Left out: now.",
  })
  at?: Date | null;
}

@InputType()
export class MarkNoShowInput extends OfSignup {}

@InputType()
export class ExcuseSignupInput extends OfSignup {
  @Field(() => String, { nullable: true, description: "Why, for the coordinators: 1 to 500 characters." })
  @Text(1, 500)
  @IsOptional()
  reason?: string | null;
}

@InputType()
export class UndoStepInput extends OfSignup {
  @Field(() => SignupStatus, {
    description: "What you undo: CHECKED_IN, COMPLETED, LEFT_EARLY, NO_SHOW or EXCUSED; it must still stand so.",
  })
  status!: SignupStatus;
}

@InputType()
export class ReplaceCheckInCodeInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you coordinate." })
  eventId!: string;
}
