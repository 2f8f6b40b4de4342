import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  Ctx,
  Field,
  ID,
  Info,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import type { Context } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { afterDescription, Message } from "../../platform/graphql/live.js";
import { ReadThrough } from "../../platform/graphql/node.js";
import { type Answer, read, Ref } from "../../platform/reading/read.js";
import { eventsOfCampaign } from "./event.changes.js";
import { checkFilter, EventsArgs } from "./event.filter.js";
import { ApproveEventInput, DraftEventInput, EventRoleInput, SubmitEventInput } from "./event.inputs.js";
import { Event, EventConnection } from "./event.js";
import {
  approveEvent,
  assignEventRole,
  draftEvent,
  type EventAnswer,
  removeEventRole,
  submitEvent,
} from "./event.service.js";
import { eventList, eventShape } from "./event.shape.js";

@ObjectType({ description: "An event after a mutation." })
class EventPayload {
  @Field(() => Event, { description: "The event as it is now." })
  event!: Ref;
}

@ObjectType({ description: "An event of the campaign is new or different.", implements: Message })
class EventChangedMessage extends Message {
  @Field(() => Event, { nullable: true, description: "The event as it is now; null in a RESYNC." })
  event!: Ref | null;
}

const payload = ({ eventId }: EventAnswer): EventPayload => ({ event: new Ref(eventShape, eventId) });

@Resolver()
export class EventResolver {
  @ReadThrough()
  @Query(() => Event, {
    nullable: true,
    description: "The event with this id; null when there is none, or none that you may see.",
  })
  event(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("id", () => ID) id: string,
  ): Promise<Answer | null> {
    return new Ref(eventShape, fromGlobalId("Event", id, "id")).read(ctx, info);
  }

  @ReadThrough()
  @Query(() => EventConnection, { description: "The events that you may see, by the time they begin." })
  events(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() args: EventsArgs): Promise<Answer | null> {
    checkFilter(args.filter);
    return read(ctx, info, eventList);
  }

  @Mutation(() => EventPayload, { description: "Makes a draft of an event; submit it with submitEvent." })
  async draftEvent(@Ctx() ctx: Context, @Arg("input") input: DraftEventInput): Promise<EventPayload> {
    return payload(await draftEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Hands a draft to the campaign's staff for review; on an event in review it changes nothing.",
  })
  async submitEvent(@Ctx() ctx: Context, @Arg("input") input: SubmitEventInput): Promise<EventPayload> {
    return payload(await submitEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Publishes an event that is in review; on an approved event it changes nothing.",
  })
  async approveEvent(@Ctx() ctx: Context, @Arg("input") input: ApproveEventInput): Promise<EventPayload> {
    return payload(await approveEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Makes a person coordinator or reporter of an event; again is harmless.",
  })
  async assignEventRole(@Ctx() ctx: Context, @Arg("input") input: EventRoleInput): Promise<EventPayload> {
    return payload(await assignEventRole(ctx, input));
  }

  @Mutation(() => EventPayload, { description: "Takes the role away at once; again is harmless." })
  async removeEventRole(@Ctx() ctx: Context, @Arg("input") input: EventRoleInput): Promise<EventPayload> {
    return payload(await removeEventRole(ctx, input));
  }

  @Subscription(() => EventChangedMessage, {
    description: "Tells when an event of the campaign is new or different, as far as you may see it.",
    subscribe: ({ args }) =>
      eventsOfCampaign(fromGlobalId("Campaign", args["campaignId"], "campaignId"), args["after"]) as never,
  })
  eventChanged(
    @Root() message: EventChangedMessage,
    @Arg("campaignId", () => ID) _campaignId: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): EventChangedMessage {
    return message;
  }
}
