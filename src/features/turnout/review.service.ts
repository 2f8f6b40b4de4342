import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import type { ReviewTurnoutReportInput } from "./life.inputs.js";
import { decideReport, type ReportChange } from "./report.change.js";
import type { TurnoutReport } from "./report.js";
import { lockReviewed } from "./report.lock.js";
import type { ReportAnswer } from "./report.add.js";
import { TurnoutFlag, TurnoutReportStatus } from "./turnout.values.js";

/** Lets a report count that was flagged, by a reviewer who stands by it. */
export const acceptTurnoutReport = (ctx: Context, input: ReviewTurnoutReportInput): Promise<ReportAnswer> =>
  review(ctx, "acceptTurnoutReport", input, (report) => {
    refuseUnflagged(report);
    return { status: TurnoutReportStatus.ACCEPTED, vouched: true };
  });

/** Keeps a report that was flagged out of all numbers, for a reason that its reporter is told. */
export const rejectTurnoutReport = (ctx: Context, input: ReviewTurnoutReportInput): Promise<ReportAnswer> =>
  review(ctx, "rejectTurnoutReport", input, (report) => {
    refuseUnflagged(report);
    return { status: TurnoutReportStatus.REJECTED };
  });

/** Puts a report that counts back into the queue: it counts nowhere until somebody has decided. */
export const doubtTurnoutReport = (ctx: Context, input: ReviewTurnoutReportInput): Promise<ReportAnswer> =>
  review(ctx, "doubtTurnoutReport", input, ({ status, flags }) => {
    if (status !== TurnoutReportStatus.ACCEPTED)
      throw new Refusal("CONFLICT", "Only a report that counts can be doubted.", {
        reason: ErrorReason.REPORT_NOT_ACCEPTED,
      });
    const doubted = [...new Set([...flags, TurnoutFlag.DOUBTED])];
    return { status: TurnoutReportStatus.FLAGGED, flags: doubted, vouched: false };
  });

/** One act of a reviewer on the report of somebody else. */
function review(
  ctx: Context,
  operation: string,
  input: ReviewTurnoutReportInput,
  decide: (report: TurnoutReport) => ReportChange,
): Promise<ReportAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const locked = await lockReviewed(tx, input);
    return decideReport(tx, locked, { ...decide(locked.report), reviewReason: tidy(input.reason) });
  });
}

function refuseUnflagged({ status }: TurnoutReport): void {
  if (status !== TurnoutReportStatus.FLAGGED)
    throw new Refusal("CONFLICT", "This report does not wait for a reviewer, or no more.", {
      reason: ErrorReason.REPORT_NOT_FLAGGED,
    });
}
