import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { Ref } from "../../platform/reading/read.js";
import { Event, eventShape } from "../events/index.js";
import { TurnoutReport } from "./report.js";
import type { ReportAnswer } from "./report.add.js";
import { reportTurnout } from "./report.service.js";
import { ReportTurnoutInput } from "./turnout.inputs.js";
import { reportShape } from "./turnout.shape.js";

@ObjectType({ description: "A report after a mutation." })
export class TurnoutReportPayload {
  @Field(() => TurnoutReport, { description: "The report as it is stored." })
  report!: Ref;
  @Field(() => Event, {
    nullable: true,
    description: "The event, with its turnout as it is now; null when you may no longer see it.",
  })
  event!: Ref;
}

export const reportPayload = ({ reportId, eventId, row }: ReportAnswer): TurnoutReportPayload => ({
  report: new Ref(reportShape, reportId, row && { ...row }),
  event: new Ref(eventShape, eventId),
});

@Resolver()
export class ReportResolver {
  @Mutation(() => TurnoutReportPayload, {
    description:
      "Adds a count of the people at an event. What is odd about it is in `flags`: then it waits for a reviewer and counts nowhere. Refused with CONFLICT and a reason: EVENT_NOT_APPROVED, EVENT_NOT_BEGUN. One person reports of one event at most 300 times a minute (RATE_LIMITED).",
  })
  async reportTurnout(@Ctx() ctx: Context, @Arg("input") input: ReportTurnoutInput): Promise<TurnoutReportPayload> {
    return reportPayload(await reportTurnout(ctx, input));
  }
}
