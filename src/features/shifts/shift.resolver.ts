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
import { claimShift, releaseShift } from "./claim.service.js";
import { confirmSignup, declineSignup } from "./confirm.service.js";
import {
  ClaimShiftInput,
  ConfirmSignupInput,
  DeclineSignupInput,
  OpenShiftInput,
  ReleaseShiftInput,
} from "./shift.inputs.js";
import { Shift, ShiftConnection } from "./shift.js";
import { openShift } from "./shift.service.js";
import { shiftShape, viewerSignups } from "./shift.shape.js";
import { ShiftSignup, ShiftSignupConnection } from "./signup.js";
import { SignupStatus } from "./shift.values.js";
import { ShiftSignupPayload, signupPayload } from "./signup.payload.js";

@ObjectType()
class OpenShiftPayload {
  @Field(() => Shift, { description: "The new shift." })
  shift!: Ref;
}

@ObjectType({ description: "A shift of the event is new or different.", implements: Message })
class ShiftChangedMessage extends Message {
  @Field(() => Shift, { nullable: true, description: "The shift as it is now; null in a RESYNC." })
  shift!: Ref | null;
}

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
      "Gives you a place on a shift, takes one that is offered to you, or joins its line; again is harmless. Refused with CONFLICT and, as `reason`, the first of what `Shift.eligibility` says. The claim of somebody whom nobody knows in the campaign is REQUESTED until a coordinator confirms it.",
  })
  async claimShift(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: ClaimShiftInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await claimShift(ctx, input));
  }

  @Mutation(() => ShiftSignupPayload, {
    description:
      "Gives your place back, declines an offer or leaves the line; again is harmless. Refused once you are checked in.",
  })
  async releaseShift(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: ReleaseShiftInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await releaseShift(ctx, input));
  }

  @Mutation(() => ShiftSignupPayload, {
    description:
      "Confirms a sign-up that is REQUESTED, or was until it lapsed and can still be granted, or a newcomer in line, who is then offered a place in turn; later claims of this person in the campaign need no confirmation.",
  })
  async confirmSignup(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: ConfirmSignupInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await confirmSignup(ctx, input));
  }

  @Mutation(() => ShiftSignupPayload, {
    description: "Declines a sign-up that is REQUESTED; its place goes to the next in line.",
  })
  async declineSignup(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: DeclineSignupInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await declineSignup(ctx, input));
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

@Resolver(() => Shift)
export class ShiftSignupsResolver {
  @FieldResolver(() => ShiftSignup, {
    nullable: true,
    description: "Your own sign-up; null when you have none or are not signed in.",
  })
  viewerSignup(): never {
    return byShape();
  }

  @FieldResolver(() => ShiftSignupConnection, {
    description: "Its sign-ups, in the order of their claims, for those who coordinate the event; empty for others.",
  })
  signups(
    @Args() _args: PageArgs,
    @Arg("status", () => SignupStatus, { nullable: true, description: "Only those that stand so." })
    _status?: SignupStatus,
  ): never {
    return byShape();
  }
}
