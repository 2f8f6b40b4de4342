import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { correctTurnoutReport, retractTurnoutReport } from "./correct.service.js";
import { CorrectTurnoutReportInput, RetractTurnoutReportInput, ReviewTurnoutReportInput } from "./life.inputs.js";
import { reportPayload, TurnoutReportPayload } from "./report.resolver.js";
import { acceptTurnoutReport, doubtTurnoutReport, rejectTurnoutReport } from "./review.service.js";

/** What becomes of a report once it is stored. */
@Resolver()
export class ReportLifeResolver {
  @Mutation(() => TurnoutReportPayload, {
    description:
      "Puts another report in the place of your own, which is SUPERSEDED and leaves all totals at once, also while the new one waits for a reviewer. Answers with the new one. Refused with CONFLICT and a reason: REPORT_SUPERSEDED, REPORT_RETRACTED, REPORT_REJECTED, EVENT_NOT_APPROVED, EVENT_NOT_BEGUN, TURNOUT_CERTIFIED.",
  })
  async correctTurnoutReport(
    @Ctx() ctx: Context,
    @Arg("input") input: CorrectTurnoutReportInput,
  ): Promise<TurnoutReportPayload> {
    return reportPayload(await correctTurnoutReport(ctx, input));
  }

  @Mutation(() => TurnoutReportPayload, {
    description:
      "Takes your own report back, for good: it leaves all totals, and what it corrected stays out of them. Refused with CONFLICT and a reason: REPORT_SUPERSEDED, REPORT_RETRACTED, REPORT_REJECTED, TURNOUT_CERTIFIED.",
  })
  async retractTurnoutReport(
    @Ctx() ctx: Context,
    @Arg("input") input: RetractTurnoutReportInput,
  ): Promise<TurnoutReportPayload> {
    return reportPayload(await retractTurnoutReport(ctx, input));
  }

  @Mutation(() => TurnoutReportPayload, {
    description:
      "Lets a FLAGGED report count; a report that was accepted by hand weighs as a trusted one does. Refused with CONFLICT and a reason: REPORT_NOT_FLAGGED, TURNOUT_CERTIFIED; your own with FORBIDDEN and OWN_REPORT.",
  })
  async acceptTurnoutReport(
    @Ctx() ctx: Context,
    @Arg("input") input: ReviewTurnoutReportInput,
  ): Promise<TurnoutReportPayload> {
    return reportPayload(await acceptTurnoutReport(ctx, input));
  }

  @Mutation(() => TurnoutReportPayload, {
    description:
      "Keeps a FLAGGED report out of all totals; it stays readable, with the reason. Refused with CONFLICT and a reason: REPORT_NOT_FLAGGED, TURNOUT_CERTIFIED; your own with FORBIDDEN and OWN_REPORT.",
  })
  async rejectTurnoutReport(
    @Ctx() ctx: Context,
    @Arg("input") input: ReviewTurnoutReportInput,
  ): Promise<TurnoutReportPayload> {
    return reportPayload(await rejectTurnoutReport(ctx, input));
  }

  @Mutation(() => TurnoutReportPayload, {
    description:
      "Puts an ACCEPTED report back into the queue, flagged DOUBTED: it leaves all totals until somebody accepts or rejects it. Refused with CONFLICT and a reason: REPORT_NOT_ACCEPTED, TURNOUT_CERTIFIED; your own with FORBIDDEN and OWN_REPORT.",
  })
  async doubtTurnoutReport(
    @Ctx() ctx: Context,
    @Arg("input") input: ReviewTurnoutReportInput,
  ): Promise<TurnoutReportPayload> {
    return reportPayload(await doubtTurnoutReport(ctx, input));
  }
}
