import { Temporal } from "temporal-polyfill";
import { badInput, ErrorReason } from "./errors.js";

const isInstant = (text: string): boolean => /(Z|[+-]\d\d:\d\d)$/.test(text);

/**
 * The instant of an EventTime in a zone. A local time that the clocks skip is refused; one that occurs twice is the
 * first of the two, unless an offset says otherwise.
 */
export function instantOf(text: string, timeZone: string, path: string): Date {
  if (isInstant(text)) return new Date(Temporal.Instant.from(text).epochMilliseconds);
  const local = Temporal.PlainDateTime.from(text);
  const zoned = local.toZonedDateTime(timeZone, { disambiguation: "earlier" });
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

/** The clock time of an instant in a zone, as `2026-01-23T14:00`. */
export const localTime = (instant: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: "second" });

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

/** How many days a calendar day lies after another; negative when before it. */
export const daysFrom = (day: string, later: string): number =>
  Temporal.PlainDate.from(day).until(Temporal.PlainDate.from(later)).days;
