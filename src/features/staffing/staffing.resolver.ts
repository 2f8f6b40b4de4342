import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, FieldResolver, ID, Info, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { afterDescription, following, Message } from "../../platform/graphql/live.js";
import { tell, type Told } from "../../platform/reading/message.js";
import { type Answer, byShape } from "../../platform/reading/read.js";
import { Campaign } from "../campaigns/index.js";
import { Event } from "../events/index.js";
import { staffingOf } from "./staffing.changes.js";
import { coverageMessage } from "./staffing.shape.js";
import { CityStaffingConnection, EventStaffingConnection, StaffingCoverage } from "./staffing.js";

@ObjectType({ description: "The board of the campaign has moved.", implements: Message })
class CoverageChangedMessage extends Message {
  @Field(() => ID, { nullable: true, description: "The event at which something is different; null in a RESYNC." })
  eventId!: string | null;
  @Field(() => Event, {
    nullable: true,
    description: "That event as it is now, with its `staffing`; null in a RESYNC, and when it is gone.",
  })
  event!: Event | null;
  @Field(() => StaffingCoverage, { nullable: true, description: "The campaign's sums as they are now." })
  staffing!: StaffingCoverage | null;
}

@Resolver()
export class StaffingResolver {
  @Subscription(() => CoverageChangedMessage, {
    description:
      "Tells whenever the board of the campaign has moved, to its staff; unread messages of one thing merge.",
    subscribe: following("Campaign", "campaignId", ({ id, after, viewer }) => staffingOf(viewer, id, after)),
  })
  coverageChanged(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Root() told: Told,
    @Arg("campaignId", () => ID, { description: "The campaign whose board to watch." }) _campaignId: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): Promise<Answer> {
    return tell(ctx, info, coverageMessage, told);
  }
}

@Resolver(() => Event)
export class EventStaffingResolver {
  @FieldResolver(() => StaffingCoverage, {
    nullable: true,
    description:
      "How far its peacekeepers are found, whatever its state, for those who coordinate it; null for others.",
  })
  staffing(): never {
    return byShape();
  }
}

@Resolver(() => Campaign)
export class CampaignStaffingResolver {
  @FieldResolver(() => StaffingCoverage, {
    nullable: true,
    description: "How far peacekeepers are found for its events, for its staff; null for others.",
  })
  staffing(): never {
    return byShape();
  }

  @FieldResolver(() => EventStaffingConnection, {
    description: "Its events that count in `staffing`, the largest gap first, for its staff; empty for others.",
  })
  staffingByEvent(@Args() _args: PageArgs): never {
    return byShape();
  }

  @FieldResolver(() => CityStaffingConnection, {
    description: "The cities of those events, the largest gap first, for its staff; empty for others.",
  })
  staffingByCity(@Args() _args: PageArgs): never {
    return byShape();
  }
}
