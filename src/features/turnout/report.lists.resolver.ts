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
import { PageArgs } from "../../platform/graphql/connection.js";
import { afterDescription, followingOne, Message } from "../../platform/graphql/live.js";
import { type Answer, byShape, read, type Ref } from "../../platform/reading/read.js";
import { Campaign } from "../campaigns/index.js";
import { Event } from "../events/index.js";
import { ViewerAccount } from "../people/index.js";
import { TurnoutReport, TurnoutReportConnection } from "./report.js";
import { viewerReports } from "./report.lists.js";
import { reportsReceived } from "./report.received.js";
import { TurnoutReportStatus } from "./turnout.values.js";

@ArgsType()
class ReportsArgs extends PageArgs {
  @Field(() => TurnoutReportStatus, { nullable: true, description: "Only those that stand so; all unless told." })
  status?: TurnoutReportStatus;
}

@ObjectType({ description: "A report was received, or stands otherwise.", implements: Message })
class ReportReceivedMessage extends Message {
  @Field(() => TurnoutReport, {
    nullable: true,
    description: "The report as it is now; null in a RESYNC, and when it is gone.",
  })
  report!: Ref | null;
}

@Resolver(() => Event)
export class EventReportsResolver {
  @FieldResolver(() => TurnoutReportConnection, {
    description:
      "What was reported of it, the latest received first, also what counts no more: for those concerned with the event; others find what they reported themselves.",
  })
  turnoutReports(@Args() _args: ReportsArgs): never {
    return byShape();
  }

  @FieldResolver(() => TurnoutReportConnection, {
    description:
      "The reports that wait for a reviewer, the longest first, but those of reporters in quarantine: see `acceptTurnoutReport` and `rejectTurnoutReport`. For those who coordinate the event, empty for everybody else.",
  })
  turnoutQueue(@Args() _args: PageArgs): never {
    return byShape();
  }

  @Subscription(() => ReportReceivedMessage, {
    description:
      "Tells of each report of a campaign, to its staff, or of an event, to those who coordinate it (give one of them): CREATED as it comes in, UPDATED when it was accepted, rejected, doubted, corrected or taken back. What reporters in quarantine send is not told: what of theirs waits leaves the queue (REMOVED), and is back in it (CREATED) when that is lifted.",
    subscribe: followingOne({ campaignId: "Campaign", eventId: "Event" }, ({ type, id, after, viewer }) =>
      reportsReceived(viewer, { type, id }, after),
    ),
  })
  reportReceived(
    @Root() message: ReportReceivedMessage,
    @Arg("campaignId", () => ID, { nullable: true, description: "A campaign whose staff you are." }) _campaign?: string,
    @Arg("eventId", () => ID, { nullable: true, description: "An event that you coordinate." }) _event?: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): ReportReceivedMessage {
    return message;
  }
}

@Resolver(() => Campaign)
export class CampaignReportsResolver {
  @FieldResolver(() => TurnoutReportConnection, {
    description:
      "The reports of its events that wait for a reviewer, the longest first, but those of reporters in quarantine. For its staff, empty for everybody else.",
  })
  turnoutQueue(@Args() _args: PageArgs): never {
    return byShape();
  }
}

@Resolver(() => ViewerAccount)
export class ViewerReportsResolver {
  @FieldResolver(() => TurnoutReportConnection, {
    description: "What you have reported, the latest received first, in all campaigns, and where each report stands.",
  })
  async turnoutReports(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Args() _args: PageArgs,
  ): Promise<Answer> {
    return (await read(ctx, info, viewerReports))!;
  }
}
