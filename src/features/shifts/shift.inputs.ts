import { IsOptional, Max, Min } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { EventTime } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";
import { ShiftPlanInput } from "./plan.inputs.js";
import { PeacekeeperRole } from "./shift.values.js";

@InputType()
export class OpenShiftInput extends ShiftPlanInput {
  @Field(() => ID, { description: "The event it is at; you coordinate it, or may edit it." })
  eventId!: string;

  @Field(() => PeacekeeperRole, { description: "What the peacekeepers do." })
  role!: PeacekeeperRole;

  @Field(() => EventTime, { description: "When it begins: at most a day before the event does." })
  startsAt!: string;

  @Field(() => EventTime, {
    description: "When it ends: after it begins, within 12 hours, at most a day after the event.",
  })
  endsAt!: string;

  @Field(() => Int, { defaultValue: 1, description: "How many it needs at least: 0 to `capacity`." })
  @Min(0, { message: "must be at least 0" })
  minimum!: number;

  @Field(() => Int, { description: "How many it has room for: 1 to 1,000." })
  @Min(1, { message: "must be at least 1" })
  @Max(1_000, { message: "must be at most 1,000" })
  capacity!: number;

  @Field({ defaultValue: false, description: "Make a draft, for those who coordinate the event; see publishShift." })
  draft!: boolean;
}

@InputType()
export class ClaimShiftInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift on which you want a place, or one in line." })
  shiftId!: string;

  @Field({
    defaultValue: false,
    description: "Where it is full, or full of newcomers for one, wait in line for a place.",
  })
  joinWaitlist!: boolean;
}

@InputType()
export class ReleaseShiftInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift whose place, offer or place in line you give back." })
  shiftId!: string;
}

@InputType()
export class OfSignup extends RepeatableInput {
  @Field(() => ID, { description: "The sign-up; you coordinate its event, or may edit it." })
  signupId!: string;
}

@InputType()
export class ConfirmSignupInput extends OfSignup {}

@InputType()
export class DeclineSignupInput extends OfSignup {
  @Field(() => String, { nullable: true, description: "Why, for the coordinators: 1 to 500 characters." })
  @Text(1, 500)
  @IsOptional()
  reason?: string | null;
}
