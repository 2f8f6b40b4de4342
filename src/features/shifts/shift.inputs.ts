import { Max, Min } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { EventTime } from "../../platform/graphql/scalars.js";
import { PeacekeeperRole } from "./shift.js";

@InputType()
export class OpenShiftInput extends RepeatableInput {
  @Field(() => ID, { description: "The event it is at; you coordinate it, or may edit it." })
  eventId!: string;

  @Field(() => PeacekeeperRole, { description: "What the peacekeepers do." })
  role!: PeacekeeperRole;

  @Field(() => EventTime, { description: "When it begins: at most a day before the event does." })
  startsAt!: string;

  @Field(() => EventTime, {
    description: "When it ends: after it begins, within 24 hours, at most a day after the event.",
  })
  endsAt!: string;

  @Field(() => Int, { defaultValue: 1, description: "How many it needs at least: 0 to `capacity`." })
  @Min(0, { message: "must be at least 0" })
  minimum!: number;

  @Field(() => Int, { description: "How many it has room for: 1 to 1,000." })
  @Min(1, { message: "must be at least 1" })
  @Max(1_000, { message: "must be at most 1,000" })
  capacity!: number;
}

@InputType()
export class ClaimShiftInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift on which you want a place." })
  shiftId!: string;
}

@InputType()
export class ReleaseShiftInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift whose place you give back." })
  shiftId!: string;
}
