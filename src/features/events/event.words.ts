import { dayIn } from "../../platform/time.js";
import type { EventFactsTold } from "./event.records.js";

type Times = Pick<EventFactsTold, "startsOn" | "startsAt" | "endsAt" | "timeZone">;

const day: Intl.DateTimeFormatOptions = { weekday: "long", year: "numeric", month: "long", day: "numeric" };
const clock: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };

/** When an event is, in words and in its own zone. */
export function timesInWords({ startsOn, startsAt, endsAt, timeZone }: Times): string {
  const said = (instant: string | Date, parts: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat("en-US", { ...parts, timeZone }).format(new Date(instant));
  if (!startsAt) return `${said(dayIn(startsOn, timeZone).startsAt, day)}, time to be announced`;
  const begins = `${said(startsAt, day)}, ${said(startsAt, { ...clock, timeZoneName: "short" })}`;
  if (!endsAt) return begins;
  const sameDay = said(startsAt, day) === said(endsAt, day);
  return `${begins} to ${said(endsAt, sameDay ? clock : { ...day, ...clock })}`;
}

/** Where an event is, as exactly as the reader may know. */
export const placeInWords = ({ place, city }: EventFactsTold, exact: boolean): string =>
  exact && place ? `${place}, ${city}` : city;

/** An event in a few lines: what, when, where. */
export const eventInWords = (facts: EventFactsTold, exact: boolean): string =>
  [
    facts.title,
    `When: ${timesInWords(facts)}`,
    facts.onlineUrl && facts.occurrence === "MOVED_ONLINE"
      ? `Online: ${facts.onlineUrl}`
      : `Where: ${placeInWords(facts, exact)}`,
  ].join("\n");
