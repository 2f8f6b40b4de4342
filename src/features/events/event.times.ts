import { badInput } from "../../platform/errors.js";
import { dayIn, instantOf, localDate, localTime } from "../../platform/time.js";

const hour = 3_600_000;
const longestMs = 14 * 24 * hour;
/** How long an event without a known end counts as going on, at least; else it does to the end of its day. */
const openEndMs = 3 * hour;

interface Given {
  startsOn?: string | null;
  startsAt?: string | null;
  endsAt?: string | null;
}

/** The times of an event, as they are stored: a day is always there, a clock time once it is announced. */
export interface EventTimes {
  startsOn: string;
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
  spanStartsAt: Date;
  spanEndsAt: Date;
  /** The last day it touches. */
  endsOn: string;
}

/** Reads what a host typed, in the zone of the event. */
export function timesOf(given: Given, timeZone: string): EventTimes {
  const startsAt = given.startsAt ? instantOf(given.startsAt, timeZone, "input.startsAt") : null;
  const endsAt = given.endsAt ? instantOf(given.endsAt, timeZone, "input.endsAt") : null;
  const startsOn = startsAt ? localDate(startsAt, timeZone) : given.startsOn;
  if (!startsOn) throw badInput("input.startsOn", "is missing: give the day, or startsAt with the time");
  if (given.startsOn && given.startsOn !== startsOn)
    throw badInput("input.startsOn", `is another day than startsAt, which is on ${startsOn} in ${timeZone}`);
  if (endsAt && !startsAt) throw badInput("input.endsAt", "needs startsAt");
  if (endsAt && startsAt && endsAt <= startsAt) throw badInput("input.endsAt", "must be after startsAt");
  if (endsAt && startsAt && endsAt.getTime() - startsAt.getTime() > longestMs)
    throw badInput("input.endsAt", "must be within 14 days of startsAt");
  return { startsOn, startsAt, endsAt, timeZone, ...spanOf(startsOn, startsAt, endsAt, timeZone) };
}

/** The stretch of time in which an event counts as going on, and the last day of that. */
export function spanOf(
  startsOn: string,
  startsAt: Date | null,
  endsAt: Date | null,
  timeZone: string,
): Pick<EventTimes, "spanStartsAt" | "spanEndsAt" | "endsOn"> {
  const day = dayIn(startsOn, timeZone);
  const spanStartsAt = startsAt ?? day.startsAt;
  const openEnd = startsAt ? new Date(Math.max(day.endsAt.getTime(), startsAt.getTime() + openEndMs)) : day.endsAt;
  const spanEndsAt = endsAt ?? openEnd;
  return { spanStartsAt, spanEndsAt, endsOn: localDate(new Date(spanEndsAt.getTime() - 1), timeZone) };
}

/** The times after an edit: what is left out stays; in another zone the clock time stays. */
export function editedTimes(given: Given & { timeZone?: string | null }, before: EventTimes, zone: string): EventTimes {
  const keep = (name: "startsAt" | "endsAt"): string | null => {
    if (given[name] !== undefined) return given[name];
    const instant = before[name];
    return instant && (zone === before.timeZone ? instant.toISOString() : localTime(instant, before.timeZone));
  };
  const startsAt = keep("startsAt");
  const startsOn = given.startsOn ?? (startsAt ? null : before.startsOn);
  return timesOf({ startsOn, startsAt, endsAt: keep("endsAt") }, zone);
}
