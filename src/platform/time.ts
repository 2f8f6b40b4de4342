import { Temporal } from "temporal-polyfill";
import { badInput, ErrorReason } from "./errors.js";

const isInstant = (text: string): boolean => /(Z|[+-]\d\d:\d\d)$/.test(text);

/**
 * The instant of an EventTime in a zone. A local time that the clocks skip is refused; one that occurs twice is the
 * first of the two, unless an offset says otherwise.
 */
export function instantOf(text: string, timeZone: string, path: string): Date {
  if (isInstant(text)) return new Date(Temporal.Instant.from(text).epochMilliseconds);
  return instantAt(Temporal.PlainDateTime.from(text), timeZone, "earlier", path);
}

/**
 * The instant with the same clock time so many days later, in the same zone or another. The second of an hour that
 * occurs twice stays the second where it does so there too.
 */
export function sameClockTime(instant: Date, from: string, to: string, days: number, path: string): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(from);
  return instantAt(zoned.toPlainDateTime().add({ days }), to, isFirst(zoned) ? "earlier" : "later", path);
}

/** Not the second of an hour that occurs twice. */
const isFirst = (zoned: Temporal.ZonedDateTime): boolean =>
  zoned.toPlainDateTime().toZonedDateTime(zoned.timeZoneId, { disambiguation: "earlier" }).equals(zoned);

/** Instants on the clock of a zone; null where a clock time alone would say another instant. */
export function onClock(instants: Date[], timeZone: string): Temporal.ZonedDateTime[] | null {
  const zoned = instants.map((instant) =>
    Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone),
  );
  return zoned.every(isFirst) ? zoned : null;
}

function instantAt(local: Temporal.PlainDateTime, timeZone: string, which: "earlier" | "later", path: string): Date {
  const zoned = local.toZonedDateTime(timeZone, { disambiguation: which });
  if (!zoned.toPlainDateTime().equals(local))
    throw badInput(
      path,
      `does not exist in ${timeZone}: the clocks go forward over it; the next time that does is ${local.toZonedDateTime(timeZone, { disambiguation: "later" }).toPlainDateTime().toString({ smallestUnit: "minute" })}`,
      ErrorReason.LOCAL_TIME_DOES_NOT_EXIST,
    );
  return new Date(zoned.epochMilliseconds);
}

/** The calendar day of an instant in a zone, as YYYY-MM-DD. */
export const localDate = (instant: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** How many days a calendar day lies after another; negative when before it. */
export const daysFrom = (day: string, later: string): number =>
  Temporal.PlainDate.from(day).until(Temporal.PlainDate.from(later)).days;

/** The instants at which a calendar day begins and ends in a zone; a day may last 23 or 25 hours. */
export function dayIn(day: string, timeZone: string): { startsAt: Date; endsAt: Date } {
  const date = Temporal.PlainDate.from(day);
  const start = (of: Temporal.PlainDate): Date => new Date(of.toZonedDateTime(timeZone).epochMilliseconds);
  return { startsAt: start(date), endsAt: start(date.add({ days: 1 })) };
}

/** Whether the name is of a time zone of the IANA database. */
export function isTimeZone(name: string): boolean {
  try {
    return name.includes("/") && Boolean(Temporal.Now.zonedDateTimeISO(name));
  } catch {
    return false;
  }
}
