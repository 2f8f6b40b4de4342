import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { lockAsStaff } from "../campaigns/index.js";
import type { LiftQuarantinesInput, QuarantineReportersInput } from "./quarantine.inputs.js";
import { reportChanged, Silence } from "./report.changes.js";
import { lockTurnouts, settleTurnouts } from "./settle.js";
import { TurnoutReportStatus } from "./turnout.values.js";

export interface ReportersAnswer {
  campaignId: string;
  reporterIds: string[];
}

/** From now on nothing of these reporters counts: all totals are as if they had never reported. Again is harmless. */
export const quarantineReporters = (ctx: Context, input: QuarantineReportersInput): Promise<ReportersAnswer> =>
  change(ctx, "quarantineReporters", input, true);

/** What they have reported, also meanwhile, counts again. Again is harmless. */
export const liftQuarantines = (ctx: Context, input: LiftQuarantinesInput): Promise<ReportersAnswer> =>
  change(ctx, "liftQuarantines", input, false);

function change(
  ctx: Context,
  operation: string,
  input: QuarantineReportersInput | LiftQuarantinesInput,
  quarantined: boolean,
): Promise<ReportersAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const { id: campaignId } = await lockAsStaff(tx, input);
    const reporterIds = await lockReporters(tx, campaignId, input.reporterIds);
    const changed = await mark(tx, reporterIds, quarantined, tidy(input.reason)!);
    await settleOf(tx, changed);
    await tellReviewers(tx, changed, quarantined ? Silence.BEGUN : Silence.LIFTED);
    const fields = ["quarantinedAt", "quarantineReason"];
    for (const id of changed) await audit(tx, { type: "TurnoutReporter", id, scopes: [campaignId], fields });
    return { campaignId, reporterIds };
  });
}

const path = (index: number): string => `input.reporterIds.${index}`;

/** Whoever is reporting just now is waited for, and whoever is about to, waits: see voiceOf. */
async function lockReporters(tx: Transaction, campaignId: string, globalIds: string[]): Promise<string[]> {
  const ids = globalIds.map((id, index) => fromGlobalId("TurnoutReporter", id, path(index)));
  const found: { id: string }[] = await tx.db.query(
    "SELECT id FROM turnout_reporters WHERE id = ANY ($1) AND scope_id = $2 ORDER BY id FOR UPDATE",
    [ids, campaignId],
  );
  const known = new Set(found.map(({ id }) => id));
  const unknown = ids.findIndex((id) => !known.has(id));
  if (unknown >= 0) throw badInput(path(unknown), "is no reporter of this campaign");
  return [...new Set(ids)];
}

/** Gives those who were not so before. */
async function mark(tx: Transaction, ids: string[], quarantined: boolean, reason: string): Promise<string[]> {
  const changed: { id: string }[] = await tx.db.query(
    `WITH changed AS (
       UPDATE turnout_reporters SET quarantined_at = CASE WHEN $2 THEN $3::timestamptz END, quarantine_reason = $4
       WHERE id = ANY ($1) AND (quarantined_at IS NULL) = $2 RETURNING id)
     SELECT id FROM changed ORDER BY id`,
    [ids, quarantined, tx.now(), reason],
  );
  return changed.map(({ id }) => id);
}

const batch = 500;

/** Settles every event that one of these has reported. */
async function settleOf(tx: Transaction, reporterIds: string[]): Promise<void> {
  await lockTurnouts(tx, await eventsOf(tx, reporterIds));
  // Again: a merge that was under way may have taken a report to another event.
  const events = await eventsOf(tx, reporterIds);
  await lockTurnouts(tx, events);
  for (let n = 0; n < events.length; n += batch) await settleTurnouts(tx, events.slice(n, n + batch));
}

async function eventsOf(tx: Transaction, reporterIds: string[]): Promise<string[]> {
  const events: { id: string }[] = await tx.db.query(
    "SELECT DISTINCT event_id AS id FROM turnout_reports WHERE reporter_id = ANY ($1) ORDER BY 1",
    [reporterIds],
  );
  return events.map(({ id }) => id);
}

interface Waiting {
  id: string;
  eventId: string;
  campaignId: string | null;
}

/** What of theirs waits for a reviewer leaves the queues that are open, or is back in them. */
async function tellReviewers(tx: Transaction, reporterIds: string[], kind: Silence): Promise<void> {
  const waiting: Waiting[] = await tx.db.query(
    `SELECT r.id, r.event_id AS "eventId", e.campaign_id AS "campaignId"
     FROM turnout_reports r JOIN events e ON e.id = r.event_id
     WHERE r.reporter_id = ANY ($1) AND r.status = '${TurnoutReportStatus.FLAGGED}' ORDER BY r.received_at, r.id`,
    [reporterIds],
  );
  for (const { id, eventId, campaignId } of waiting) reportChanged(tx, { id: eventId, campaignId }, id, kind);
}
