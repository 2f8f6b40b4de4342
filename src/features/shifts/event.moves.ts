import { Refusal } from "../../platform/errors.js";
import { daysFrom, sameClockTime } from "../../platform/time.js";
import type { EventRow } from "../events/index.js";
import type { LockedShift } from "./shift.lock.js";
import type { Move } from "./shift.move.js";

type Shifting = (instant: Date) => Date;

/** How what belongs to an event moves with it, when to what it has moved by. */
export interface EventMove {
  /** To the same clock time on another day or in another zone; else as much later as the event. */
  to: Shifting;
  /** As much later as the event, whatever the clocks do between. */
  byLength: Shifting;
}

const dayMs = 24 * 3_600_000;

/** Null: the event is at the time that it had. */
export function moveOf(before: EventRow, after: EventRow): EventMove | null {
  const [was, is] = [before.startsAt, after.startsAt];
  const days = daysFrom(before.startsOn, after.startsOn);
  const length = was && is ? is.getTime() - was.getTime() : days * dayMs;
  const byLength: Shifting = (instant) => new Date(instant.getTime() + length);
  const byClock: Shifting = (instant) => {
    try {
      return sameClockTime(instant, before.timeZone, after.timeZone, days, "input.startsAt");
    } catch (error) {
      // There is no such clock time on that day.
      if (error instanceof Refusal) return byLength(instant);
      throw error;
    }
  };
  if (!was || !is) return days === 0 && before.timeZone === after.timeZone ? null : { to: byClock, byLength };
  if (length === 0) return null;
  return { to: byClock(was).getTime() === is.getTime() ? byClock : byLength, byLength };
}

/** A shift, moved with its event. */
export function moveWith({ to, byLength }: EventMove, at: LockedShift, now: Date): Move {
  const { startsAt, endsAt, opensAt, closesAt } = at.shift;
  const exists = to(endsAt) > to(startsAt);
  const by = exists ? to : byLength;
  const closes = closesAt && by(closesAt);
  const opens = opensAt && opensAt > now ? by(opensAt) : null;
  return {
    at,
    startsAt: by(startsAt),
    endsAt: by(endsAt),
    // What takes claims already goes on to.
    opensAt: opens && closes && opens >= closes ? null : opens,
    closesAt: closes,
  };
}
