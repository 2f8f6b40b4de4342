import { audit } from "../../platform/audit/audit.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { sparingCertified } from "./certified.js";
import { reportChanged } from "./report.changes.js";
import { TurnoutReport } from "./report.js";
import type { LockedReport } from "./report.lock.js";
import type { ReportAnswer } from "./report.add.js";
import { settleTurnouts } from "./settle.js";

/** What may become different about a report: what it says never does. */
export type ReportChange = Partial<
  Pick<TurnoutReport, "status" | "flags" | "vouched" | "reviewReason" | "retractReason">
>;

/** Writes where a report stands from now on; the numbers have to be settled after it. */
export async function changeReport(
  tx: Transaction,
  { report, event }: LockedReport,
  change: ReportChange,
): Promise<void> {
  await tx.db.update(TurnoutReport, { id: report.id }, change);
  reportChanged(tx, event, report.id, ChangeKind.UPDATED);
  await audit(tx, {
    type: "TurnoutReport",
    id: report.id,
    scopes: [event.id, event.campaignId],
    fields: differing(report, change),
  });
}

/** The same where nothing else happens with it: the numbers follow. */
export function decideReport(tx: Transaction, locked: LockedReport, change: ReportChange): Promise<ReportAnswer> {
  const { report, event } = locked;
  return sparingCertified(tx, event, async () => {
    await changeReport(tx, locked, change);
    await settleTurnouts(tx, [event.id]);
    return { reportId: report.id, eventId: event.id };
  });
}

/** Names of the API's fields; that somebody vouches is told by the status. */
const differing = (report: TurnoutReport, { vouched: _vouched, ...change }: ReportChange): string[] =>
  Object.entries(change)
    .filter(([name, value]) => String(report[name as keyof typeof change]) !== String(value))
    .map(([name]) => name);
