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
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { afterDescription, following, Message } from "../../platform/graphql/live.js";
import { rateLimit } from "../../platform/limits/rate.js";
import type { Page } from "../../platform/reading/page.js";
import { type Answer, byShape, read, Ref } from "../../platform/reading/read.js";
import { Event, eventShape } from "../events/index.js";
import { ViewerAccount } from "../people/index.js";
import { cancelRsvp, confirmRsvp } from "./answer.service.js";
import { rsvpsOfEvent } from "./rsvp.changes.js";
import { CancelRsvpInput, ConfirmRsvpInput, EventRsvpsArgs, RsvpInput, SetRsvpLimitInput } from "./rsvp.inputs.js";
import { type EventRsvp, EventRsvpConnection, Rsvp, RsvpConnection, RsvpCounter } from "./rsvp.js";
import { eventRsvps } from "./rsvp.list.js";
import { rsvp, type RsvpAnswer, setRsvpLimit } from "./rsvp.service.js";
import { rsvpShape, viewerRsvps } from "./rsvp.shape.js";
import { RsvpStatus } from "./rsvp.values.js";

@ObjectType({ description: "An RSVP after a mutation." })
class RsvpPayload {
  @Field(() => Event, { nullable: true, description: "The event as it is now; null when you may no longer see it." })
  event!: Ref;
  @Field(() => Rsvp, {
    nullable: true,
    description:
      "Your RSVP as it is now; null when it is not your account's. After `rsvp` without an account always null: the mail tells the rest.",
  })
  rsvp!: Ref | null;
  @Field(() => RsvpStatus, {
    nullable: true,
    description: "Where the RSVP stands now, also for one whose token you sent; null after `rsvp` without an account.",
  })
  status!: RsvpStatus | null;
}

@ObjectType({ description: "The limit after a mutation." })
class SetRsvpLimitPayload {
  @Field(() => Event, { description: "The event as it is now, with its `rsvps`." })
  event!: Ref;
}

@ObjectType({ description: "Other numbers of people come to an event, or wait.", implements: Message })
class RsvpsChangedMessage extends Message {
  @Field(() => Event, { nullable: true, description: "The event as it is now, with its `rsvps`; null in a RESYNC." })
  event!: Ref | null;
}

async function payload(ctx: Context, { eventId, rsvpId }: RsvpAnswer): Promise<RsvpPayload> {
  const row = rsvpId && (await ctx.db.findOneBy(Rsvp, { id: rsvpId }));
  return {
    event: new Ref(eventShape, eventId),
    rsvp: rsvpId ? new Ref(rsvpShape, rsvpId) : null,
    status: row ? row.status : null,
  };
}

// For one caller who is not signed in, a minute: many people may share an address.
const askLimit = rateLimit(120);

@Resolver()
export class RsvpResolver {
  @Mutation(() => RsvpPayload, {
    description:
      "Says that you come; again changes your guests and name. Signed in you hold places at once, or are on the waitlist. Otherwise one mail with a link goes to `email`, that confirms within 48 hours, or cancels, and the answer is the same whether that address has an RSVP or not; sending it again is harmless without `idempotencyKey`, which is not looked at then. Refused with CONFLICT and a reason: EVENT_NOT_APPROVED, EVENT_CANCELLED, EVENT_ENDED, RSVPS_FULL (more guests than there is room for).",
  })
  async rsvp(@Ctx() ctx: Context, @Arg("input") input: RsvpInput): Promise<RsvpPayload> {
    if (!ctx.viewer) await askLimit(ctx, ctx.address);
    return payload(ctx, await rsvp(ctx, input));
  }

  @Mutation(() => RsvpPayload, {
    description:
      "Confirms an RSVP by the token of its mail: it holds places from now on, or is on the waitlist; again is harmless. Refused with CONFLICT and a reason: RSVP_CANCELLED, EVENT_NOT_APPROVED, EVENT_CANCELLED, EVENT_ENDED.",
  })
  async confirmRsvp(@Ctx() ctx: Context, @Arg("input") input: ConfirmRsvpInput): Promise<RsvpPayload> {
    return payload(ctx, await confirmRsvp(ctx, input));
  }

  @Mutation(() => RsvpPayload, {
    description: "Gives the places of an RSVP back, and forgets its name; again is harmless.",
  })
  async cancelRsvp(@Ctx() ctx: Context, @Arg("input") input: CancelRsvpInput): Promise<RsvpPayload> {
    return payload(ctx, await cancelRsvp(ctx, input));
  }

  @Mutation(() => SetRsvpLimitPayload, {
    description:
      "Says for how many people there is room. Whoever comes when it is full waits, and comes in when places are free again.",
  })
  async setRsvpLimit(@Ctx() ctx: Context, @Arg("input") input: SetRsvpLimitInput): Promise<SetRsvpLimitPayload> {
    return { event: new Ref(eventShape, (await setRsvpLimit(ctx, input)).eventId) };
  }

  @Query(() => EventRsvpConnection, {
    description:
      "Who comes to an event and who waits, in the order of arrival; only for those who manage it. That you have looked is in the audit trail.",
  })
  eventRsvps(@Ctx() ctx: Context, @Args() args: EventRsvpsArgs): Promise<Page<EventRsvp>> {
    return eventRsvps(ctx, args);
  }

  @Subscription(() => RsvpsChangedMessage, {
    description: "Tells when other numbers of people come to an event, or wait; only to those who manage it.",
    subscribe: following("Event", "eventId", ({ id, after, viewer }) => rsvpsOfEvent(viewer, id, after)),
  })
  rsvpsChanged(
    @Root() message: RsvpsChangedMessage,
    @Arg("eventId", () => ID, { description: "An event that you manage." }) _eventId: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): RsvpsChangedMessage {
    return message;
  }
}

@Resolver(() => Event)
export class EventRsvpsResolver {
  @FieldResolver(() => RsvpCounter, {
    nullable: true,
    description: "How many people have said that they come; only for those who manage the event, else null.",
  })
  rsvps(): never {
    return byShape();
  }

  @FieldResolver(() => Rsvp, {
    nullable: true,
    description: "Your own RSVP; null when you have none or are not signed in.",
  })
  viewerRsvp(): never {
    return byShape();
  }
}

@Resolver(() => ViewerAccount)
export class ViewerRsvpsResolver {
  @FieldResolver(() => RsvpConnection, {
    description: "Your RSVPs, the latest first, also those that you made by e-mail without an account.",
  })
  async rsvps(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: PageArgs): Promise<Answer> {
    return (await read(ctx, info, viewerRsvps))!;
  }
}
