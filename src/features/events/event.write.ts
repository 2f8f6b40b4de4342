import { In } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { City } from "../cities/index.js";
import { eventChanged, eventWritten } from "./event.changes.js";
import { EventHost } from "./event.host.js";
import { Event, type EventRow } from "./event.js";
import { tellFollowers } from "./event.followers.js";
import { isPublicEvent } from "./event.policy.js";
import { searchTextOf } from "./event.search.js";
import { isOfTrusted } from "./event.trust.js";
import { type EventFactsTold, EventVersion } from "./event.records.js";
import { eventChange } from "./notice.letters.js";
import { HostRole, HostStatus, ReviewStatus } from "./event.values.js";

/** What hosts change: each change is a new version. True: staff look at it again when it changes after the approval. */
const content = {
  type: false,
  title: true,
  description: true,
  visibility: true,
  cityId: true,
  startsOn: true,
  startsAt: true,
  endsAt: true,
  timeZone: true,
  venue: true,
  addressLines: true,
  locality: true,
  postalCode: true,
  latitude: true,
  longitude: true,
  accuracyMeters: false,
  marchRoute: true,
  locationPrecision: false,
  exactAfterRsvp: false,
  accessibility: false,
  accessibilityNotes: false,
  languages: false,
  whatToBring: false,
  permitStatus: false,
  contactSealed: false,
  contactPublic: false,
  occurrence: false,
  occurrenceReason: false,
  onlineUrl: true,
  record: false,
} satisfies Partial<Record<keyof EventRow, boolean>>;

/** The names that those fields have in the API; the kind of record is in the act itself. */
const namesOf = (edited: (keyof typeof content)[]): string[] =>
  edited.filter((name) => name !== "record").map((name) => (name === "contactSealed" ? "contact" : name));

const isContent = (name: string): name is keyof typeof content => name in content;

/** What is written of a new event beside what was said of it. */
export type NewEvent = Omit<EventRow, "version" | "everPublic" | "searchText" | "createdAt" | "updatedAt">;

/** Writes a new event as its first version, and the organization that leads it. */
export async function insertEvent(tx: Transaction, event: NewEvent, leadId: string | null = null): Promise<EventRow> {
  const [first] = await insertEvents(tx, [event], leadId);
  await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId, leadId] });
  return first!;
}

/** Writes many by as few statements as one; the caller audits what they are together. */
export async function insertEvents(
  tx: Transaction,
  events: NewEvent[],
  leadId: string | null = null,
): Promise<EventRow[]> {
  if (events.length === 0) return [];
  const cities = await citiesOf(tx, events);
  const rows = events.map((event) => ({
    ...event,
    version: 1,
    everPublic: isPublicEvent(event),
    searchText: searchTextOf(event, cities.get(event.cityId)!),
    createdAt: tx.now(),
    updatedAt: tx.now(),
  }));
  await tx.db.insert(Event, rows);
  if (leadId) await insertLead(tx, rows, leadId);
  await addVersions(tx, rows, cities, []);
  for (const row of rows) eventChanged(tx, row, ChangeKind.CREATED);
  for (const hears of onInsert) await hears(tx, rows);
  return rows;
}

const insertLead = (tx: Transaction, events: EventRow[], organizationId: string): Promise<unknown> =>
  tx.db.insert(
    EventHost,
    events.map(({ id: eventId }) => ({
      eventId,
      organizationId,
      role: HostRole.LEAD,
      status: HostStatus.ACCEPTED,
      invitedAt: null,
    })),
  );

/** Higher features hear of new events, in their transaction. */
export const onInsert: ((tx: Transaction, events: EventRow[]) => Promise<void>)[] = [];

/** What higher features have at an event follows it: they hear of each change, in its transaction. */
export const onWrite: ((tx: Transaction, before: EventRow, after: EventRow) => Promise<void>)[] = [];

/**
 * Writes what is different, and all that goes with it: the version, what staff have to look at again, the change log,
 * the audit trail. Every change of an event passes here. Returns the event as it is now.
 */
export async function writeEvent(tx: Transaction, event: EventRow, patch: Partial<EventRow>): Promise<EventRow> {
  const changed = (Object.keys(patch) as (keyof EventRow)[]).filter((name) => differs(event[name], patch[name]));
  if (changed.length === 0) return event;
  const edited = changed.filter(isContent);
  const next: EventRow = {
    ...event,
    ...patch,
    version: event.version + (edited.length > 0 ? 1 : 0),
    updatedAt: tx.now(),
  };
  next.everPublic ||= isPublicEvent(next);
  const cities = edited.length > 0 ? await citiesOf(tx, [next]) : new Map<string, City>();
  if (edited.length > 0) next.searchText = searchTextOf(next, cities.get(next.cityId)!);
  Object.assign(next, await toReview(tx, next, edited));
  const { version, updatedAt, everPublic, searchText, unreviewedFields, waitingSince } = next;
  const derived = { version, updatedAt, everPublic, searchText, unreviewedFields, waitingSince };
  await tx.db.update(Event, { id: event.id }, { ...patch, ...derived });
  if (edited.length > 0) await addVersions(tx, [next], cities, namesOf(edited));
  eventWritten(tx, event, next);
  await tellFollowersOf(tx, event, next);
  for (const follows of onWrite) await follows(tx, event, next);
  await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId], fields: namesOf(edited) });
  return next;
}

/** Changes after the approval that staff have to look at: not their own, nor those of an organization that they trust. */
async function toReview(tx: Transaction, next: EventRow, edited: (keyof typeof content)[]): Promise<Partial<EventRow>> {
  const fresh = edited.filter((name) => content[name]);
  if (next.review !== ReviewStatus.APPROVED || fresh.length === 0) return {};
  if (next.campaignId && tx.viewer?.staffOf.includes(next.campaignId)) return {};
  if (await isOfTrusted(tx, next)) return {};
  const unreviewedFields = [...new Set([...next.unreviewedFields, ...fresh])];
  return { unreviewedFields, waitingSince: next.waitingSince ?? tx.now() };
}

/** Followers hear of what is published only: whatever they do not know by then is in one letter. */
async function tellFollowersOf(tx: Transaction, before: EventRow, after: EventRow): Promise<void> {
  if (after.review !== ReviewStatus.APPROVED) return;
  if (before.review === after.review && before.version === after.version) return;
  const { id: eventId, version } = after;
  await tellFollowers(tx, eventId, eventChange, String(version), { eventId, version });
}

type Cities = ReadonlyMap<string, City>;

async function citiesOf(tx: Transaction, events: Pick<EventRow, "cityId">[]): Promise<Cities> {
  const cities = await tx.db.findBy(City, { id: In(events.map((event) => event.cityId)) });
  return new Map(cities.map((city) => [city.id, city]));
}

async function addVersions(tx: Transaction, events: EventRow[], cities: Cities, changed: string[]): Promise<void> {
  const versions = events.map((event) => ({
    eventId: event.id,
    version: event.version,
    at: tx.now(),
    changed,
    facts: factsOf(event, cities.get(event.cityId)!) as object,
  }));
  await tx.db.insert(EventVersion, versions);
}

const factsOf = (event: EventRow, city: City): EventFactsTold => ({
  title: event.title,
  startsOn: event.startsOn,
  startsAt: event.startsAt?.toISOString() ?? null,
  endsAt: event.endsAt?.toISOString() ?? null,
  timeZone: event.timeZone,
  place: [event.venue, ...event.addressLines, event.postalCode].filter(Boolean).join(", ") || null,
  city: `${city.name}, ${city.region}`,
  precision: event.locationPrecision,
  occurrence: event.occurrence,
  occurrenceReason: event.occurrenceReason,
  onlineUrl: event.onlineUrl,
  record: event.record,
});

function differs(one: unknown, other: unknown): boolean {
  if (other === undefined) return false;
  return JSON.stringify(one) !== JSON.stringify(other);
}
