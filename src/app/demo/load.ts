import {
  Campaign,
  CampaignStaff,
  CampaignStatus,
  Demand,
  Endorsement,
  EndorsementParty,
  EndorsementStatus,
  EndorsementStep,
} from "../../features/campaigns/index.js";
import { City } from "../../features/cities/index.js";
import {
  blankEvent,
  Event,
  insertEvent,
  EventRole,
  EventRoleAssignment,
  EventType,
  ReviewStatus,
  spanOf,
} from "../../features/events/index.js";
import {
  insertOrganization,
  Membership,
  MembershipRole,
  OrganizationKind,
} from "../../features/organizations/index.js";
import { personWith, SiteStaff } from "../../features/people/index.js";
import { addReport, TurnoutSource, voiceOf } from "../../features/turnout/index.js";
import { newContext, type Services } from "../../platform/context.js";
import { newId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import source from "./january-23.json";

type Ids = Map<string, string>;

/** One account for each role; sign in with the code in the outbox. */
export const demoAccounts = {
  siteStaff: "site-staff@january-23.example",
  staff: "staff@january-23.example",
  owner: "owner@january-23.example",
  admin: "admin@january-23.example",
  member: "member@january-23.example",
  coordinator: "coordinator@january-23.example",
  reporter: "reporter@january-23.example",
  peacekeeper: "peacekeeper@january-23.example",
};
const demoOrganization = "mrlf-afl-cio";
const demoEvent = "minneapolis-2026-01-23";

/** Loads January 23 once: what the published texts print, and nothing else. */
export async function loadDemo(services: Services): Promise<void> {
  const ctx = newContext(services, { viewer: null, requestId: "demo", address: "" });
  await transact(ctx, "demo", async (tx) => {
    const first: unknown[] = await tx.db.query(
      `INSERT INTO settings (name, value) VALUES ('demo_loaded', 'january-23') ON CONFLICT DO NOTHING RETURNING name`,
    );
    if (first.length === 0) return;
    const organizations = await insertOrganizations(tx);
    const campaignId = await insertCampaign(tx, organizations);
    const events = await insertEvents(tx, campaignId);
    await insertReports(tx, events);
    await insertAccounts(tx, campaignId, organizations.get(demoOrganization)!, events.get(demoEvent)!);
  });
}

const kinds: Record<string, OrganizationKind> = {
  union: OrganizationKind.UNION,
  federation: OrganizationKind.FEDERATION,
  faith: OrganizationKind.CONGREGATION,
  community: OrganizationKind.COMMUNITY_GROUP,
  coalition: OrganizationKind.COALITION,
  political: OrganizationKind.POLITICAL_GROUP,
};

async function insertOrganizations(tx: Transaction): Promise<Ids> {
  const ids: Ids = new Map();
  for (const { slug, name, kind, note } of source.organizations) {
    const printed = note === "Printed as 'the worker center'." ? OrganizationKind.WORKER_CENTER : kinds[kind];
    ids.set(slug, await insertOrganization(tx, { slug, name, kind: printed ?? OrganizationKind.OTHER }));
  }
  return ids;
}

async function insertCampaign(tx: Transaction, organizations: Ids): Promise<string> {
  const { slug, title, date, statewide_call: callToAction, demands } = source.campaign;
  const campaignId = newId();
  await tx.db.insert(Campaign, {
    id: campaignId,
    slug,
    title,
    callToAction,
    startsOn: date,
    endsOn: date,
    status: CampaignStatus.OPEN,
    createdAt: tx.now(),
  });
  await tx.db.insert(
    Demand,
    demands.map(({ order, text }) => ({ id: newId(), campaignId, rank: order, text })),
  );
  const dates = new Map(
    source.related_dates.filter((d) => d.kind === "endorsement").map((d) => [d.organization, d.date]),
  );
  const endorsers = source.organizations.filter(({ relation }) => relation === "endorser");
  const status = EndorsementStatus.ENDORSED;
  const endorsements = endorsers.map(({ slug: endorser }) => ({
    id: newId(),
    campaignId,
    organizationId: organizations.get(endorser)!,
    status,
    endorsedOn: dates.get(endorser) ?? null,
  }));
  await tx.db.insert(Endorsement, endorsements);
  await tx.db.insert(
    EndorsementStep,
    endorsements.map(({ id }) => ({ endorsementId: id, number: 1, status, party: EndorsementParty.ORGANIZATION })),
  );
  return campaignId;
}

const types: Record<string, EventType> = {
  solidarity_rally: EventType.RALLY,
  mass_protest: EventType.DEMONSTRATION,
  rally: EventType.RALLY,
  press_conference: EventType.PRESS_CONFERENCE,
};

/** An event is in a city and on a day: the two of the source that print no city, or only a month, are left out. */
async function insertEvents(tx: Transaction, campaignId: string): Promise<Ids> {
  const ids: Ids = new Map();
  for (const event of source.events) {
    if (!event.city || !event.date) continue;
    const printed = source.cities.find(({ slug }) => slug === event.city)!;
    const city = await tx.db.findOneByOrFail(City, { geonameId: printed.geoname_id });
    const id = newId();
    ids.set(event.slug, id);
    await insertEvent(tx, {
      ...blankEvent(city, event.campaign ? campaignId : null, null),
      id,
      type: types[event.kind] ?? EventType.OTHER,
      title: printedTitle(event.kind, city.name),
      startsOn: event.date,
      startsAt: null,
      endsAt: null,
      timeZone: city.timeZone,
      ...spanOf(event.date, null, null, city.timeZone),
      venue: event.venue,
      review: ReviewStatus.APPROVED,
    });
  }
  return ids;
}

/** The texts print no titles of rallies: the kind and the city say what they are. */
const printedTitle = (kind: string, city: string): string =>
  kind === "day_of_action"
    ? "Day of Truth and Freedom"
    : `${kind.replaceAll("_", " ").replace(/^./, (c) => c.toUpperCase())} in ${city}`;

async function insertReports(tx: Transaction, events: Ids): Promise<void> {
  for (const { event: slug, low, high } of source.turnout_reports) {
    const event = await tx.db.findOneByOrFail(Event, { id: events.get(slug)! });
    const voice = { reporterId: await voiceOf(tx, event, null), source: TurnoutSource.PRESS };
    // Only the day is printed: it was seen by the end of it.
    const observedAt = new Date(Math.min(event.spanEndsAt.getTime(), tx.now().getTime()));
    await addReport(tx, event, voice, { low, high, observedAt });
  }
}

async function insertAccounts(
  tx: Transaction,
  campaignId: string,
  organizationId: string,
  eventId: string,
): Promise<void> {
  const person = (account: keyof typeof demoAccounts): Promise<string> => personWith(tx, demoAccounts[account]);
  await tx.db.insert(SiteStaff, { personId: await person("siteStaff") });
  await tx.db.insert(CampaignStaff, { campaignId, personId: await person("staff") });
  const since = tx.now();
  await tx.db.insert(Membership, [
    { organizationId, personId: await person("owner"), role: MembershipRole.OWNER, since },
    { organizationId, personId: await person("admin"), role: MembershipRole.ADMIN, since },
    { organizationId, personId: await person("member"), role: MembershipRole.MEMBER, since },
  ]);
  await tx.db.insert(EventRoleAssignment, {
    eventId,
    personId: await person("coordinator"),
    role: EventRole.COORDINATOR,
  });
  await tx.db.insert(EventRoleAssignment, { eventId, personId: await person("reporter"), role: EventRole.REPORTER });
  await person("peacekeeper");
}
