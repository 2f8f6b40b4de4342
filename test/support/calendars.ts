import ICAL from "ical.js";
import { sync } from "node-ical";

/** One appointment, as a calendar program understands it. */
export interface Appointment {
  uid: string;
  sequence: number;
  startsAt: string;
  endsAt: string;
  summary: string;
  location: string | null;
  description: string | null;
  status: string;
}

const order = (list: Appointment[]): Appointment[] =>
  list.sort((one, other) => `${one.startsAt}${one.uid}`.localeCompare(`${other.startsAt}${other.uid}`));

/** What ical.js reads; it judges times by the feed's own VTIMEZONE. */
export function byIcalJs(text: string): Appointment[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return order(
    calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        startsAt: event.startDate.toJSDate().toISOString(),
        endsAt: event.endDate.toJSDate().toISOString(),
        summary: event.summary,
        location: event.location || null,
        description: event.description || null,
        status: String(component.getFirstPropertyValue("status")),
      };
    }),
  );
}

/** What node-ical reads; it judges times by the names of the zones. */
export const byNodeIcal = (text: string): Appointment[] =>
  order(
    Object.values(sync.parseICS(text)).flatMap((part) =>
      part?.type === "VEVENT"
        ? [
            {
              uid: part.uid,
              sequence: Number(part.sequence),
              startsAt: part.start.toISOString(),
              endsAt: part.end.toISOString(),
              summary: part.summary,
              location: part.location || null,
              description: part.description || null,
              status: part.status!,
            },
          ]
        : [],
    ),
  );
