import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { canManage, type EventAnswer, isStaff, type LockedEvent, ReviewStatus, withEvent } from "../events/index.js";
import type { CertifyTurnoutInput, CloseTurnoutInput, ReopenTurnoutInput } from "./closing.inputs.js";
import { TurnoutStep } from "./closing.js";
import { rejectNumber, stateNumber } from "./closing.report.js";
import { TurnoutAct } from "./closing.values.js";
import { lockTurnouts, settleTurnouts } from "./settle.js";
import { EventTurnout } from "./turnout.js";
import { TurnoutState } from "./turnout.values.js";

/** Makes the number of an event final: the one that is stated, or the peak of what has been reported. */
export const closeTurnout = (ctx: Context, input: CloseTurnoutInput): Promise<EventAnswer> =>
  withEvent(ctx, "closeTurnout", input, "close the turnout of this event", canManage, async (tx, event) => {
    checkBegun(tx, event);
    const before = await lockTurnout(tx, event);
    checkOwn(tx, event, before);
    const reportId = await stateNumber(tx, event, input, before.closingReportId);
    await includeLate(tx, event);
    await become(tx, event, TurnoutAct.CLOSED, { closed: TurnoutState.FINAL, closingReportId: reportId });
  });

/** The campaign's staff stand by the number; one that is not closed yet is closed with its peak. Again is harmless. */
export const certifyTurnout = (ctx: Context, input: CertifyTurnoutInput): Promise<EventAnswer> =>
  withEvent(ctx, "certifyTurnout", input, "certify turnout: only staff of its campaign may", isStaff, certify);

async function certify(tx: Transaction, event: LockedEvent): Promise<void> {
  checkBegun(tx, event);
  const { state, closingReportId } = await lockTurnout(tx, event);
  if (state === TurnoutState.CERTIFIED) return;
  const isFinal = state === TurnoutState.FINAL;
  if (!isFinal) await includeLate(tx, event);
  const to = { closed: TurnoutState.CERTIFIED as const, closingReportId: isFinal ? closingReportId : null };
  await become(tx, event, TurnoutAct.CERTIFIED, to);
}

/** Lets reports move the number again; what came meanwhile counts. Where it is open, nothing happens. */
export const reopenTurnout = (ctx: Context, input: ReopenTurnoutInput): Promise<EventAnswer> =>
  withEvent(ctx, "reopenTurnout", input, "reopen the turnout of this event", canManage, async (tx, event) => {
    const before = await lockTurnout(tx, event);
    if (!before.closed) return;
    checkOwn(tx, event, before);
    const reason = tidy(input.reason);
    await rejectNumber(tx, event, before.closingReportId, reason);
    await includeLate(tx, event);
    await become(tx, event, TurnoutAct.REOPENED, { closed: null, closingReportId: null }, reason);
  });

function checkBegun(tx: Transaction, event: LockedEvent): void {
  if (event.review !== ReviewStatus.APPROVED)
    throw new Refusal("CONFLICT", "The event is not approved yet.", { reason: ErrorReason.EVENT_NOT_APPROVED });
  if (tx.now() < event.spanStartsAt)
    throw new Refusal("CONFLICT", "The event has not begun.", { reason: ErrorReason.EVENT_NOT_BEGUN });
}

/** What the campaign's staff stand by is theirs to change. */
function checkOwn(tx: Transaction, event: LockedEvent, { closed }: EventTurnout): void {
  if (closed === TurnoutState.CERTIFIED && !isStaff(signedIn(tx), event))
    throw new Refusal("CONFLICT", "The number is certified: only the campaign's staff can change it.", {
      reason: ErrorReason.TURNOUT_CERTIFIED,
    });
}

async function lockTurnout(tx: Transaction, { id: eventId }: LockedEvent): Promise<EventTurnout> {
  await lockTurnouts(tx, [eventId]);
  return tx.db.findOneByOrFail(EventTurnout, { eventId });
}

/** What came after the number was closed is weighed with the rest from now on. */
const includeLate = (tx: Transaction, { id }: LockedEvent): Promise<unknown> =>
  tx.db.query("UPDATE turnout_reports SET late = false WHERE event_id = $1 AND late", [id]);

async function become(
  tx: Transaction,
  event: LockedEvent,
  act: TurnoutAct,
  to: Pick<EventTurnout, "closed" | "closingReportId">,
  reason: string | null = null,
): Promise<void> {
  const { id: eventId, campaignId } = event;
  await tx.db.update(EventTurnout, { eventId }, to);
  await settleTurnouts(tx, [eventId]);
  const { low } = await tx.db.findOneByOrFail(EventTurnout, { eventId });
  if (to.closed && low === null)
    throw new Refusal("CONFLICT", "There is no number: nobody trusted has reported one. State it.", {
      reason: ErrorReason.TURNOUT_MISSING,
    });
  const number = 1 + (await tx.db.countBy(TurnoutStep, { eventId }));
  await tx.db.insert(TurnoutStep, { eventId, number, act, at: tx.now(), reason, reportId: to.closingReportId });
  await audit(tx, { type: "Event", id: eventId, scopes: [eventId, campaignId], fields: ["turnout"] });
}
