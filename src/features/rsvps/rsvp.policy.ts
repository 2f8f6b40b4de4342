import { ErrorReason, Refusal } from "../../platform/errors.js";
import { type Event, EventRecord, Occurrence, ReviewStatus } from "../events/index.js";

type Facts = Pick<Event, "record" | "review" | "occurrence" | "spanEndsAt">;

const conflict = (message: string, reason: ErrorReason): Refusal => new Refusal("CONFLICT", message, { reason });

/** Why nobody can RSVP to the event any more, or yet; null: everybody can. */
export function closedBecause({ record, review, occurrence, spanEndsAt }: Facts, now: Date): Refusal | null {
  if (review !== ReviewStatus.APPROVED)
    return conflict("The event is not approved yet.", ErrorReason.EVENT_NOT_APPROVED);
  if (occurrence === Occurrence.CANCELLED || record !== EventRecord.LIVE)
    return conflict("The event is cancelled.", ErrorReason.EVENT_CANCELLED);
  if (spanEndsAt <= now) return conflict("The event is over.", ErrorReason.EVENT_ENDED);
  return null;
}

/** How long an RSVP waits for its address to be confirmed. */
export const pendingMs = 48 * 3_600_000;

/** Whether it was not confirmed in time, and so is as good as gone. */
export const hasLapsed = (rsvp: { status: string; since: Date }, now: Date): boolean =>
  rsvp.status === "PENDING" && now.getTime() - rsvp.since.getTime() >= pendingMs;
