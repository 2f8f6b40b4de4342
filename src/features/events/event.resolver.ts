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
import { Costs } from "../../platform/graphql/costs.js";
import { afterDescription, followingAny, Message } from "../../platform/graphql/live.js";
import { ReadThrough } from "../../platform/graphql/node.js";
import { type Answer, read, Ref } from "../../platform/reading/read.js";
import { DraftEventInput, EditEventInput, EventRoleInput } from "./event.inputs.js";
import { Event, EventConnection } from "./event.js";
import type { EventAnswer } from "./event.lock.js";
import { draftEvent } from "./draft.service.js";
import { editEvent } from "./edit.service.js";
import { eventList, eventsByDistance, eventShape } from "./event.shape.js";
import { EventOrder } from "./event.values.js";
import { checkEvents } from "./filter.check.js";
import { costOfFilter } from "./filter.cost.js";
import { EventsArgs } from "./filter.inputs.js";
import { eventsOf } from "./event.told.js";
import { RemovedEvent } from "./review.js";
import { removedEvent } from "./review.shape.js";
import { assignEventRole, removeEventRole } from "./role.service.js";

@ObjectType({ description: "An event after a mutation." })
export class EventPayload {
  @Field(() => Event, { description: "The event as it is now." })
  event!: Ref;
}

@ObjectType({ description: "An event is new, different, or not to be found any more.", implements: Message })
class EventChangedMessage extends Message {
  @Field(() => ID, { nullable: true, description: "The event's id; null in a RESYNC." })
  eventId!: string | null;
  @Field(() => Event, {
    nullable: true,
    description: "The event as it is now: keep it; null: forget what has the `eventId`, or it is a RESYNC.",
  })
  event!: Ref | null;
  @Field(() => RemovedEvent, {
    nullable: true,
    description: "Of an event that was public and is DELETED or MERGED: when, why, and what it is part of now.",
  })
  tombstone!: Ref | null;
}

export const payload = ({ eventId }: EventAnswer): EventPayload => ({ event: new Ref(eventShape, eventId) });

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
    @Arg("id", () => ID, { description: "The event's id; that of a merged event leads to the other." }) id: string,
  ): Promise<Answer | null> {
    return new Ref(eventShape, fromGlobalId("Event", id, "id")).read(ctx, info);
  }

  @ReadThrough()
  @Costs(({ filter }) => ({ more: costOfFilter(filter as EventsArgs["filter"]) }))
  @Query(() => EventConnection, { description: "The events that you may see, by the time they begin unless told." })
  events(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() args: EventsArgs): Promise<Answer | null> {
    checkEvents(args);
    return read(ctx, info, args.orderBy === EventOrder.DISTANCE ? eventsByDistance : eventList);
  }

  @ReadThrough()
  @Query(() => RemovedEvent, {
    nullable: true,
    description: "The tombstone of an event that was public and was deleted or merged; null for any other id.",
  })
  removedEvent(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("id", () => ID, { description: "The id that the event had." }) _id: string,
  ): Promise<Answer | null> {
    return read(ctx, info, removedEvent);
  }

  @Mutation(() => EventPayload, {
    description:
      "Makes a draft of an event, and hands it in at once with `submit`; else submit it with submitEvent. Refused with CONFLICT and LIMIT_REACHED beyond 300 in 24 hours, copies among them, except for the campaign's staff.",
  })
  async draftEvent(@Ctx() ctx: Context, @Arg("input") input: DraftEventInput): Promise<EventPayload> {
    return payload(await draftEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description:
      "Changes what is given; what is left out stays, null clears it. On a stale version it is refused with STALE_VERSION and the fields that have changed. Other times of an approved event are told as rescheduled.",
  })
  async editEvent(@Ctx() ctx: Context, @Arg("input") input: EditEventInput): Promise<EventPayload> {
    return payload(await editEvent(ctx, input));
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
    description:
      "Tells when an event is new, different, or not to be found any more, as far as you find events in lists. See “Staying in step” in the guide.",
    subscribe: followingAny("Campaign", "campaignId", ({ id, after }) => eventsOf(id, after)),
  })
  eventChanged(
    @Root() message: EventChangedMessage,
    @Arg("campaignId", () => ID, { nullable: true, description: "Only of this campaign; of all unless told." })
    _campaignId?: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): EventChangedMessage {
    return message;
  }
}
