import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Info,
} from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import type { Page } from "../../platform/reading/page.js";
import { type Answer, byShape } from "../../platform/reading/read.js";
import { Event } from "../events/index.js";
import { ShiftConnection, ShiftSignup, ShiftSignupPayload, signupPayload } from "../shifts/index.js";
import { CheckInCode, checkInCode, codeOf, replaceCheckInCode } from "./check-in.code.js";
import {
  CheckInInput,
  CheckInWithCodeInput,
  CheckOutInput,
  ExcuseSignupInput,
  MarkNoShowInput,
  ReplaceCheckInCodeInput,
  UndoStepInput,
} from "./check-in.inputs.js";
import { checkIn, checkInWithCode, checkOut } from "./check-in.service.js";
import { excuseSignup, markNoShow, undoStep } from "./correct.service.js";
import { duty, DutyArgs } from "./duty.list.js";
import { EventDuty, type PeacekeeperOnDuty, PeacekeeperOnDutyConnection } from "./duty.js";

@ObjectType()
class ReplaceCheckInCodePayload {
  @Field(() => CheckInCode, { description: "The code that is right from now on." })
  checkInCode!: CheckInCode;
}

@Resolver()
export class DutyResolver {
  @Mutation(() => ShiftSignupPayload, {
    description:
      "Notes that somebody is there, by those who coordinate the event; again is harmless. Also somebody who was noted as no-show or excused, if there is room. Refused with CONFLICT and a reason: NOT_OPEN_YET, SHIFT_ENDED, SHIFT_CANCELLED, EVENT_NOT_SCHEDULED, SIGNUP_STATUS, SHIFT_FULL, OVERLAPS.",
  })
  async checkIn(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: CheckInInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await checkIn(ctx, input));
  }

  @Mutation(() => ShiftSignupPayload, {
    description:
      "Notes that you are there, by the code that stands at the check-in point; again is harmless. You have 5 tries a minute. Refused as `checkIn` is, with NOT_SIGNED_UP, and with CODE_WRONG_OR_EXPIRED.",
  })
  async checkInWithCode(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: CheckInWithCodeInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await checkInWithCode(ctx, input));
  }

  @Mutation(() => ShiftSignupPayload, {
    description:
      "Notes that you go, or by those who coordinate the event that somebody goes: before the end LEFT_EARLY, later COMPLETED; again is harmless. Whoever is still there is COMPLETED half an hour after the end, and can still say that they left before.",
  })
  async checkOut(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: CheckOutInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await checkOut(ctx, input));
  }

  @Mutation(() => ShiftSignupPayload, {
    description:
      "Notes that somebody did not come, once the shift has begun; their place is free. Again is harmless. A day after the end it happens by itself to those who were not checked in, at events where somebody was.",
  })
  async markNoShow(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: MarkNoShowInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await markNoShow(ctx, input));
  }

  @Mutation(() => ShiftSignupPayload, {
    description:
      "Notes that somebody cannot come, or could not, and said so; their place is free, before the beginning for the next in line. Again is harmless.",
  })
  async excuseSignup(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: ExcuseSignupInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await excuseSignup(ctx, input));
  }

  @Mutation(() => ShiftSignupPayload, {
    description:
      "Undoes a check-in, a completion, an early leaving, a no-show or an excuse, until 24 hours after the end: the sign-up is what it was before. Again is harmless. Refused with CONFLICT where it stands otherwise by now (SIGNUP_STATUS), where the place went to somebody else (SHIFT_FULL), and where they hold another at this time (OVERLAPS).",
  })
  async undoStep(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: UndoStepInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await undoStep(ctx, input));
  }

  @Mutation(() => ReplaceCheckInCodePayload, {
    description:
      "Makes the code with which peacekeepers check in at an event, or another in place of it: the old one is refused from then on, also from phones that were offline.",
  })
  async replaceCheckInCode(
    @Ctx() ctx: Context,
    @Arg("input") input: ReplaceCheckInCodeInput,
  ): Promise<ReplaceCheckInCodePayload> {
    const { eventId } = await replaceCheckInCode(ctx, input);
    return { checkInCode: (await codeOf(ctx, eventId))! };
  }

  @Query(() => CheckInCode, {
    nullable: true,
    description:
      "The code with which peacekeepers check in at an event, for those who coordinate it; null until `replaceCheckInCode` has made one. That you have looked is in the audit trail.",
  })
  checkInCode(
    @Ctx() ctx: Context,
    @Arg("eventId", () => ID, { description: "An event that you coordinate." }) eventId: string,
  ): Promise<CheckInCode | null> {
    return checkInCode(ctx, eventId);
  }

  @Query(() => PeacekeeperOnDutyConnection, {
    description:
      "Who is on duty at an event, due, late or missing right now, by the time their shifts begin; for those who coordinate it. That you have looked is in the audit trail.",
  })
  duty(@Ctx() ctx: Context, @Args() args: DutyArgs): Promise<Page<PeacekeeperOnDuty>> {
    return duty(ctx, args);
  }
}

@Resolver(() => ShiftSignup)
export class SignupTimesResolver {
  @FieldResolver(() => DateTime, {
    nullable: true,
    description: "When they came, by their phone's clock where that was sent; null when they did not, or not yet.",
  })
  arrivedAt(): never {
    return byShape();
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: "When the server heard that they came: later than `arrivedAt` where a phone was offline.",
  })
  arrivalHeardAt(): never {
    return byShape();
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "How many whole minutes after the beginning they came; 0: in time. Null when they did not.",
  })
  minutesLate(): never {
    return byShape();
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: "When they said that they left; null when nobody did.",
  })
  leftAt(): never {
    return byShape();
  }
}

@Resolver(() => Event)
export class EventDutyResolver {
  @FieldResolver(() => EventDuty, {
    nullable: true,
    description: "Who is here right now, counted; only for those who coordinate the event, else null.",
  })
  duty(): never {
    return byShape();
  }

  @FieldResolver(() => ShiftConnection, {
    description: "Its shifts that are not over and have fewer people confirmed than they need, by the time they begin.",
  })
  shiftsUnderMinimum(@Args() _args: PageArgs): never {
    return byShape();
  }
}
