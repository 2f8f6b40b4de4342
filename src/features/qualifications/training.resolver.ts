import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import type { Page } from "../../platform/reading/page.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Event, eventShape } from "../events/index.js";
import { type AttendanceAnswer, recordAttendance, undoAttendance } from "./attendance.service.js";
import { AttendanceInput, RemoveTrainingInput, SetTrainingInput, TrainingAttendeesArgs } from "./training.inputs.js";
import { trainingAttendees } from "./training.list.js";
import { removeTraining, setTraining } from "./training.service.js";
import { Training, type TrainingAttendee, TrainingAttendeeConnection } from "./training.js";
import "./training.shape.js";

@ObjectType({ description: "A training after a mutation." })
class TrainingPayload {
  @Field(() => Event, { description: "The event as it is now, with its `training`." })
  event!: Ref;
}

@ObjectType({ description: "An attendance after a mutation." })
class AttendancePayload {
  @Field(() => Event, { description: "The training." })
  event!: Ref;
  @Field({ description: "Whether the attendance is recorded now." })
  attended!: boolean;
}

const payload = ({ eventId, attended }: AttendanceAnswer): AttendancePayload => ({
  event: new Ref(eventShape, eventId),
  attended,
});

@Resolver(() => Event)
export class TrainingResolver {
  @FieldResolver(() => Training, {
    nullable: true,
    description: "What it clears those for who attend; null when it is no training that clears.",
  })
  training(): never {
    return byShape();
  }

  @Query(() => TrainingAttendeeConnection, {
    description:
      "Who holds places at a training, in the order of arrival, for those who manage or coordinate the event. That you have looked is in the audit trail.",
  })
  trainingAttendees(@Ctx() ctx: Context, @Args() args: TrainingAttendeesArgs): Promise<Page<TrainingAttendee>> {
    return trainingAttendees(ctx, args);
  }

  @Mutation(() => TrainingPayload, {
    description:
      "Says what a training clears those for who attend, by an admin of the verified organization that clears and hosts it; again changes it for those whose attendance is recorded later. Refused with CONFLICT and a reason: EVENT_NOT_TRAINING, EVENT_NOT_APPROVED, ORGANIZATION_NOT_VERIFIED.",
  })
  async setTraining(@Ctx() ctx: Context, @Arg("input") input: SetTrainingInput): Promise<TrainingPayload> {
    return { event: new Ref(eventShape, (await setTraining(ctx, input)).eventId) };
  }

  @Mutation(() => TrainingPayload, {
    description:
      "Makes a training clear for nothing, by those who manage it; who is cleared stays so. Again is harmless.",
  })
  async removeTraining(@Ctx() ctx: Context, @Arg("input") input: RemoveTrainingInput): Promise<TrainingPayload> {
    return { event: new Ref(eventShape, (await removeTraining(ctx, input)).eventId) };
  }

  @Mutation(() => AttendancePayload, {
    description:
      "Notes that somebody has attended, by those who manage or coordinate the training, and clears them until `validDays` after it; a longer clearance stays. Again is harmless. Refused with CONFLICT and a reason: EVENT_NOT_TRAINING, EVENT_NOT_APPROVED, EVENT_CANCELLED, EVENT_NOT_BEGUN, ORGANIZATION_NOT_VERIFIED, QUALIFICATION_REVOKED.",
  })
  async recordAttendance(@Ctx() ctx: Context, @Arg("input") input: AttendanceInput): Promise<AttendancePayload> {
    return payload(await recordAttendance(ctx, input));
  }

  @Mutation(() => AttendancePayload, {
    description:
      "Takes an attendance back: the clearance is as if they had not attended, unless the organization has decided on it since. Again is harmless.",
  })
  async undoAttendance(@Ctx() ctx: Context, @Arg("input") input: AttendanceInput): Promise<AttendancePayload> {
    return payload(await undoAttendance(ctx, input));
  }
}
