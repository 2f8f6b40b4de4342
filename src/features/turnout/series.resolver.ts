import { Args, ArgsType, Field, FieldResolver, ID, Int, ObjectType, Resolver } from "type-graphql";
import { Costs } from "../../platform/graphql/costs.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { byShape } from "../../platform/reading/read.js";
import { Campaign } from "../campaigns/index.js";
import { City } from "../cities/index.js";
import { Event } from "../events/index.js";
import "./series.shape.js";
import { countOf, historyCost, mostPoints, type Stretch } from "./turnout.steps.js";
import { Turnout } from "./turnout.js";

@ArgsType()
class SeriesArgs implements Stretch {
  @Field(() => DateTime, { description: "The first point is the first whole step from here on." })
  from!: Date;
  @Field(() => DateTime, {
    description: "The last point is the last whole step until here; not before `from`. Those to come are left out.",
  })
  to!: Date;
  @Field(() => Int, {
    description: "How far the points are apart: 1, 5, 15 or 60 minutes; at most 1,500 points may come of it.",
  })
  stepMinutes!: number;
}

@ArgsType()
class CampaignSeriesArgs extends SeriesArgs {
  @Field(() => ID, { nullable: true, description: "Only in this city; in all unless told." })
  city?: string;
  @Field(() => String, { nullable: true, description: "Only in this region, such as MN; in all unless told." })
  region?: string;
}

@ArgsType()
class CitySeriesArgs extends SeriesArgs {
  @Field(() => ID, { nullable: true, description: "Of this campaign only; of all unless told." })
  campaign?: string;
}

@ObjectType({ description: "A turnout at a moment, for a chart." })
class TurnoutPoint {
  @Field(() => DateTime, { description: "The moment: a whole multiple of the step, in UTC." })
  at!: Date;
  @Field(() => Turnout, { description: "What `turnout(asOf:)` says of this moment." })
  turnout!: Turnout;
}

const items = (args: unknown): number => Math.min(countOf(args as Stretch) || 0, mostPoints);
const ofSums = Costs((args) => ({ items: items(args), more: historyCost }));
const description =
  "The turnout as it was shown at each whole step of a stretch of time, in their order; in UTC, so that an hour of local time begins at a point wherever its offset is one of whole steps.";

@Resolver(() => Event)
export class EventSeriesResolver {
  @Costs((args) => ({ items: items(args) }))
  @FieldResolver(() => [TurnoutPoint], { description })
  turnoutSeries(@Args() _args: SeriesArgs): never {
    return byShape();
  }
}

@Resolver(() => Campaign)
export class CampaignSeriesResolver {
  @ofSums
  @FieldResolver(() => [TurnoutPoint], { description })
  turnoutSeries(@Args() _args: CampaignSeriesArgs): never {
    return byShape();
  }
}

@Resolver(() => City)
export class CitySeriesResolver {
  @ofSums
  @FieldResolver(() => [TurnoutPoint], { description })
  turnoutSeries(@Args() _args: CitySeriesArgs): never {
    return byShape();
  }
}
