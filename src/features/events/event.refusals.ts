import { ErrorReason, Refusal } from "../../platform/errors.js";
import type { EventRow } from "./event.js";
import { Occurrence, ReviewStatus } from "./event.values.js";

const conflict = (message: string, reason: ErrorReason): Refusal => new Refusal("CONFLICT", message, { reason });

/** Cancelled is for good: people were told to stay away. */
export function refuseCancelled({ occurrence }: Pick<EventRow, "occurrence">): void {
  if (occurrence === Occurrence.CANCELLED)
    throw conflict("The event is cancelled; copy it as a new one instead.", ErrorReason.EVENT_CANCELLED);
}

/** What nobody was told of cannot be called off. */
export function refuseUnpublished({ review }: Pick<EventRow, "review">): void {
  if (review !== ReviewStatus.APPROVED)
    throw conflict(
      "The event is not published, so there is nothing to call off: use editEvent or deleteEvent.",
      ErrorReason.EVENT_NOT_APPROVED,
    );
}

const atItsTime = new Set([Occurrence.SCHEDULED, Occurrence.RESCHEDULED, Occurrence.TENTATIVE]);

/** Whether it is certain is a question only of what is to take place at its time and place. */
export function refuseUnscheduled({ occurrence }: Pick<EventRow, "occurrence">): void {
  if (!atItsTime.has(occurrence))
    throw conflict(
      "The event is postponed or online: set a time with rescheduleEvent, or its place with moveEventOnline.",
      ErrorReason.EVENT_NOT_SCHEDULED,
    );
}

/** What is over is not published any more; the fault is in its times, whichever call they came by. */
export function refuseEnded({ startsAt, spanEndsAt }: Pick<EventRow, "startsAt" | "spanEndsAt">, now: Date): void {
  if (spanEndsAt > now) return;
  throw new Refusal("CONFLICT", "The event is over: give it a time to come, then submit it.", {
    reason: ErrorReason.EVENT_ENDED,
    fields: [{ path: startsAt ? "input.startsAt" : "input.startsOn", reason: "is past: must be a time to come" }],
  });
}
