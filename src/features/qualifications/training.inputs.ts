import { Max, Min } from "class-validator";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { ForwardArgs } from "../../platform/graphql/connection.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { QualificationKind } from "./qualification.values.js";

@InputType()
export class SetTrainingInput extends RepeatableInput {
  @Field(() => ID, { description: "An approved event of type TRAINING that you manage." })
  eventId!: string;

  @Field(() => QualificationKind, { description: "What it clears for." })
  kind!: QualificationKind;

  @Field(() => ID, { description: "Who clears: a verified host of the event, of which you are an admin." })
  organizationId!: string;

  @Field(() => Int, { description: "For how many days after the event: 1 to 3,650." })
  @Min(1, { message: "must be from 1 to 3,650" })
  @Max(3_650, { message: "must be from 1 to 3,650" })
  validDays!: number;
}

@InputType()
export class RemoveTrainingInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you manage." })
  eventId!: string;
}

@InputType()
export class AttendanceInput extends RepeatableInput {
  @Field(() => ID, { description: "A training that you manage or coordinate." })
  eventId!: string;

  @Field(() => ID, {
    description: "An RSVP of it that holds places: see `trainingAttendees`, or let its owner show it.",
  })
  rsvpId!: string;
}

@ArgsType()
export class TrainingAttendeesArgs extends ForwardArgs {
  @Field(() => ID, { description: "A training that you manage or coordinate." })
  eventId!: string;
}
