import { badInput, Refusal } from "../../platform/errors.js";
import { ErrorReason } from "../../platform/errors.js";
import { EventRecord, Occurrence } from "../events/index.js";
import { ClaimObstacle, type LockedShift, refusal, type ShiftRow, ShiftStatus } from "../shifts/index.js";
import type { DutyTimes } from "./duty.js";
import { aheadMs, earlyMs, settledMs } from "./duty.values.js";

type Hours = Pick<ShiftRow, "startsAt" | "endsAt">;

const early = ({ startsAt }: Hours): Date => new Date(startsAt.getTime() - earlyMs);

/** From a day after the end on, what is written of a shift stays. */
export function refuseSettled({ endsAt }: Hours, now: Date): void {
  if (now.getTime() > endsAt.getTime() + settledMs) throw refusal(ClaimObstacle.SHIFT_ENDED);
}

function refuseAhead(said: Date, now: Date): void {
  if (said.getTime() > now.getTime() + aheadMs) throw badInput("input.at", "must not lie in the future");
}

/** Refuses an arrival outside of the window: said by a phone that was offline, or now. */
export function refuseArrival(shift: Hours, said: Date | null, now: Date): void {
  refuseSettled(shift, now);
  if (said) {
    refuseAhead(said, now);
    if (said < early(shift) || said >= shift.endsAt)
      throw badInput("input.at", "must be from 25 minutes before the beginning of the shift until its end");
  } else if (now < early(shift)) throw notYet("Check-in opens 25 minutes before the shift begins.");
  else if (now >= shift.endsAt) throw refusal(ClaimObstacle.SHIFT_ENDED);
}

/** Refuses a departure that cannot be. */
export function refuseDeparture(shift: Hours, times: DutyTimes, said: Date | null, now: Date): void {
  refuseSettled(shift, now);
  if (!said) return;
  refuseAhead(said, now);
  if (said < earlier(times.arrivedClient, times.arrivedServer))
    throw badInput("input.at", "must not be before the arrival");
}

/** A phone's clock may be wrong, but nobody comes or goes after we have heard of it. */
export const earlier = (said: Date | null, heard: Date): Date => (said && said < heard ? said : heard);

export const notYet = (message: string): Refusal =>
  new Refusal("CONFLICT", message, { reason: ErrorReason.NOT_OPEN_YET });

/** Nobody comes to what does not take place. */
export function refuseUnlessHappening({ shift, event }: LockedShift): void {
  if (shift.status === ShiftStatus.CANCELLED) throw refusal(ClaimObstacle.SHIFT_CANCELLED);
  const off = event.occurrence === Occurrence.CANCELLED || event.occurrence === Occurrence.POSTPONED;
  if (off || event.record !== EventRecord.LIVE) throw refusal(ClaimObstacle.EVENT_NOT_SCHEDULED);
}
