import { Arg, Ctx, Field, FieldResolver, ID, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Event, eventShape } from "../events/index.js";
import { editShift } from "./edit.service.js";
import {
  CancelShiftInput,
  CloseShiftInput,
  EditShiftInput,
  PublishShiftInput,
  ReopenShiftInput,
} from "./plan.inputs.js";
import { Shift } from "./shift.js";
import { ShiftPayload, shiftPayload } from "./shift.payload.js";
import { shiftShape } from "./shift.shape.js";
import { ShiftRatio } from "./staffing.plan.js";
import { setStaffing } from "./staffing.service.js";
import { cancelShift, closeShift, publishShift, reopenShift } from "./status.service.js";
import { ApplyShiftTemplateInput, SetStaffingInput, UndoShiftTemplateInput } from "./template.inputs.js";
import { applyShiftTemplate, undoShiftTemplate } from "./template.service.js";

@ObjectType({ description: "An event after its shifts were planned." })
class ShiftPlanPayload {
  @Field(() => Event, { description: "The event, with its shifts as they are now." })
  event!: Ref;
}

@ObjectType({ description: "What a template has made." })
class ApplyShiftTemplatePayload extends ShiftPlanPayload {
  @Field(() => ID, { description: "Goes with undoShiftTemplate; each of the shifts has it too." })
  templateRunId!: string;
  @Field(() => [Shift], { description: "The new shifts, by time and role." })
  shifts!: Ref[];
}

@ObjectType({ description: "How many peacekeepers an event is to have for its crowd." })
class StaffingTarget {
  @Field(() => Int, { nullable: true, description: "How many people are expected; null until setStaffing says it." })
  expectedTurnout!: number | null;
  @Field(() => ShiftRatio, { description: "For how many people one peacekeeper is." })
  ratio!: ShiftRatio;
  @Field(() => Int, {
    nullable: true,
    description:
      "How many peacekeepers are to stand at a time: for as many people as are expected, or as are there by the latest counts, whichever are more. Null while neither is known.",
  })
  target!: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "How many of `target` are not confirmed in the hour with the fewest, from now to the end of the event; null when it is over.",
  })
  gap!: number | null;
}

@Resolver()
export class ShiftPlanResolver {
  @Mutation(() => ShiftPayload, {
    description:
      "Changes what is given of a shift. Raised, its capacity goes to those who wait; lowered below what is taken, it is refused with the count (CAPACITY_BELOW_TAKEN), or everybody stays (`keepOverfull`). At other times, a place that would be at the time of another of the same person is released, and both sides are told. Refused with CONFLICT and a reason: STALE_VERSION, SHIFT_CANCELLED, SHIFT_STARTED, SHIFT_ENDED; OVERLAPS where a shift that has begun would be longer, and people on it stand elsewhere by then.",
  })
  async editShift(@Ctx() ctx: Context, @Arg("input") input: EditShiftInput): Promise<ShiftPayload> {
    return shiftPayload(await editShift(ctx, input));
  }

  @Mutation(() => ShiftPayload, {
    description: "Opens a draft for claims; again is harmless. Refused when it is closed (SHIFT_CLOSED) or cancelled.",
  })
  async publishShift(@Ctx() ctx: Context, @Arg("input") input: PublishShiftInput): Promise<ShiftPayload> {
    return shiftPayload(await publishShift(ctx, input));
  }

  @Mutation(() => ShiftPayload, {
    description:
      "Takes no more claims; whoever holds a place keeps it, and an offer can still be taken. Again is harmless. Refused for a draft (NOT_OPEN_YET) and when it is cancelled.",
  })
  async closeShift(@Ctx() ctx: Context, @Arg("input") input: CloseShiftInput): Promise<ShiftPayload> {
    return shiftPayload(await closeShift(ctx, input));
  }

  @Mutation(() => ShiftPayload, {
    description: "Takes claims again; again is harmless. Refused for a draft (NOT_OPEN_YET) and when it is cancelled.",
  })
  async reopenShift(@Ctx() ctx: Context, @Arg("input") input: ReopenShiftInput): Promise<ShiftPayload> {
    return shiftPayload(await reopenShift(ctx, input));
  }

  @Mutation(() => ShiftPayload, {
    description:
      "Calls a shift off for good: places and line end, and each person is told once. Again is harmless. Refused once it has begun (SHIFT_STARTED, SHIFT_ENDED).",
  })
  async cancelShift(@Ctx() ctx: Context, @Arg("input") input: CancelShiftInput): Promise<ShiftPayload> {
    return shiftPayload(await cancelShift(ctx, input));
  }

  @Mutation(() => ApplyShiftTemplatePayload, {
    description: "Makes a set of shifts by role for a rally of a size, all or none: at most 200 at once.",
  })
  async applyShiftTemplate(
    @Ctx() ctx: Context,
    @Arg("input") input: ApplyShiftTemplateInput,
  ): Promise<ApplyShiftTemplatePayload> {
    const { eventId, runId, shiftIds } = await applyShiftTemplate(ctx, input);
    return {
      event: new Ref(eventShape, eventId),
      templateRunId: toGlobalId("ShiftTemplateRun", runId),
      shifts: shiftIds.map((id) => new Ref(shiftShape, id)),
    };
  }

  @Mutation(() => ShiftPlanPayload, {
    description:
      "Takes back what one use of a template has made, as one: drafts go, other shifts are cancelled. Again is harmless. Refused with CONFLICT when people hold places or wait for them (PLACES_HELD, with the counts) without `cancelHeld`, and once one has begun (SHIFT_STARTED).",
  })
  async undoShiftTemplate(@Ctx() ctx: Context, @Arg("input") input: UndoShiftTemplateInput): Promise<ShiftPlanPayload> {
    return { event: new Ref(eventShape, (await undoShiftTemplate(ctx, input)).eventId) };
  }

  @Mutation(() => ShiftPlanPayload, {
    description: "Says how many people are expected and for how many one peacekeeper is; what is left out stays.",
  })
  async setStaffing(@Ctx() ctx: Context, @Arg("input") input: SetStaffingInput): Promise<ShiftPlanPayload> {
    return { event: new Ref(eventShape, (await setStaffing(ctx, input)).eventId) };
  }
}

@Resolver(() => Event)
export class StaffingTargetResolver {
  @FieldResolver(() => StaffingTarget, {
    nullable: true,
    description: "How many peacekeepers its crowd needs, for those who coordinate it; null for others.",
  })
  staffingTarget(): never {
    return byShape();
  }
}
