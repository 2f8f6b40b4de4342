import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  ObjectType,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import type { Context } from "../../platform/context.js";
import { connectionOf, PageArgs } from "../../platform/graphql/connection.js";
import { Costs } from "../../platform/graphql/costs.js";
import { afterDescription, followingOne, Message } from "../../platform/graphql/live.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { tell } from "../../platform/reading/message.js";
import { type Answer, byShape } from "../../platform/reading/read.js";
import { Campaign } from "../campaigns/index.js";
import { City } from "../cities/index.js";
import { Event } from "../events/index.js";
import { turnoutsOf } from "./turnout.changes.js";
import type { TurnoutTold } from "./turnout.followed.js";
import { Turnout } from "./turnout.js";
import { turnoutMessages } from "./turnout.shape.js";
import { historyCost } from "./turnout.steps.js";

const asOf =
  "As it was shown at this moment, to those who may read it now; not in the future. Now unless told. See “Past moments” in the guide.";

@ArgsType()
class AsOfArgs {
  @Field(() => DateTime, { nullable: true, description: asOf })
  asOf?: Date;
}

@ArgsType()
class CityTurnoutArgs extends AsOfArgs {
  @Field(() => ID, { nullable: true, description: "Of this campaign only; of all unless told." })
  campaign?: string;
}

@ArgsType()
class ByCityArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: "Only cities of this region, such as MN; all unless told." })
  region?: string;
  @Field(() => DateTime, { nullable: true, description: asOf })
  asOf?: Date;
}

/** What was shown once is added up from all that moved it until then. */
const OfHistory = Costs(({ asOf: past }) => (past ? { more: historyCost } : {}));

@ObjectType({ description: "A city with events of a campaign, and how many people came." })
class CityTurnout {
  @Field(() => City, { description: "The city." })
  city!: City;
  @Field(() => Turnout, { description: "How many people came to the campaign's public events there." })
  turnout!: Turnout;
}
const CityTurnoutConnection = connectionOf("CityTurnout", () => CityTurnout, { counted: true });

@ObjectType({ description: "A region with events of a campaign, and how many people came." })
class RegionTurnout {
  @Field({ description: "The country, by its two letters in ISO 3166-1." })
  country!: string;
  @Field({ description: "The region, such as MN." })
  region!: string;
  @Field(() => Turnout, { description: "How many people came to the campaign's public events there." })
  turnout!: Turnout;
}

@ObjectType({ description: "The turnout of what is followed has moved.", implements: Message })
class TurnoutChangedMessage extends Message {
  @Field(() => Turnout, {
    nullable: true,
    description:
      "The turnout of what is followed, of one moment with everything else in the message; null when it is gone.",
  })
  turnout!: Turnout | null;
  @Field(() => Event, {
    nullable: true,
    description: "The event that moved it last, as it is now; null in a RESYNC, and when it is gone.",
  })
  event!: Event | null;
  @Field(() => [Event], {
    description: "All that moved it since the message before, as they are now: at most 100; empty in a RESYNC.",
  })
  events!: Event[];
}

@Resolver()
export class TurnoutResolver {
  @Subscription(() => TurnoutChangedMessage, {
    description:
      "Tells the turnout of a campaign, a city or an event (give one of them) whenever it has moved: at most four messages a second, each of a state that was, and the last one always.",
    subscribe: followingOne({ campaignId: "Campaign", cityId: "City", eventId: "Event" }, ({ type, id, after }) =>
      turnoutsOf({ type, id }, after),
    ),
  })
  turnoutChanged(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Root() told: TurnoutTold,
    @Arg("campaignId", () => ID, { nullable: true, description: "The campaign whose turnout to follow." })
    _campaign?: string,
    @Arg("cityId", () => ID, { nullable: true, description: "The city whose turnout to follow, of all campaigns." })
    _city?: string,
    @Arg("eventId", () => ID, { nullable: true, description: "The event whose turnout to follow." }) _event?: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): Promise<Answer> {
    return tell(ctx, info, turnoutMessages[told.type], told);
  }
}

@Resolver(() => Event)
export class EventTurnoutResolver {
  @FieldResolver(() => Turnout, { description: "How many people came." })
  turnout(@Args() _args: AsOfArgs): never {
    return byShape();
  }
}

@Resolver(() => Campaign)
export class CampaignTurnoutResolver {
  @OfHistory
  @FieldResolver(() => Turnout, { description: "How many people came to its public events." })
  turnout(@Args() _args: AsOfArgs): never {
    return byShape();
  }

  @OfHistory
  @FieldResolver(() => CityTurnoutConnection, { description: "The same by city, the largest first." })
  turnoutByCity(@Args() _args: ByCityArgs): never {
    return byShape();
  }

  @OfHistory
  @FieldResolver(() => [RegionTurnout], {
    description: "The same by region, in the order of their names, at most 100.",
  })
  turnoutByRegion(@Args() _args: AsOfArgs): never {
    return byShape();
  }
}

@Resolver(() => City)
export class CityTurnoutResolver {
  @OfHistory
  @FieldResolver(() => Turnout, { description: "How many people came to public events in this city." })
  turnout(@Args() _args: CityTurnoutArgs): never {
    return byShape();
  }
}
