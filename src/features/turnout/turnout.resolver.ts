import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  Mutation,
  ObjectType,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import type { Context } from "../../platform/context.js";
import { afterDescription, following, Message } from "../../platform/graphql/live.js";
import { type Answer, byShape, read, Ref } from "../../platform/reading/read.js";
import { Campaign } from "../campaigns/index.js";
import { City } from "../cities/index.js";
import { Event, eventShape } from "../events/index.js";
import { turnoutsOfCampaign } from "./turnout.changes.js";
import { ReportTurnoutInput } from "./turnout.inputs.js";
import { Turnout, TurnoutReport } from "./turnout.js";
import { reportTurnout } from "./turnout.service.js";
import { reportShape, turnoutOfCampaign } from "./turnout.shape.js";

@ObjectType()
class ReportTurnoutPayload {
  @Field(() => TurnoutReport, { description: "The report as it was stored." })
  report!: Ref;
  @Field(() => Event, { description: "The event, with its turnout as it is now." })
  event!: Ref;
}

@ObjectType({ description: "The turnout of the campaign has moved.", implements: Message })
class TurnoutChangedMessage extends Message {
  campaignId!: string;
  @Field(() => Event, { nullable: true, description: "The event that has reported; null in a RESYNC." })
  event!: Ref | null;
}

@Resolver(() => TurnoutChangedMessage)
export class TurnoutResolver {
  @Mutation(() => ReportTurnoutPayload, {
    description:
      "Adds a count of the people at an event. Refused with CONFLICT and a reason: EVENT_NOT_APPROVED, EVENT_NOT_BEGUN.",
  })
  async reportTurnout(@Ctx() ctx: Context, @Arg("input") input: ReportTurnoutInput): Promise<ReportTurnoutPayload> {
    const { reportId, eventId } = await reportTurnout(ctx, input);
    return { report: new Ref(reportShape, reportId), event: new Ref(eventShape, eventId) };
  }

  @Subscription(() => TurnoutChangedMessage, {
    description: "Tells the turnout of the campaign whenever one of its events has reported.",
    subscribe: following("Campaign", "campaignId", ({ id, after }) => turnoutsOfCampaign(id, after)),
  })
  turnoutChanged(
    @Root() message: TurnoutChangedMessage,
    @Arg("campaignId", () => ID, { description: "The campaign whose turnout to watch." }) _campaignId: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): TurnoutChangedMessage {
    return message;
  }

  @FieldResolver(() => Turnout, { description: "The campaign's turnout as it is now." })
  async turnout(
    @Root() message: TurnoutChangedMessage,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Answer> {
    return (await read(ctx, info, turnoutOfCampaign, [message.campaignId]))!;
  }
}

@Resolver(() => Event)
export class EventTurnoutResolver {
  @FieldResolver(() => Turnout, { description: "How many people came." })
  turnout(): never {
    return byShape();
  }
}

@Resolver(() => Campaign)
export class CampaignTurnoutResolver {
  @FieldResolver(() => Turnout, { description: "How many people came to its public events." })
  turnout(): never {
    return byShape();
  }
}

@Resolver(() => City)
export class CityTurnoutResolver {
  @FieldResolver(() => Turnout, { description: "How many people came to a campaign's public events in this city." })
  turnout(@Arg("campaign", () => ID, { description: "Id of the campaign." }) _campaign: string): never {
    return byShape();
  }
}
