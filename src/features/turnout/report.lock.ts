import { allow, signedIn } from "../../platform/context.js";
import type { Repeatable } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { type Event, findRow, isConcerned, lockEventBehind } from "../events/index.js";
import { TurnoutReport } from "./report.js";
import { canReview } from "./report.policy.js";
import { lockTurnouts } from "./settle.js";

/** An input about a report. */
export interface OfReport extends Repeatable {
  reportId: string;
}

/** A report whose event is locked, and with its turnout all that happens to its reports. */
export interface LockedReport {
  report: TurnoutReport;
  event: Event;
}

const missing = (): Refusal => new Refusal("NOT_FOUND", "There is no such report.");

/** The viewer's own report: whoever made it finds it, though the event is hidden from them by now. */
export async function lockOwnReport(tx: Transaction, input: OfReport): Promise<LockedReport> {
  const found = await findReport(tx, input);
  if (!(await isOwn(tx, found))) {
    await lockEventOfReport(tx, found);
    allow(false, "correct or retract this report: only its reporter may");
  }
  // Reports don't outlive their events: the row is there, or the one that it was merged into.
  const event = (await findRow(tx, found.eventId, { lock: { mode: "pessimistic_read" } }))!;
  return withTurnout(tx, found, event);
}

/** A report of somebody else, for those who look at what is flagged. */
export async function lockReviewed(tx: Transaction, input: OfReport): Promise<LockedReport> {
  const found = await findReport(tx, input);
  if (await isOwn(tx, found))
    throw new Refusal("FORBIDDEN", "You may not review your own report: somebody else looks at it.", {
      reason: ErrorReason.OWN_REPORT,
    });
  const event = await lockEventOfReport(tx, found);
  allow(
    canReview(signedIn(tx), event),
    "review this report: those who coordinate the event and the campaign's staff may",
  );
  return withTurnout(tx, found, event);
}

async function findReport(tx: Transaction, { reportId }: OfReport): Promise<TurnoutReport> {
  const report = await tx.db.findOneBy(TurnoutReport, {
    id: fromGlobalId("TurnoutReport", reportId, "input.reportId"),
  });
  if (!report) throw missing();
  return report;
}

/** As where a report is sent, who is being put into quarantine is waited for. */
async function isOwn(tx: Transaction, { reporterId }: TurnoutReport): Promise<boolean> {
  const own = `SELECT 1 FROM turnout_reporters WHERE id = $1 AND person_id = $2 FOR KEY SHARE`;
  const found: unknown[] = await tx.db.query(own, [reporterId, signedIn(tx).personId]);
  return found.length > 0;
}

/** Who has nothing to do with the event knows of none of its reports. */
async function lockEventOfReport(tx: Transaction, found: TurnoutReport) {
  const { event } = await lockEventBehind(tx, found, "report", "pessimistic_read");
  if (!isConcerned(tx.viewer, event)) throw missing();
  return event;
}

async function withTurnout(tx: Transaction, { id }: TurnoutReport, event: Event): Promise<LockedReport> {
  await lockTurnouts(tx, [event.id]);
  return { event, report: await tx.db.findOneByOrFail(TurnoutReport, { id }) };
}
