import type { GraphQLResolveInfo } from "graphql";
import { Args, ArgsType, Ctx, Field, FieldResolver, Info, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { type Answer, byShape, read } from "../../platform/reading/read.js";
import { Organization } from "../organizations/index.js";
import { ViewerAccount } from "../people/index.js";
import { viewerEvents } from "./event.edges.js";
import { EventHost } from "./event.host.js";
import { Event, EventConnection } from "./event.js";
import { EarlierTimes } from "./event.records.js";
import { HostRole } from "./event.values.js";

@Resolver(() => Event)
export class EventEdgesResolver {
  @FieldResolver(() => [EventHost], {
    description: "The organizations that host it, the lead first; none when a person hosts it alone.",
  })
  hosts(): never {
    return byShape();
  }

  @FieldResolver(() => [EarlierTimes], { description: "Times that it was announced for before, the latest first." })
  earlierTimes(): never {
    return byShape();
  }

  @FieldResolver(() => EventConnection, {
    description: "The events of its series that you may find, itself among them; empty when it is not of a series.",
  })
  series(@Args() _args: PageArgs): never {
    return byShape();
  }

  @FieldResolver(() => [Event], {
    description:
      "Events of the same day, near, and alike in title, host or who drafted it, as far as you may find them; only for those concerned with the event.",
  })
  likelyDuplicates(): never {
    return byShape();
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "What staff ask to change, or why it was rejected; only for those concerned with the event.",
  })
  reviewNote(): never {
    return byShape();
  }
}

@ArgsType()
class HostedArgs extends PageArgs {
  @Field(() => HostRole, { nullable: true, description: "Those that it leads, or co-hosts; left out: both." })
  role?: HostRole;
}

@Resolver(() => Organization)
export class OrganizationEventsResolver {
  @FieldResolver(() => EventConnection, {
    description: "The events that it hosts, as far as you may find them, by time.",
  })
  events(@Args() _args: HostedArgs): never {
    return byShape();
  }

  @FieldResolver(() => EventConnection, {
    description:
      "The events that it is asked to co-host and has not answered for, by time: see `acceptCoHosting` and `declineCoHosting`. For its admins, empty for everybody else.",
  })
  coHostInvitations(@Args() _args: PageArgs): never {
    return byShape();
  }
}

@Resolver(() => ViewerAccount)
export class ViewerEventsResolver {
  @FieldResolver(() => EventConnection, {
    description:
      "The events that you drafted, that an organization hosts whose admin you are, or whose coordinator or reporter you are, by time.",
  })
  async events(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: PageArgs): Promise<Answer> {
    return (await read(ctx, info, viewerEvents))!;
  }
}
