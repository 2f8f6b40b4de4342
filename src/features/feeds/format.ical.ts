import ical, { type ICalEventData, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import { Temporal } from "temporal-polyfill";
import { calendarTimes, zoneBlock } from "../calendars/index.js";
import type { PublicEvent, PublicField } from "./event.js";
import { fieldsSql } from "./event.sql.js";
import { folded } from "./ical.fold.js";
import { type About, type Format, noteOf, placeLine, type Writer } from "./format.js";

const said: PublicField[] = ["id", "url", "title", "description", "occurrence", "occurrenceReason", "onlineUrl"];
const times: PublicField[] = ["startsOn", "endsOn", "startsAt", "endsAt", "timeZone", "updatedAt", "version"];

/** iCalendar (RFC 5545), for calendar programs to subscribe to. */
export const icalendar: Format = {
  type: "text/calendar; charset=utf-8",
  more: [],
  fields: [...said, ...times, "organization", "place"],
  columns: (some, scope) => `${fieldsSql(some, scope)} AS event`,
  writer: (about): Writer => {
    const [begin, end] = around(about.title);
    const told = new Set<string>();
    return {
      begin: () => begin,
      rows: (rows) => {
        const events = rows.map(({ event }) => event as PublicEvent);
        const zones = [...new Set(events.map(({ timeZone }) => timeZone))].filter((zone) => !told.has(zone));
        for (const zone of zones) told.add(zone);
        return zones.map((zone) => block(zone)).join("") + eventsText(events, about);
      },
      end: () => end,
    };
  },
};

const block = (zone: string): string => {
  const text = zoneBlock(zone)?.trim();
  return text ? `${text}\r\n` : "";
};

const calendar = (name: string) => ical({ prodId: "//rallygraph//events//EN", name, ttl: 3_600 });

const last = "END:VCALENDAR";
const around = (title: string): [begin: string, end: string] => {
  const text = calendar(title).toString();
  return [text.slice(0, text.lastIndexOf(last)), `${last}\r\n`];
};

/** The events alone: the library writes whole calendars, and a long feed is many. */
function eventsText(events: PublicEvent[], { publicUrl }: About): string {
  const part = calendar("");
  const host = new URL(publicUrl).hostname;
  return events.map((event) => `${folded(part.createEvent(dataOf(event, host)).toString().trim())}\r\n`).join("");
}

/** Google's calendar hides what is CANCELLED: who had planned to come would find nothing. The title says that it is off. */
const statusOf = ({ occurrence }: PublicEvent): ICalEventStatus =>
  occurrence === "POSTPONED" || occurrence === "TENTATIVE" ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;

const dataOf = (event: PublicEvent, host: string): ICalEventData => ({
  id: `${event.id}@${host}`,
  sequence: event.version,
  stamp: event.updatedAt,
  lastModified: event.updatedAt,
  ...timesOf(event),
  summary: noteOf(event) + event.title,
  location: locationOf(event),
  description: descriptionOf(event),
  status: statusOf(event),
  url: event.url,
  transparency: ICalEventTransparency.TRANSPARENT,
});

type Times = Pick<ICalEventData, "start" | "end" | "timezone" | "allDay">;

/** A day whose time is to be announced is an event of the whole day. */
function timesOf({ startsOn, endsOn, startsAt, endsAt, timeZone }: PublicEvent): Times {
  if (startsAt)
    return calendarTimes({ startsAt: new Date(startsAt), endsAt: endsAt ? new Date(endsAt) : null, timeZone });
  const [start, end] = [Temporal.PlainDate.from(startsOn), Temporal.PlainDate.from(endsOn).add({ days: 1 })];
  return { start, end, allDay: true, timezone: null };
}

/** A point only where it is the place's own: nobody should be led to the middle of a city. */
function locationOf(event: PublicEvent): NonNullable<ICalEventData["location"]> {
  const { pointOf, latitude, longitude } = event.place;
  const title = placeLine(event);
  const isPlace = pointOf === "PLACE" && event.occurrence !== "MOVED_ONLINE";
  return isPlace ? { title, geo: { lat: latitude, lon: longitude } } : { title };
}

const descriptionOf = ({ occurrenceReason, description, organization, onlineUrl, startsAt }: PublicEvent): string =>
  [
    occurrenceReason,
    startsAt ? null : "The time is to be announced.",
    description,
    organization && `Hosted by ${organization.name}.`,
    onlineUrl && `Online: ${onlineUrl}`,
  ]
    .filter(Boolean)
    .join("\n\n");
