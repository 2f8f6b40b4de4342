import type { Event } from "../events/index.js";
import type { ShiftRow } from "./shift.js";

/** A role as people say it. */
export const roleInWords = (role: string): string => role.toLowerCase().replaceAll("_", " ");

type Timed = Pick<ShiftRow, "role" | "startsAt" | "endsAt">;

/** What, and from when to when on the clock of the event's place. */
export function hoursInWords({ role, startsAt, endsAt }: Timed, { timeZone }: Pick<Event, "timeZone">): string {
  const when = new Intl.DateTimeFormat("en-US", { timeZone, dateStyle: "full", timeStyle: "short" });
  return `${roleInWords(role)}, ${when.formatRange(startsAt, endsAt)} (${timeZone})`;
}

/** Until when something can be answered, on the clock of the event's place. */
export const untilInWords = (deadline: Date, { timeZone }: Pick<Event, "timeZone">): string =>
  deadline.toLocaleString("en-US", { timeZone, dateStyle: "full", timeStyle: "short" });

export const shiftInWords = (shift: Timed, event: Pick<Event, "timeZone">): string =>
  `Your shift: ${hoursInWords(shift, event)}`;
