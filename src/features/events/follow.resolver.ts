import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { byShape } from "../../platform/reading/read.js";
import { Event } from "./event.js";
import { EventPayload, payload } from "./event.resolver.js";
import { followEvent, unfollowEvent } from "./follow.service.js";

@InputType()
class FollowEventInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you may see." })
  eventId!: string;
}

@InputType()
class UnfollowEventInput extends FollowEventInput {}

@Resolver(() => Event)
export class EventFollowResolver {
  @Mutation(() => EventPayload, {
    description: "From now on you get a mail when the event changes; nobody sees that you follow. Again is harmless.",
  })
  async followEvent(@Ctx() ctx: Context, @Arg("input") input: FollowEventInput): Promise<EventPayload> {
    return payload(await followEvent(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Ends followEvent; who has an RSVP, a shift or a role there is still told. Again is harmless.",
  })
  async unfollowEvent(@Ctx() ctx: Context, @Arg("input") input: UnfollowEventInput): Promise<EventPayload> {
    return payload(await unfollowEvent(ctx, input));
  }

  @FieldResolver(() => Boolean, { description: "Whether you follow it by followEvent; nobody else sees that." })
  viewerFollows(): never {
    return byShape();
  }
}
