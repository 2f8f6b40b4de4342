import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, IsUrl, MaxLength } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { EventTime, LocalDate } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";

const httpsAddress = { message: "must be an https address of at most 500 characters" };

@InputType()
export class SubmitEventInput extends RepeatableInput {
  @Field(() => ID, { description: "A draft that you may edit." })
  eventId!: string;
}

@InputType()
export class RequestEventChangesInput extends RepeatableInput {
  @Field(() => ID, { description: "An event in review, or published, of a campaign whose staff you are." })
  eventId!: string;

  @Field({ description: "What its hosts should change: 1 to 1,000 characters; they and staff see it." })
  @Text(1, 1_000)
  note!: string;
}

@InputType()
export class RejectEventInput extends RepeatableInput {
  @Field(() => ID, { description: "An event in review, or published, of a campaign whose staff you are." })
  eventId!: string;

  @Field({ description: "Why it is not published: 1 to 1,000 characters; its hosts and staff see it." })
  @Text(1, 1_000)
  reason!: string;
}

@InputType()
export class ReviewInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that waits for review, of a campaign whose staff you are." })
  eventId!: string;
}

/** What changes whether, and how, an event takes place. */
@InputType()
abstract class OccurrenceInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you manage." })
  eventId!: string;

  @Field(() => String, { nullable: true, description: "Why, for everybody: at most 500 characters." })
  @IsOptional()
  @Text(0, 500)
  reason?: string | null;
}

@InputType()
export class RescheduleEventInput extends OccurrenceInput {
  @Field(() => Int, { description: "The `version` that you have seen; refused when it is no longer the present one." })
  version!: number;

  @Field(() => LocalDate, {
    nullable: true,
    description: "The new day, at the same clock times; left out: as it is, or that of `startsAt`.",
  })
  startsOn?: string | null;

  @Field(() => EventTime, {
    nullable: true,
    description:
      "When it begins; on another day the end goes along, at the same clock time. Left out: as it is; null: to be announced.",
  })
  startsAt?: string | null;

  @Field(() => EventTime, {
    nullable: true,
    description: "When it ends, within 14 days of the beginning. Left out: as it is; null: not known.",
  })
  endsAt?: string | null;
}

@InputType()
export class PostponeEventInput extends OccurrenceInput {}

@InputType()
export class MarkEventTentativeInput extends OccurrenceInput {
  @Field({ description: "True: likely, but not certain yet. False: it takes place." })
  tentative!: boolean;
}

@InputType()
export class MoveEventOnlineInput extends OccurrenceInput {
  @Field(() => String, {
    nullable: true,
    description:
      "Where it takes place: an https address of at most 500 characters, shown to whoever sees the event. Null: not online any more, at its place again. Has to be given.",
  })
  @IsOptional()
  @MaxLength(500, httpsAddress)
  @IsUrl({ protocols: ["https"], require_protocol: true }, httpsAddress)
  onlineUrl?: string | null;
}

@InputType()
export class CancelEventInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you lead." })
  eventId!: string;

  @Field({ description: "Why, for everybody: 1 to 500 characters." })
  @Text(1, 500)
  reason!: string;
}

@InputType()
export class DeleteEventInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you lead." })
  eventId!: string;

  @Field({ description: "Why: 1 to 500 characters; shown with the tombstone of an event that was public." })
  @Text(1, 500)
  reason!: string;
}

@InputType()
export class MergeEventInput extends RepeatableInput {
  @Field(() => ID, { description: "The duplicate: it goes, and its id leads to the other from then on." })
  eventId!: string;

  @Field(() => ID, { description: "The event that stays, of the same campaign." })
  intoEventId!: string;
}

@InputType()
export class CoHostInput extends RepeatableInput {
  @Field(() => ID, { description: "The event." })
  eventId!: string;

  @Field(() => ID, { description: "The organization that helps to host." })
  organizationId!: string;
}

@InputType()
export class CopyEventInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you manage." })
  eventId!: string;

  @Field(() => LocalDate, { description: "The day of the new one; it begins and ends at the same clock times." })
  startsOn!: string;
}

@InputType()
export class RepeatEventInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you manage." })
  eventId!: string;

  @Field(() => [LocalDate], { description: "The days of the new ones, 1 to 52, each once." })
  @ArrayMinSize(1, { message: "must have 1 to 52 days" })
  @ArrayMaxSize(52, { message: "must have 1 to 52 days" })
  @ArrayUnique({ message: "must have each day once" })
  dates!: string[];

  @Field({ defaultValue: false, description: "Hand them in at once, as submitEvent does." })
  submit!: boolean;
}

@InputType()
export class ApproveEventInput extends RepeatableInput {
  @Field(() => ID, { description: "An event in review, of a campaign whose staff you are." })
  eventId!: string;
}
