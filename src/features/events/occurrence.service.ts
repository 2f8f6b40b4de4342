import type { Context } from "../../platform/context.js";
import { badInput } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { occurrenceAfter, refuseStale } from "./edit.service.js";
import type { EventRow } from "./event.js";
import { type EventAnswer, type OfEvent, withEvent } from "./event.lock.js";
import { canLead, canManage } from "./event.policy.js";
import { refuseCancelled, refuseUnpublished, refuseUnscheduled } from "./event.refusals.js";
import { editedTimes } from "./event.times.js";
import { Occurrence } from "./event.values.js";
import { writeEvent } from "./event.write.js";
import type { MarkEventTentativeInput, MoveEventOnlineInput, RescheduleEventInput } from "./life.inputs.js";

type WithReason = OfEvent & { reason?: string | null };

/** Sets other times, what is left out stays; those announced before are kept. */
export const rescheduleEvent = (ctx: Context, input: RescheduleEventInput): Promise<EventAnswer> =>
  withEvent(ctx, "rescheduleEvent", input, "reschedule this event", canManage, async (tx, event) => {
    await refuseStale(tx, event, input.version);
    refuseCancelled(event);
    const times = editedTimes(input, event, event.timeZone);
    const occurrence = { ...atSameTime(event), ...(await occurrenceAfter(tx, event, times)) };
    await writeEvent(tx, event, { ...times, ...occurrence, occurrenceReason: tidy(input.reason) });
  });

/** What was postponed takes place after all, when the time that is set is the one it had. */
function atSameTime({ occurrence, onlineUrl }: EventRow): Partial<EventRow> {
  if (occurrence !== Occurrence.POSTPONED) return {};
  return { occurrence: onlineUrl ? Occurrence.MOVED_ONLINE : Occurrence.SCHEDULED };
}

/** Takes an event off its time until a new one is known. */
export const postponeEvent = (ctx: Context, input: WithReason): Promise<EventAnswer> =>
  callOff(ctx, "postponeEvent", input, Occurrence.POSTPONED, "postpone this event: those who lead it may");

/** Says that it takes place online instead, or at its place again. */
export const moveEventOnline = (ctx: Context, input: MoveEventOnlineInput): Promise<EventAnswer> =>
  withEvent(ctx, "moveEventOnline", input, "move this event", canManage, async (tx, event) => {
    refuseCancelled(event);
    const { onlineUrl, reason } = input;
    if (onlineUrl === undefined)
      throw badInput("input.onlineUrl", "must be given: an https address, or null for its place again");
    if (onlineUrl === null && event.onlineUrl === null) return;
    const back = event.occurrence === Occurrence.MOVED_ONLINE ? Occurrence.SCHEDULED : event.occurrence;
    const occurrence = onlineUrl === null ? back : Occurrence.MOVED_ONLINE;
    await writeEvent(tx, event, { occurrence, onlineUrl, occurrenceReason: tidy(reason) });
  });

/** Says that it is not certain yet, or that it is; one that is certain already stays as it is. */
export const markEventTentative = (ctx: Context, input: MarkEventTentativeInput): Promise<EventAnswer> =>
  withEvent(ctx, "markEventTentative", input, "say so of this event", canManage, async (tx, event) => {
    refuseCancelled(event);
    refuseUnscheduled(event);
    if (input.tentative === (event.occurrence === Occurrence.TENTATIVE)) return;
    const occurrence = input.tentative ? Occurrence.TENTATIVE : Occurrence.SCHEDULED;
    await writeEvent(tx, event, { occurrence, occurrenceReason: tidy(input.reason) });
  });

/** Calls it off for good; it stays listed, so that people learn of it. */
export const cancelEvent = (ctx: Context, input: OfEvent & { reason: string }): Promise<EventAnswer> =>
  callOff(ctx, "cancelEvent", input, Occurrence.CANCELLED, "cancel this event: those who lead it may");

const callOff = (
  ctx: Context,
  operation: string,
  input: WithReason,
  occurrence: Occurrence,
  what: string,
): Promise<EventAnswer> =>
  withEvent(ctx, operation, input, what, canLead, async (tx, event) => {
    if (event.occurrence === occurrence) return;
    refuseCancelled(event);
    refuseUnpublished(event);
    await writeEvent(tx, event, { occurrence, occurrenceReason: tidy(input.reason) });
  });
