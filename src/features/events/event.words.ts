import { dayIn } from "../../platform/time.js";
import type { EventFactsTold } from "./event.records.js";

type Times = Pick<EventFactsTold, "startsOn" | "startsAt" | "endsAt" | "timeZone">;

const day: Intl.DateTimeFormatOptions = { weekday: "long", year: "numeric", month: "long", day: "numeric" };
const clock: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than to write a hundred times with it; there are as many as zones and ways to say a time. */
function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat("en-US", options);
  formats.set(key, format);
  return format;
}

/** When an event is, in words and in its own zone. */
export function timesInWords({ startsOn, startsAt, endsAt, timeZone }: Times): string {
  const said = (instant: string | Date, parts: Intl.DateTimeFormatOptions): string =>
    formatOf({ ...parts, timeZone }).format(new Date(instant));
  if (!startsAt) return `${said(dayIn(startsOn, timeZone).startsAt, day)}, time to be announced`;
  const begins = `${said(startsAt, day)}, ${said(startsAt, { ...clock, timeZoneName: "short" })}`;
  if (!endsAt) return begins;
  const sameDay = said(startsAt, day) === said(endsAt, day);
  return `${begins} to ${said(endsAt, sameDay ? clock : { ...day, ...clock })}`;
}

/** Where an event is, as exactly as the reader may know. */
export const placeInWords = ({ place, city }: EventFactsTold, exact: boolean): string =>
  exact && place ? `${place}, ${city}` : city;

/** Where one gets to it: online, or its place. */
export const whereInWords = (facts: EventFactsTold, exact: boolean): string =>
  facts.onlineUrl ? `online, ${facts.onlineUrl}` : placeInWords(facts, exact);

/** An event in a few lines: what, when, where. */
export const eventInWords = (facts: EventFactsTold, exact: boolean): string =>
  [facts.title, `When: ${timesInWords(facts)}`, `Where: ${whereInWords(facts, exact)}`].join("\n");
