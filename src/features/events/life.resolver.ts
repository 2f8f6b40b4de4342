import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  ArgsType,
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
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId, toGlobalId } from "../../platform/database/ids.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { afterDescription, following, Message } from "../../platform/graphql/live.js";
import { type Answer, read, Ref } from "../../platform/reading/read.js";
import { Event } from "./event.js";
import { EventPayload, payload } from "./event.resolver.js";
import { eventShape } from "./event.shape.js";
import { acceptCoHosting, declineCoHosting, inviteCoHost, removeCoHost } from "./host.service.js";
import {
  ApproveEventInput,
  CancelEventInput,
  CoHostInput,
  CopyEventInput,
  DeleteEventInput,
  MarkEventTentativeInput,
  MergeEventInput,
  MoveEventOnlineInput,
  PostponeEventInput,
  RejectEventInput,
  RepeatEventInput,
  RequestEventChangesInput,
  RescheduleEventInput,
  ReviewInput,
  SubmitEventInput,
} from "./life.inputs.js";
import {
  cancelEvent,
  markEventTentative,
  moveEventOnline,
  postponeEvent,
  rescheduleEvent,
} from "./occurrence.service.js";
import { deleteEvent, mergeEvent } from "./record.service.js";
import { reviewQueueOf } from "./review.changes.js";
import { ReviewItem, ReviewItemConnection } from "./review.js";
import {
  approveEvent,
  rejectEvent,
  releaseReview,
  requestEventChanges,
  submitEvent,
  takeReview,
} from "./review.service.js";
import { reviewQueue } from "./review.shape.js";
import { copyEvent, repeatEvent } from "./series.service.js";

@ObjectType({ description: "Which event is gone." })
class RemovedEventPayload {
  @Field(() => ID, { description: "The id that it had; after a merge it leads to the other event." })
  removedId!: string;
}

@ObjectType({ description: "An event after an organization hosts it no longer." })
class EndedCoHostingPayload {
  @Field(() => Event, { nullable: true, description: "The event as it is now; null when you may no longer see it." })
  event!: Ref;
}

@ObjectType({ description: "The events that were made." })
class EventsPayload {
  @Field(() => [Event], { description: "The drafts, by their days." })
  events!: Ref[];
}

@ObjectType({
  description: "An event began to wait for staff, waits differently, or waits no longer.",
  implements: Message,
})
class ReviewQueueMessage extends Message {
  @Field(() => ID, { nullable: true, description: "The event's id; null in a RESYNC." })
  eventId!: string | null;
  @Field(() => ReviewItem, {
    nullable: true,
    description: "How it waits; null when it waits no longer, and in a RESYNC.",
  })
  item!: Ref | null;
}

@ArgsType()
class QueueArgs extends PageArgs {
  @Field(() => ID, { description: "A campaign whose staff you are." })
  campaignId!: string;
}

@Resolver()
export class EventLifeResolver {
  @Mutation(() => EventPayload, {
    description:
      "Hands a draft, or one that staff wanted changed, to the campaign's staff; a trusted organization's event is published at once. On an event in review it changes nothing. See `likelyDuplicates` in the answer. Refused with CONFLICT and a reason: EVENT_NOT_DRAFT (published already, or rejected: copyEvent makes a new draft), EVENT_ENDED, EVENT_CANCELLED, CAMPAIGN_NOT_OPEN.",
  })
  async submitEvent(@Ctx() ctx: Context, @Arg("input") input: SubmitEventInput): Promise<EventPayload> {
    return payload(await submitEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description:
      "Publishes an event that is in review. On an approved event: the changes since then have been looked at.",
  })
  async approveEvent(@Ctx() ctx: Context, @Arg("input") input: ApproveEventInput): Promise<EventPayload> {
    return payload(await approveEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Sends an event back to its hosts with what to change; one that was published is public no longer.",
  })
  async requestEventChanges(@Ctx() ctx: Context, @Arg("input") input: RequestEventChangesInput): Promise<EventPayload> {
    return payload(await requestEventChanges(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Ends the review without publishing; one that was published is public no longer.",
  })
  async rejectEvent(@Ctx() ctx: Context, @Arg("input") input: RejectEventInput): Promise<EventPayload> {
    return payload(await rejectEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Tells the other staff that you look at it; for 30 minutes they are refused with REVIEW_HELD.",
  })
  async takeReview(@Ctx() ctx: Context, @Arg("input") input: ReviewInput): Promise<EventPayload> {
    return payload(await takeReview(ctx, input));
  }

  @Mutation(() => EventPayload, { description: "Lets others of the staff look at it; again is harmless." })
  async releaseReview(@Ctx() ctx: Context, @Arg("input") input: ReviewInput): Promise<EventPayload> {
    return payload(await releaseReview(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description:
      "Sets other times, what is left out stays; those announced before are kept as `earlierTimes`, and everybody who follows it is told. A postponed event takes place again, also at the time that it had. Refused with CONFLICT and a reason: STALE_VERSION, EVENT_CANCELLED.",
  })
  async rescheduleEvent(@Ctx() ctx: Context, @Arg("input") input: RescheduleEventInput): Promise<EventPayload> {
    return payload(await rescheduleEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description:
      "Takes an approved event off its time until a new one is known; set that with rescheduleEvent. Refused with CONFLICT and a reason: EVENT_NOT_APPROVED, EVENT_CANCELLED.",
  })
  async postponeEvent(@Ctx() ctx: Context, @Arg("input") input: PostponeEventInput): Promise<EventPayload> {
    return payload(await postponeEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description:
      "Says that it is not certain yet, or that it takes place as announced. Refused with CONFLICT and a reason: EVENT_NOT_SCHEDULED (it is postponed or online; see rescheduleEvent and moveEventOnline), EVENT_CANCELLED.",
  })
  async markEventTentative(@Ctx() ctx: Context, @Arg("input") input: MarkEventTentativeInput): Promise<EventPayload> {
    return payload(await markEventTentative(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description:
      "Says that it takes place online instead, or at its place again with `onlineUrl: null`. Refused with CONFLICT and EVENT_CANCELLED.",
  })
  async moveEventOnline(@Ctx() ctx: Context, @Arg("input") input: MoveEventOnlineInput): Promise<EventPayload> {
    return payload(await moveEventOnline(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description:
      "Calls it off for good: it stays listed, and everybody who follows it is told. To undo, copy it as a new one.",
  })
  async cancelEvent(@Ctx() ctx: Context, @Arg("input") input: CancelEventInput): Promise<EventPayload> {
    return payload(await cancelEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Asks an organization to host with the others; its name shows once its admins have agreed.",
  })
  async inviteCoHost(@Ctx() ctx: Context, @Arg("input") input: CoHostInput): Promise<EventPayload> {
    return payload(await inviteCoHost(ctx, input));
  }

  @Mutation(() => EventPayload, { description: "Agrees to host, as an admin of the invited organization." })
  async acceptCoHosting(@Ctx() ctx: Context, @Arg("input") input: CoHostInput): Promise<EventPayload> {
    return payload(await acceptCoHosting(ctx, input));
  }

  @Mutation(() => EndedCoHostingPayload, {
    description: "Declines to host, as an admin of the invited organization; also after having agreed.",
  })
  async declineCoHosting(@Ctx() ctx: Context, @Arg("input") input: CoHostInput): Promise<EndedCoHostingPayload> {
    return payload(await declineCoHosting(ctx, input));
  }

  @Mutation(() => EndedCoHostingPayload, {
    description: "Ends co-hosting, by those who lead the event or by the organization itself; again is harmless.",
  })
  async removeCoHost(@Ctx() ctx: Context, @Arg("input") input: CoHostInput): Promise<EndedCoHostingPayload> {
    return payload(await removeCoHost(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Makes a new draft with everything but the day, and what has happened to the old one.",
  })
  async copyEvent(@Ctx() ctx: Context, @Arg("input") input: CopyEventInput): Promise<EventPayload> {
    return payload(await copyEvent(ctx, input));
  }

  @Mutation(() => EventsPayload, {
    description:
      "Makes a draft for each of the days, at the same clock times; they and the event are a series from then on.",
  })
  async repeatEvent(@Ctx() ctx: Context, @Arg("input") input: RepeatEventInput): Promise<EventsPayload> {
    const { eventIds } = await repeatEvent(ctx, input);
    return { events: eventIds.map((id) => new Ref(eventShape, id)) };
  }

  @Mutation(() => RemovedEventPayload, {
    description:
      "Deletes an event: of one that was public a tombstone stays, and whoever follows it is told. To call it off, use cancelEvent.",
  })
  async deleteEvent(@Ctx() ctx: Context, @Arg("input") input: DeleteEventInput): Promise<RemovedEventPayload> {
    return { removedId: toGlobalId("Event", (await deleteEvent(ctx, input)).eventId) };
  }

  @Mutation(() => EventPayload, {
    description:
      "Makes one event of two that are the same: what the duplicate has goes to the other, and its id leads there.",
  })
  async mergeEvent(@Ctx() ctx: Context, @Arg("input") input: MergeEventInput): Promise<EventPayload> {
    return payload(await mergeEvent(ctx, input));
  }

  @Query(() => ReviewItemConnection, {
    description: "What waits for the staff of a campaign, the longest first; only for them.",
  })
  async reviewQueue(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Args() { campaignId }: QueueArgs,
  ): Promise<Answer | null> {
    const id = fromGlobalId("Campaign", campaignId, "campaignId");
    allow(signedIn(ctx).staffOf.includes(id), "read this queue: only staff of the campaign may");
    return read(ctx, info, reviewQueue);
  }

  @Subscription(() => ReviewQueueMessage, {
    description:
      "Tells when an event of the campaign begins to wait for staff, waits differently, or waits no longer; only for them.",
    subscribe: following("Campaign", "campaignId", ({ id, after, viewer }) => reviewQueueOf(viewer, id, after)),
  })
  reviewQueueChanged(
    @Root() message: ReviewQueueMessage,
    @Arg("campaignId", () => ID, { description: "A campaign whose staff you are." }) _campaignId: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): ReviewQueueMessage {
    return message;
  }
}
