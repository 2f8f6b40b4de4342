import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Event, type EventAnswer, eventShape } from "../events/index.js";
import { CertifyTurnoutInput, CloseTurnoutInput, ReopenTurnoutInput } from "./closing.inputs.js";
import { TurnoutStep } from "./closing.js";
import { certifyTurnout, closeTurnout, reopenTurnout } from "./closing.service.js";
import "./closing.shape.js";

@ObjectType({ description: "An event after a decision about its turnout." })
class EventTurnoutPayload {
  @Field(() => Event, { description: "The event, with its turnout as it is now." })
  event!: Ref;
}

const payload = ({ eventId }: EventAnswer): EventTurnoutPayload => ({ event: new Ref(eventShape, eventId) });

@Resolver()
export class ClosingResolver {
  @Mutation(() => EventTurnoutPayload, {
    description:
      "Makes the number of an event FINAL, also one in CONFLICT; by those who may edit it. A number that is given is kept as a report of yours; without one the peak stands. Later reports are kept, and move nothing. Refused with CONFLICT and a reason: EVENT_NOT_APPROVED, EVENT_NOT_BEGUN, TURNOUT_MISSING (no number is given, and none is known), TURNOUT_CERTIFIED (unless you are staff; it is FINAL afterwards).",
  })
  async closeTurnout(@Ctx() ctx: Context, @Arg("input") input: CloseTurnoutInput): Promise<EventTurnoutPayload> {
    return payload(await closeTurnout(ctx, input));
  }

  @Mutation(() => EventTurnoutPayload, {
    description:
      "Says that the campaign's staff stand by the number of an event, by them; one that is not FINAL is closed with its peak. Again is harmless. Refused with CONFLICT and a reason: EVENT_NOT_APPROVED, EVENT_NOT_BEGUN, TURNOUT_MISSING.",
  })
  async certifyTurnout(@Ctx() ctx: Context, @Arg("input") input: CertifyTurnoutInput): Promise<EventTurnoutPayload> {
    return payload(await certifyTurnout(ctx, input));
  }

  @Mutation(() => EventTurnoutPayload, {
    description:
      "Lets reports move the number of an event again, those that came meanwhile too; by those who may edit it. The report that stated the number, if one did, is REJECTED with your reason. Where it is not closed, nothing happens. Refused with CONFLICT and TURNOUT_CERTIFIED unless you are staff.",
  })
  async reopenTurnout(@Ctx() ctx: Context, @Arg("input") input: ReopenTurnoutInput): Promise<EventTurnoutPayload> {
    return payload(await reopenTurnout(ctx, input));
  }
}

@Resolver(() => Event)
export class EventClosingResolver {
  @FieldResolver(() => [TurnoutStep], {
    description:
      "What was decided about the number, the latest first, at most 100; for those concerned, empty for others.",
  })
  turnoutSteps(): never {
    return byShape();
  }
}
