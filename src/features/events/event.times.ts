import { badInput } from "../../platform/errors.js";
import { dayIn, daysFrom, instantOf, localDate, sameClockTime } from "../../platform/time.js";

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
interface EventTimes {
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
export const timesOf = (given: Given, timeZone: string): EventTimes =>
  checkedTimes(
    {
      startsOn: given.startsOn,
      startsAt: instantIn(given, "startsAt", timeZone),
      endsAt: instantIn(given, "endsAt", timeZone),
    },
    timeZone,
  );

const instantIn = (given: Given, name: "startsAt" | "endsAt", timeZone: string): Date | null =>
  given[name] ? instantOf(given[name], timeZone, `input.${name}`) : null;

interface Known {
  startsOn: string | null | undefined;
  startsAt: Date | null;
  endsAt: Date | null;
}

function checkedTimes({ startsOn: day, startsAt, endsAt }: Known, timeZone: string): EventTimes {
  const startsOn = startsAt ? localDate(startsAt, timeZone) : day;
  if (!startsOn) throw badInput("input.startsOn", "is missing: give the day, or startsAt with the time");
  if (day && day !== startsOn)
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

/** The times after an edit: what is left out stays; on another day, or in another zone, the clock time stays. */
export function editedTimes(given: Given, before: EventTimes, timeZone: string): EventTimes {
  const movesDay = given.startsOn && given.startsAt === undefined;
  const edited = (name: "startsAt" | "endsAt", day: string): Date | null => {
    if (given[name] !== undefined) return instantIn(given, name, timeZone);
    const days = daysFrom(before.startsOn, day);
    const path = movesDay ? "input.startsOn" : given.startsAt ? "input.startsAt" : "input.timeZone";
    return before[name] && sameClockTime(before[name], before.timeZone, timeZone, days, path);
  };
  const startsAt = edited("startsAt", movesDay ? given.startsOn! : before.startsOn);
  // An end means nothing without a start: it goes with it, also to another day.
  const endsAt =
    startsAt || given.endsAt ? edited("endsAt", startsAt ? localDate(startsAt, timeZone) : before.startsOn) : null;
  const startsOn = given.startsOn === undefined && !startsAt ? before.startsOn : given.startsOn;
  return checkedTimes({ startsOn, startsAt, endsAt }, timeZone);
}
