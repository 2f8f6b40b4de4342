import { IsOptional, Max, Min } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { EventTime } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";
import { PeacekeeperRole } from "./shift.values.js";

const fewest = { message: "must be at least 0" };

/** What a shift may be told when it is opened and when it is edited. */
@InputType()
export abstract class ShiftPlanInput extends RepeatableInput {
  @Field(() => EventTime, {
    nullable: true,
    description: "From when on it takes claims: before it begins; null: as soon as it is open.",
  })
  opensAt?: string | null;

  @Field(() => EventTime, {
    nullable: true,
    description: "Until when it takes claims: after `opensAt`, not after it begins; null: until it begins.",
  })
  closesAt?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "A place that is given back later than so many minutes before the beginning is given back late: 0 to 10,080 (a week); null: 0.",
  })
  @IsOptional()
  @Min(0, fewest)
  @Max(10_080, { message: "must be at most 10,080" })
  releaseCutoffMinutes?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a coordinator has to approve that one person's place goes to another; null: no.",
  })
  swapNeedsApproval?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: "Where to check in, told to those who hold a confirmed place: at most 200 characters.",
  })
  @IsOptional()
  @Text(0, 200)
  checkInPoint?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What those who hold a confirmed place have to know: at most 2,000 characters.",
  })
  @IsOptional()
  @Text(0, 2_000)
  instructions?: string | null;
}

/** Of all inputs about a shift that those who coordinate its event send. */
const shiftId = "The shift; you coordinate its event, or may edit it.";

@InputType()
export class EditShiftInput extends ShiftPlanInput {
  @Field(() => ID, { description: shiftId })
  shiftId!: string;

  @Field(() => Int, {
    description: "The `version` that you have seen. When it is no longer the present one, the edit is refused.",
  })
  version!: number;

  @Field(() => PeacekeeperRole, {
    nullable: true,
    description: "What the peacekeepers do; what it `requires` stays as it is.",
  })
  role?: PeacekeeperRole | null;

  @Field(() => EventTime, {
    nullable: true,
    description: "When it begins: a time to come, at most a day before the event does. Refused once it has begun.",
  })
  startsAt?: string | null;

  @Field(() => EventTime, {
    nullable: true,
    description: "When it ends: a time to come, after it begins, within 12 hours, at most a day after the event.",
  })
  endsAt?: string | null;

  @Field(() => Int, { nullable: true, description: "How many it needs at least: 0 to `capacity`." })
  @IsOptional()
  @Min(0, fewest)
  minimum?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "How many it has room for: 1 to 1,000. More than before: those who wait are offered the places. Fewer than are taken: refused (CAPACITY_BELOW_TAKEN) without `keepOverfull`.",
  })
  @IsOptional()
  @Min(1, { message: "must be at least 1" })
  @Max(1_000, { message: "must be at most 1,000" })
  capacity?: number | null;

  @Field({ defaultValue: false, description: "With a capacity below what is taken: everybody keeps their place." })
  keepOverfull!: boolean;
}

@InputType()
export class OfShiftInput extends RepeatableInput {
  @Field(() => ID, { description: shiftId })
  shiftId!: string;
}

@InputType()
export class PublishShiftInput extends OfShiftInput {}

@InputType()
export class CloseShiftInput extends OfShiftInput {}

@InputType()
export class ReopenShiftInput extends OfShiftInput {}

@InputType()
export class CancelShiftInput extends OfShiftInput {
  @Field({ description: "Why, told to those who hold a place or wait for one: 1 to 500 characters." })
  @Text(1, 500)
  reason!: string;
}
