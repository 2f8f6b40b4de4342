import { newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { ReviewStatus, type SharedEvent } from "../events/index.js";
import { observedAtOf, sizeOf } from "./report.content.js";
import { doorFlags, positionOf } from "./report.door.js";
import type { NewReport } from "./report.insert.js";
import type { Ground } from "./standing.js";
import type { TurnoutInput } from "./turnout.inputs.js";
import { TurnoutReportStatus, type TurnoutSource } from "./turnout.values.js";

/** Whose word a report is. */
export interface Voice {
  reporterId: string;
  source: TurnoutSource;
}

/** What is to be stored. */
export interface Draft extends Voice {
  /** Whoever is in quarantine counts nowhere. */
  quarantined: boolean;
  event: SharedEvent;
  input: TurnoutInput;
  correctsId: string | null;
  /** Who the audit trail says it was. */
  actorId: string | null;
}

/** What a report says, if it can be taken. */
export function contentOf(tx: Transaction, { event, input }: Draft) {
  if (event.review !== ReviewStatus.APPROVED)
    throw new Refusal("CONFLICT", "The event is not approved yet.", { reason: ErrorReason.EVENT_NOT_APPROVED });
  return { size: sizeOf(input), observedAt: observedAtOf(tx, input, event), position: positionOf(input) };
}

type Checked = Draft & ReturnType<typeof contentOf>;

/** The report as it is stored. */
export function rowOf(tx: Transaction, draft: Checked, ground: Ground): NewReport {
  const { event, size, observedAt, position, reporterId, source, correctsId } = draft;
  // What it corrects has left the reports, but not yet the kept number.
  ground.moved ||= correctsId !== null;
  const flags = doorFlags({ ...size, observedAt, position }, event, ground);
  const status = flags.length > 0 ? TurnoutReportStatus.FLAGGED : TurnoutReportStatus.ACCEPTED;
  const late = ground.fact.closed !== null && !restates(ground, correctsId);
  const said = { ...size, reporterId, source, observedAt, receivedAt: tx.now() };
  return { ...said, id: newId(), eventId: event.id, status, flags, late, correctsId };
}

/** A correction of the report that states the number of a closed event states it from then on. */
export const restates = ({ fact }: Ground, correctsId: string | null): boolean =>
  correctsId !== null && fact.closingReportId === correctsId;

/** The next report of the event is held against what it comes to with this one. */
export function count(ground: Ground, row: NewReport): void {
  ground.reports.push({ ...row, reporter: row.reporterId, vouched: false, said: true, weighed: !row.late });
  ground.moved = true;
}
