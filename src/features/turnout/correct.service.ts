import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { ErrorReason, Refusal, refusedAs } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { lockEvent } from "../events/index.js";
import { CorrectTurnoutReportInput, type RetractTurnoutReportInput } from "./life.inputs.js";
import { sparingCertified } from "./certified.js";
import { changeReport, decideReport } from "./report.change.js";
import type { TurnoutReport } from "./report.js";
import { lockOwnReport } from "./report.lock.js";
import { addReport, type ReportAnswer } from "./report.add.js";
import { sourceIn } from "./report.source.js";
import { TurnoutReportStatus } from "./turnout.values.js";

/** Puts another report in the place of one's own, which leaves the numbers even while the other one waits. */
export function correctTurnoutReport(ctx: Context, input: CorrectTurnoutReportInput): Promise<ReportAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "correctTurnoutReport", input, async (tx) => {
    const locked = await lockOwnReport(tx, input);
    const { report } = locked;
    const former = new Refusal("FORBIDDEN", "You may not correct this report: its event is hidden from you by now.");
    const event = await refusedAs(former, lockEvent(tx, report.eventId, "pessimistic_read"));
    const source = await sourceIn(tx, viewer, event);
    refuseOver(report);
    const said = Object.assign(new CorrectTurnoutReportInput(), input);
    said.observedAt ??= report.observedAt;
    return sparingCertified(tx, event, async () => {
      await changeReport(tx, locked, { status: TurnoutReportStatus.SUPERSEDED });
      return addReport(tx, event, { reporterId: report.reporterId, source }, said, report.id);
    });
  });
}

/** Takes one's own report back, for good. */
export function retractTurnoutReport(ctx: Context, input: RetractTurnoutReportInput): Promise<ReportAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, "retractTurnoutReport", input, async (tx) => {
    const locked = await lockOwnReport(tx, input);
    refuseOver(locked.report);
    const retractReason = tidy(input.reason);
    return decideReport(tx, locked, { status: TurnoutReportStatus.RETRACTED, retractReason });
  });
}

const over: Partial<Record<TurnoutReportStatus, [ErrorReason, string]>> = {
  SUPERSEDED: [ErrorReason.REPORT_SUPERSEDED, "A correction stands in the place of this report: change that one."],
  RETRACTED: [ErrorReason.REPORT_RETRACTED, "This report was taken back: report anew."],
  REJECTED: [
    ErrorReason.REPORT_REJECTED,
    "A reviewer has rejected this report, and `reviewReason` says why: report anew.",
  ],
};

function refuseOver({ status }: TurnoutReport): void {
  const [reason, message] = over[status] ?? [];
  if (reason) throw new Refusal("CONFLICT", message!, { reason });
}
