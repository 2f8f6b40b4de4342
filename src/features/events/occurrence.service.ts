import type { Context } from "../../platform/context.js";
import { tidy } from "../../platform/graphql/text.js";
import { occurrenceAfter, refuseCancelled, refuseStale } from "./edit.service.js";
import { type EventAnswer, type OfEvent, withEvent } from "./event.lock.js";
import { canLead, canManage } from "./event.policy.js";
import { timesOf } from "./event.times.js";
import { Occurrence } from "./event.values.js";
import { writeEvent } from "./event.write.js";
import type { MarkEventTentativeInput, MoveEventOnlineInput, RescheduleEventInput } from "./life.inputs.js";

type WithReason = OfEvent & { reason?: string | null };

/** Sets other times; those announced before are kept. */
export const rescheduleEvent = (ctx: Context, input: RescheduleEventInput): Promise<EventAnswer> =>
  withEvent(ctx, "rescheduleEvent", input, "reschedule this event", canManage, async (tx, event) => {
    await refuseStale(tx, event, input.version);
    refuseCancelled(event);
    const times = timesOf(input, event.timeZone);
    const occurrence = await occurrenceAfter(tx, event, times);
    await writeEvent(tx, event, { ...times, ...occurrence, occurrenceReason: tidy(input.reason) });
  });

/** Takes an event off its time until a new one is known. */
export const postponeEvent = (ctx: Context, input: WithReason): Promise<EventAnswer> =>
  becomes(ctx, "postponeEvent", input, Occurrence.POSTPONED, "postpone this event", canLead);

/** Says that it takes place online instead. */
export const moveEventOnline = (ctx: Context, input: MoveEventOnlineInput): Promise<EventAnswer> =>
  withEvent(ctx, "moveEventOnline", input, "move this event", canManage, async (tx, event) => {
    refuseCancelled(event);
    const { onlineUrl, reason } = input;
    await writeEvent(tx, event, { occurrence: Occurrence.MOVED_ONLINE, onlineUrl, occurrenceReason: tidy(reason) });
  });

/** Says that it is not certain yet, or that it is. */
export const markEventTentative = (ctx: Context, input: MarkEventTentativeInput): Promise<EventAnswer> => {
  const occurrence = input.tentative ? Occurrence.TENTATIVE : Occurrence.SCHEDULED;
  return becomes(ctx, "markEventTentative", input, occurrence, "say so of this event", canManage);
};

/** Calls it off for good; it stays listed, so that people learn of it. */
export const cancelEvent = (ctx: Context, input: OfEvent & { reason: string }): Promise<EventAnswer> =>
  becomes(ctx, "cancelEvent", input, Occurrence.CANCELLED, "cancel this event: those who lead it may", canLead);

const becomes = (
  ctx: Context,
  operation: string,
  input: WithReason,
  occurrence: Occurrence,
  what: string,
  may: typeof canManage,
): Promise<EventAnswer> =>
  withEvent(ctx, operation, input, what, may, async (tx, event) => {
    if (event.occurrence === occurrence) return;
    refuseCancelled(event);
    await writeEvent(tx, event, { occurrence, occurrenceReason: tidy(input.reason) });
  });
