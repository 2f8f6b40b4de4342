import { onClock } from "../../platform/time.js";
import type { PublicEvent, PublicField } from "./event.js";

const times: PublicField[] = ["startsOn", "endsOn", "startsAt", "endsAt", "timeZone"];

/** What of an event its JSON-LD says. */
export const linkedFields: PublicField[] = [
  ...times,
  ...(["id", "url", "title", "description", "occurrence", "onlineUrl", "languages", "identifiers"] as const),
  ...(["city", "campaign", "organization", "coHosts", "place", "updatedAt"] as const),
];

/** When the event was to begin before it was moved, the latest first. */
export interface Earlier {
  startsOn: string;
  startsAt: string | null;
  timeZone: string;
}

/** An event as schema.org has it. */
export const linkedData = (event: PublicEvent, [earlier]: Earlier[]): string =>
  JSON.stringify({
    "@context": "https://schema.org",
    "@type": "Event",
    "@id": event.url,
    identifier: [event.id, ...event.identifiers],
    url: event.url,
    name: event.title,
    description: event.description ?? undefined,
    startDate: instant(event.startsAt, event) ?? event.startsOn,
    endDate: instant(event.endsAt, event) ?? (event.startsAt ? undefined : event.endsOn),
    previousStartDate: earlier && (instant(earlier.startsAt, earlier) ?? earlier.startsOn),
    eventStatus: `https://schema.org/${statuses[event.occurrence]}`,
    eventAttendanceMode: `https://schema.org/${modeOf(event)}`,
    location: locationsOf(event),
    organizer: hostsOf(event),
    superEvent: event.campaign ? { "@type": "Event", name: event.campaign.title } : undefined,
    inLanguage: event.languages.length > 0 ? event.languages : undefined,
    dateModified: event.updatedAt,
  });

const statuses: Record<PublicEvent["occurrence"], string> = {
  SCHEDULED: "EventScheduled",
  TENTATIVE: "EventScheduled",
  RESCHEDULED: "EventRescheduled",
  POSTPONED: "EventPostponed",
  MOVED_ONLINE: "EventMovedOnline",
  CANCELLED: "EventCancelled",
};

/** On the clock of the place: search engines show the time as it is written. */
function instant(at: string | null, { timeZone }: Pick<PublicEvent, "timeZone">): string | undefined {
  if (at === null) return undefined;
  const [local] = onClock([new Date(at)], timeZone) ?? [];
  return local?.toString({ timeZoneName: "never" }) ?? at;
}

const isOnlyOnline = ({ occurrence }: PublicEvent): boolean => occurrence === "MOVED_ONLINE";

function modeOf(event: PublicEvent): string {
  if (isOnlyOnline(event)) return "OnlineEventAttendanceMode";
  return event.onlineUrl ? "MixedEventAttendanceMode" : "OfflineEventAttendanceMode";
}

function locationsOf(event: PublicEvent): object[] {
  const online = event.onlineUrl ? [{ "@type": "VirtualLocation", url: event.onlineUrl }] : [];
  // Where it moved online, nobody gathers at the place.
  return isOnlyOnline(event) && online.length > 0 ? online : [placeOf(event), ...online];
}

const placeOf = ({ place, city }: PublicEvent): object => ({
  "@type": "Place",
  name: place.venue ?? city.name,
  address: {
    "@type": "PostalAddress",
    streetAddress: place.addressLines.join(", ") || undefined,
    addressLocality: place.locality ?? undefined,
    addressRegion: place.region ?? undefined,
    postalCode: place.postalCode ?? undefined,
    addressCountry: place.country,
  },
  geo: place.pointOf === "PLACE" ? coordinates(place) : undefined,
});

const coordinates = ({ latitude, longitude }: PublicEvent["place"]): object => ({
  "@type": "GeoCoordinates",
  latitude,
  longitude,
});

function hostsOf({ organization, coHosts }: PublicEvent): object[] | undefined {
  const hosts = organization ? [organization, ...coHosts] : coHosts;
  return hosts.length > 0 ? hosts.map(organizer) : undefined;
}

const organizer = ({ id, name }: { id: string; name: string }): object => ({
  "@type": "Organization",
  identifier: id,
  name,
});
