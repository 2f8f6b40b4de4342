import { IsOptional, Max, Min } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { EventTime } from "../../platform/graphql/scalars.js";
import { ShiftRatio } from "./staffing.plan.js";
import { ShiftTemplate } from "./template.run.js";

const eventId = "An event that you coordinate, or may edit.";

@InputType()
export class ApplyShiftTemplateInput extends RepeatableInput {
  @Field(() => ID, { description: eventId })
  eventId!: string;

  @Field(() => ShiftTemplate, { description: "For a rally of which size." })
  template!: ShiftTemplate;

  @Field(() => ShiftRatio, {
    defaultValue: ShiftRatio.ONE_TO_50,
    description: "ONE_TO_100: half as many of each role, rounded up.",
  })
  ratio!: ShiftRatio;

  @Field(() => EventTime, {
    nullable: true,
    description: "When the first shifts begin; when the event does unless told. Must be given where that is not known.",
  })
  startsAt?: string | null;

  @Field(() => EventTime, {
    nullable: true,
    description:
      "When the last shifts end; when the event does unless told. Must be given where that is not known. More than 12 hours become several shifts in a row.",
  })
  endsAt?: string | null;

  @Field({ defaultValue: false, description: "Make drafts, for those who coordinate the event; see publishShift." })
  draft!: boolean;
}

@InputType()
export class UndoShiftTemplateInput extends RepeatableInput {
  @Field(() => ID, { description: "The `templateRunId` of what was made; you coordinate its event, or may edit it." })
  templateRunId!: string;

  @Field({
    defaultValue: false,
    description: "Also when people hold places or wait for them: they lose them, and are told.",
  })
  cancelHeld!: boolean;
}

@InputType()
export class SetStaffingInput extends RepeatableInput {
  @Field(() => ID, { description: eventId })
  eventId!: string;

  @Field(() => Int, {
    nullable: true,
    description: "How many people you expect, for those who coordinate it alone: 1 to 5,000,000; null: not known.",
  })
  @IsOptional()
  @Min(1, { message: "must be at least 1" })
  @Max(5_000_000, { message: "must be at most 5,000,000" })
  expectedTurnout?: number | null;

  @Field(() => ShiftRatio, {
    nullable: true,
    description: "For how many people one peacekeeper is; ONE_TO_50 at first.",
  })
  ratio?: ShiftRatio | null;
}
