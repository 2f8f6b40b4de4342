import ical, { type ICalCalendar, type ICalEventData, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import { tzlib_get_ical_block } from "timezones-ical-library";
import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { tokenHash } from "../../platform/secrets.js";
import { onClock } from "../../platform/time.js";
import { knownOf } from "../events/index.js";
import { roleInWords, SignupStatus, untilInWords } from "../shifts/index.js";
import { CalendarLink } from "./calendar.link.js";
import { type CalendarRow, calendarRows } from "./calendar.rows.js";

const blocks = new Map<string, string | null>();

/** What a zone's clocks do, as a VTIMEZONE; null where the library knows the zone by another name only. */
export function zoneBlock(timeZone: string): string | null {
  const known = blocks.get(timeZone);
  if (known !== undefined) return known;
  const [block] = [tzlib_get_ical_block(timeZone)].flat();
  const own = block?.includes(`TZID:${timeZone}\r\n`) ? block : null;
  blocks.set(timeZone, own);
  return own;
}

/** The calendar that a secret address leads to, as iCalendar, with its owner's rights; null: it leads nowhere. */
export async function calendarOf(anybody: Context, token: string): Promise<string | null> {
  const link = await anybody.db.findOneBy(CalendarLink, { tokenHash: tokenHash(token) });
  const viewer = link && (await anybody.viewerOfPerson(link.personId));
  if (!viewer) return null;
  const ctx: Context = { ...anybody, viewer };
  const rows = await calendarRows(ctx, viewer.personId);
  const known = await knownOf(ctx, [...new Set(rows.map(({ eventId }) => eventId))]);
  const calendar = ical({
    prodId: "//rallygraph//shifts//EN",
    name: "Your shifts",
    ttl: 3_600,
    timezone: { name: null, generator: zoneBlock },
  });
  for (const row of rows) add(calendar, row, known.get(row.eventId), new URL(ctx.config.publicUrl).hostname);
  return calendar.toString();
}

function add(calendar: ICalCalendar, row: CalendarRow, event: Known | undefined, host: string): void {
  calendar.createEvent({
    id: `${toGlobalId("ShiftSignup", row.signupId)}@${host}`,
    sequence: row.sequence,
    stamp: row.changedAt,
    lastModified: row.changedAt,
    ...calendarTimes(row),
    summary: summaryOf(row, event),
    location: event?.where ?? null,
    description: descriptionOf(row, event),
    status: row.assured || row.cancelled ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
    ...(row.cancelled ? { transparency: ICalEventTransparency.TRANSPARENT } : {}),
  });
}

type Known = Awaited<ReturnType<typeof knownOf>> extends Map<string, infer One> ? One : never;

interface Times {
  startsAt: Date;
  endsAt: Date | null;
  timeZone: string;
}

/** On the clock of the place; in UTC where a clock time occurs twice and the second is meant: iCalendar can't say that. */
export function calendarTimes(times: Times): Pick<ICalEventData, "start" | "end" | "timezone"> {
  const { startsAt, endsAt, timeZone } = times;
  const local = zoneBlock(timeZone) && onClock(endsAt ? [startsAt, endsAt] : [startsAt], timeZone);
  if (!local) return { start: startsAt, end: endsAt, timezone: null };
  const [start, end] = local;
  return { start: start!, end: end ?? null, timezone: timeZone };
}

// Google's calendar hides what is STATUS:CANCELLED: whoever sees nothing there may go all the same.
function noteOf({ cancelled, occurrence, status }: CalendarRow): string {
  if (cancelled) return "[CANCELLED] ";
  if (occurrence === "POSTPONED") return "[POSTPONED] ";
  if (status === SignupStatus.REQUESTED) return "[NOT CONFIRMED YET] ";
  return status === SignupStatus.OFFERED ? "[OFFERED] " : "";
}

function summaryOf(row: CalendarRow, event: Known | undefined): string {
  const role = roleInWords(row.role);
  return `${noteOf(row)}${role[0]!.toUpperCase()}${role.slice(1)}: ${event?.title ?? "an event that you may no longer see"}`;
}

/** What is for those who stand there is for nobody who may not see the event any more. */
function descriptionOf(row: CalendarRow, event: Known | undefined): string | null {
  const lines = row.assured && event ? [row.checkInPoint && `Check in: ${row.checkInPoint}`, row.instructions] : [];
  if (row.status === SignupStatus.OFFERED)
    lines.push(`The place is kept for you until ${untilInWords(row.deadline!, row)}: claim the shift in time.`);
  if (row.status === SignupStatus.REQUESTED) lines.push("A coordinator has to confirm your place.");
  return lines.filter(Boolean).join("\n\n") || null;
}
