import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  Mutation,
  ObjectType,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { afterDescription, following, Message } from "../../platform/graphql/live.js";
import { type Answer, byShape, read, Ref } from "../../platform/reading/read.js";
import { Event } from "../events/index.js";
import { ViewerAccount } from "../people/index.js";
import { shiftsOfEvent } from "./shift.changes.js";
import { ClaimShiftInput, OpenShiftInput, ReleaseShiftInput } from "./shift.inputs.js";
import { Shift, ShiftConnection, ShiftSignup, ShiftSignupConnection } from "./shift.js";
import { claimShift, openShift, releaseShift, type SignupAnswer } from "./shift.service.js";
import { shiftShape, signupShape, viewerSignups } from "./shift.shape.js";

@ObjectType()
class OpenShiftPayload {
  @Field(() => Shift, { description: "The new shift." })
  shift!: Ref;
}

@ObjectType({ description: "A claim after a mutation." })
class ShiftSignupPayload {
  @Field(() => Shift, { description: "The shift as it is now." })
  shift!: Ref;
  @Field(() => ShiftSignup, { description: "Your claim as it is now." })
  signup!: Ref;
}

@ObjectType({ description: "A shift of the event is new or different.", implements: Message })
class ShiftChangedMessage extends Message {
  @Field(() => Shift, { nullable: true, description: "The shift as it is now; null in a RESYNC." })
  shift!: Ref | null;
}

const payload = ({ shiftId, signupId }: SignupAnswer): ShiftSignupPayload => ({
  shift: new Ref(shiftShape, shiftId),
  signup: new Ref(signupShape, signupId),
});

@Resolver()
export class ShiftResolver {
  @Mutation(() => OpenShiftPayload, {
    description: "Makes a shift at an event, open for claims once the event is approved.",
  })
  async openShift(@Ctx() ctx: Context, @Arg("input") input: OpenShiftInput): Promise<OpenShiftPayload> {
    return { shift: new Ref(shiftShape, (await openShift(ctx, input)).shiftId) };
  }

  @Mutation(() => ShiftSignupPayload, {
    description:
      "Gives you a place on a shift; again is harmless. Refused with CONFLICT and a reason: SHIFT_FULL, OVERLAPS, SHIFT_ENDED, EVENT_NOT_APPROVED.",
  })
  async claimShift(@Ctx() ctx: Context, @Arg("input") input: ClaimShiftInput): Promise<ShiftSignupPayload> {
    return payload(await claimShift(ctx, input));
  }

  @Mutation(() => ShiftSignupPayload, { description: "Gives your place back; again is harmless." })
  async releaseShift(@Ctx() ctx: Context, @Arg("input") input: ReleaseShiftInput): Promise<ShiftSignupPayload> {
    return payload(await releaseShift(ctx, input));
  }

  @Subscription(() => ShiftChangedMessage, {
    description: "Tells when a shift of the event is new or different, also when places are claimed or released.",
    subscribe: following("Event", "eventId", ({ id, after }) => shiftsOfEvent(id, after)),
  })
  shiftChanged(
    @Root() message: ShiftChangedMessage,
    @Arg("eventId", () => ID, { description: "The event whose shifts to watch." }) _eventId: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): ShiftChangedMessage {
    return message;
  }
}

@Resolver(() => Event)
export class EventShiftsResolver {
  @FieldResolver(() => ShiftConnection, { description: "Its shifts, by the time they begin." })
  shifts(@Args() _args: PageArgs): never {
    return byShape();
  }
}

@Resolver(() => ViewerAccount)
export class ViewerShiftsResolver {
  @FieldResolver(() => ShiftSignupConnection, { description: "Your claims, by the time the shift begins." })
  async signups(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: PageArgs): Promise<Answer> {
    return (await read(ctx, info, viewerSignups))!;
  }
}
