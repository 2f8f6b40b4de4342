import { auditAll } from "../../platform/audit/audit.js";
import { pipelined } from "../../platform/database/pipelined.js";
import { type Each, eachOf, passed } from "../../platform/database/together.js";
import type { Transaction } from "../../platform/database/transact.js";
import { Refusal } from "../../platform/errors.js";
import { type SharedEvent, shareEvents } from "../events/index.js";
import { reportChanged } from "./report.changes.js";
import { insertReports, type NewReport } from "./report.insert.js";
import { contentOf, count, type Draft, restates, rowOf, type Voice } from "./report.row.js";
import { lockVoice } from "./reporter.voice.js";
import { groundsIn, settle, settleTurnouts } from "./settle.js";
import type { Ground } from "./standing.js";
import type { TurnoutInput } from "./turnout.inputs.js";
import { EventTurnout } from "./turnout.js";
import { TurnoutReportStatus } from "./turnout.values.js";

type Added = Draft & { row: NewReport };

export interface ReportAnswer {
  reportId: string;
  eventId: string;
  /** What was stored just now; a repeated call reads it. */
  row?: NewReport;
}

/** An answer with its row, of which a key keeps the ids only. */
const answerOf = (row: NewReport): ReportAnswer => {
  const kept = { reportId: row.id, eventId: row.eventId };
  return Object.defineProperty(kept, "row", { value: row, enumerable: false });
};

/**
 * Stores reports of events that are locked, in their order, and settles what follows, once for all of them. What their turnouts
 * come of may be known already.
 */
export async function addReports(
  tx: Transaction,
  drafts: Each<Draft>,
  known = new Map<string, Ground>(),
): Promise<Each<ReportAnswer>> {
  const checked = eachOf(drafts, (draft) => ({ ...draft, ...contentOf(tx, draft) }));
  const taken = passed(checked);
  if (taken.length === 0) return checked as Refusal[];
  const eventIds = [...new Set(taken.map(({ event }) => event.id))];
  const corrects = taken.some(({ correctsId }) => correctsId !== null);
  const grounds = await groundsBy(tx, eventIds, known);
  const rows = taken.map((draft) => {
    const ground = grounds.get(draft.event.id)!;
    const row = rowOf(tx, draft, ground);
    if (row.status === TurnoutReportStatus.ACCEPTED && !draft.quarantined) count(ground, row);
    return { ...draft, row };
  });
  const stored = insertReports(
    tx,
    rows.map(({ row }) => row),
  );
  const settled = corrects
    ? stored.then(() => settleCorrections(tx, [...grounds.values()], rows))
    : settle(tx, [...grounds.values()]);
  await pipelined([stored, settled, tell(tx, rows)]);
  return eachOf(checked, () => answerOf(rows.shift()!.row));
}

async function groundsBy(
  tx: Transaction,
  eventIds: string[],
  known: Map<string, Ground>,
): Promise<Map<string, Ground>> {
  const missing = eventIds.filter((id) => !known.has(id));
  const read = missing.length > 0 ? await groundsIn(tx, missing) : [];
  const all = [...eventIds.flatMap((id) => known.get(id) ?? []), ...read];
  return new Map(all.map((ground) => [ground.fact.eventId, ground]));
}

/** What a correction replaces may count in another way from then on: the reports are read again. */
async function settleCorrections(tx: Transaction, grounds: Ground[], rows: Added[]): Promise<void> {
  for (const ground of grounds)
    for (const { row } of rows)
      if (row.eventId === ground.fact.eventId && restates(ground, row.correctsId))
        await tx.db.update(EventTurnout, { eventId: row.eventId }, { closingReportId: row.id });
  await settleTurnouts(
    tx,
    grounds.map(({ fact }) => fact.eventId),
  );
}

async function tell(tx: Transaction, rows: Added[]): Promise<void> {
  for (const { event, row } of rows) reportChanged(tx, event, row.id);
  await auditAll(
    tx,
    rows.map(({ event, actorId, row: { id } }) => ({
      type: "TurnoutReport",
      id,
      actorId,
      scopes: [event.id, event.campaignId],
    })),
  );
}

/** Stores a report of an event that is locked, as a correction where it is one, and settles what follows. */
export async function addReport(
  tx: Transaction,
  { id }: Pick<SharedEvent, "id">,
  voice: Voice,
  input: TurnoutInput,
  correctsId: string | null = null,
): Promise<ReportAnswer> {
  const event = (await shareEvents(tx, [id])).get(id)!;
  const actorId = tx.viewer?.personId ?? null;
  const { quarantined } = await lockVoice(tx, voice.reporterId);
  const [added] = await addReports(tx, [{ ...voice, quarantined, event, input, correctsId, actorId }]);
  if (added instanceof Refusal) throw added;
  return added!;
}
