import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn, type Viewer } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { dayIn } from "../../platform/time.js";
import {
  canManage,
  canReport,
  type Event,
  type EventFacts,
  isStaff,
  lockEvent,
  ReviewStatus,
} from "../events/index.js";
import { tellOutgrown } from "../shifts/index.js";
import { turnoutChanged } from "./turnout.changes.js";
import type { ReportTurnoutInput } from "./turnout.inputs.js";
import { TurnoutReport, TurnoutSource } from "./turnout.js";

const clockSkewMs = 5 * 60_000;

export interface ReportAnswer {
  reportId: string;
  eventId: string;
}

/** Adds a count; the event's turnout and all totals follow in the same transaction. */
export function reportTurnout(ctx: Context, input: ReportTurnoutInput): Promise<ReportAnswer> {
  const viewer = signedIn(ctx);
  const interval = intervalOf(input);
  return transactOnce(ctx, "reportTurnout", input, async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", input.eventId, "input.eventId"), "pessimistic_read");
    allow(canReport(viewer, event), "report turnout of this event: its reporters, coordinators, hosts and staff may");
    if (event.review !== ReviewStatus.APPROVED)
      throw new Refusal("CONFLICT", "The event is not approved yet.", { reason: ErrorReason.EVENT_NOT_APPROVED });
    const report = {
      id: newId(),
      eventId: event.id,
      reporterId: viewer.personId,
      ...interval,
      words: tidy(input.words),
      method: input.method ?? null,
      source: sourceOf(viewer, event),
      observedAt: observedAt(tx, input, event),
      receivedAt: tx.now(),
    };
    await addReport(tx, report);
    await tellOutgrown(tx, event.id);
    turnoutChanged(tx, event);
    await audit(tx, { type: "TurnoutReport", id: report.id, scopes: [event.id, event.campaignId] });
    return { reportId: report.id, eventId: event.id };
  });
}

const given = (value: number | null | undefined): value is number => value !== null && value !== undefined;

/** One number sets both ends; two ends need each other. */
function intervalOf({ count, low, high }: ReportTurnoutInput): { low: number; high: number } {
  if (given(count)) {
    if (given(low) || given(high)) throw badInput("input.count", "stands alone: give it, or low and high");
    return { low: count, high: count };
  }
  if (!given(low)) throw badInput(given(high) ? "input.low" : "input.count", "is missing: give count, or low and high");
  if (!given(high)) throw badInput("input.high", "is missing: give count, or low and high");
  if (low > high) throw badInput("input.low", "must not be above high");
  return { low, high };
}

function observedAt(tx: Transaction, input: ReportTurnoutInput, event: Event): Date {
  const observed = input.observedAt ?? tx.now();
  if (observed.getTime() > tx.now().getTime() + clockSkewMs)
    throw badInput("input.observedAt", "must not be in the future");
  if (observed < dayIn(event.startsOn, event.timeZone).startsAt)
    throw new Refusal(
      "CONFLICT",
      `Counts are taken from the day of the event on: ${event.startsOn} in ${event.timeZone}.`,
      {
        reason: ErrorReason.EVENT_NOT_BEGUN,
        fields: [{ path: "input.observedAt", reason: "must not be before the day of the event" }],
      },
    );
  return observed;
}

function sourceOf(viewer: Viewer, event: EventFacts): TurnoutSource {
  if (isStaff(viewer, event)) return TurnoutSource.STAFF;
  return canManage(viewer, event) ? TurnoutSource.HOST : TurnoutSource.PEACEKEEPER;
}

/** Stores a report and what the event's reports now come to: the latest observation is current, the largest the peak. */
export async function addReport(tx: Transaction, report: Omit<TurnoutReport, "event">): Promise<void> {
  await tx.db.insert(TurnoutReport, report);
  await tx.db.query(
    `INSERT INTO turnouts AS t (event_id, low, high, peak_low, peak_high, reports, observed_at)
     VALUES ($1, $2::int, $3::int, $2, $3, 1, $4::timestamptz)
     ON CONFLICT (event_id) DO UPDATE SET
       low = CASE WHEN $4 >= t.observed_at THEN $2 ELSE t.low END,
       high = CASE WHEN $4 >= t.observed_at THEN $3 ELSE t.high END,
       peak_low = CASE WHEN $2 + $3 > t.peak_low + t.peak_high THEN $2 ELSE t.peak_low END,
       peak_high = CASE WHEN $2 + $3 > t.peak_low + t.peak_high THEN $3 ELSE t.peak_high END,
       reports = t.reports + 1,
       observed_at = GREATEST(t.observed_at, $4)`,
    [report.eventId, report.low, report.high, report.observedAt],
  );
}
