import { randomUUID } from "node:crypto";
import { Campaign, CampaignStaff } from "../../src/features/campaigns/index.js";
import { City } from "../../src/features/cities/index.js";
import {
  Event,
  EventHost,
  EventRole,
  EventRoleAssignment,
  EventType,
  LocationPrecision,
  ReviewStatus,
  spanOf,
  Visibility,
  AccessibilityStatus,
  HostRole,
  HostStatus,
} from "../../src/features/events/index.js";
import { Membership, MembershipRole, Organization, OrganizationKind } from "../../src/features/organizations/index.js";
import { Session, SiteStaff, personWith } from "../../src/features/people/index.js";
import { Shift } from "../../src/features/shifts/index.js";
import { newContext, type Services } from "../../src/platform/context.js";
import { fromGlobalId, newId, toGlobalId } from "../../src/platform/database/ids.js";
import { transact } from "../../src/platform/database/transact.js";
import { newToken, tokenHash } from "../../src/platform/secrets.js";
import type { Person } from "./world.js";

interface Made {
  id: string;
  slug: string;
}

/** Builders that invent whatever a test doesn't name; ids are those that clients use. */
export function makeFactories(services: () => Services) {
  const raw = (type: string, id: string): string => fromGlobalId(type, id, "id");

  async function person(): Promise<Person> {
    const { db, now } = services();
    const email = `person-${randomUUID()}@rallygraph.example`;
    const ctx = newContext(services(), { viewer: null, requestId: "test", address: "" });
    const id = await transact(ctx, "test", (tx) => personWith(tx, email));
    const token = newToken();
    const expiresAt = new Date(now().getTime() + 30 * 24 * 3_600_000);
    await db.insert(Session, { id: newId(), tokenHash: tokenHash(token), personId: id, createdAt: now(), expiresAt });
    return { id, email, token };
  }

  async function campaign(fields: Partial<Campaign> = {}): Promise<Made> {
    const id = newId();
    const slug = `campaign-${id.slice(0, 8)}`;
    const startsOn = fields.startsOn ?? "2026-01-23";
    await services().db.insert(Campaign, {
      id,
      slug,
      title: "A day of action",
      startsOn,
      endsOn: startsOn,
      createdAt: new Date(),
      ...fields,
    });
    return { id: toGlobalId("Campaign", id), slug };
  }

  async function staff(of: Made): Promise<Person> {
    const someone = await person();
    await services().db.insert(CampaignStaff, { campaignId: raw("Campaign", of.id), personId: someone.id });
    return someone;
  }

  async function siteStaff(): Promise<Person> {
    const someone = await person();
    await services().db.insert(SiteStaff, { personId: someone.id });
    return someone;
  }

  async function organization(): Promise<Made> {
    const id = newId();
    const slug = `organization-${id.slice(0, 8)}`;
    await services().db.insert(Organization, {
      id,
      slug,
      name: `Organization ${id.slice(0, 4)}`,
      kind: OrganizationKind.UNION,
      createdAt: new Date(),
    });
    return { id: toGlobalId("Organization", id), slug };
  }

  async function member(of: Made, role = MembershipRole.MEMBER): Promise<Person> {
    const someone = await person();
    await services().db.insert(Membership, { organizationId: raw("Organization", of.id), personId: someone.id, role });
    return someone;
  }

  async function city(slug = "minneapolis-mn"): Promise<City & { globalId: string }> {
    const found = await services().db.findOneByOrFail(City, { slug });
    return Object.assign(found, { globalId: toGlobalId("City", found.id) });
  }

  interface EventFields extends Partial<Omit<Event, "campaign" | "city" | "hosts">> {
    campaign?: Made;
    city?: string;
    host?: Made;
    createdByPerson?: Person;
  }

  /** An approved public rally, on January 23 in Minneapolis unless told. */
  async function event({
    campaign: of,
    city: slug,
    host,
    createdByPerson,
    ...fields
  }: EventFields = {}): Promise<Made> {
    const place = await city(slug);
    const id = newId();
    const startsAt = fields.startsAt === undefined ? new Date("2026-01-23T17:00:00Z") : fields.startsAt;
    const endsAt = fields.endsAt === undefined ? new Date("2026-01-23T21:00:00Z") : fields.endsAt;
    const startsOn = fields.startsOn ?? "2026-01-23";
    await services().db.insert(Event, {
      id,
      campaignId: raw("Campaign", (of ?? (await campaign())).id),
      cityId: place.id,
      createdBy: createdByPerson?.id ?? null,
      type: EventType.RALLY,
      title: `Rally ${id.slice(0, 8)}`,
      startsOn,
      startsAt,
      endsAt,
      ...spanOf(startsOn, startsAt, endsAt, place.timeZone),
      timeZone: place.timeZone,
      locality: place.name,
      region: place.region,
      country: place.country,
      publicLatitude: place.latitude,
      publicLongitude: place.longitude,
      locationPrecision: LocationPrecision.EXACT,
      visibility: Visibility.PUBLIC,
      review: ReviewStatus.APPROVED,
      accessibility: AccessibilityStatus.NOT_SURE,
      createdAt: new Date(),
      updatedAt: new Date(),
      ...fields,
    });
    if (host)
      await services().db.insert(EventHost, {
        eventId: id,
        organizationId: raw("Organization", host.id),
        role: HostRole.LEAD,
        status: HostStatus.ACCEPTED,
        invitedAt: null,
      });
    return { id: toGlobalId("Event", id), slug: "" };
  }

  /** Asks an organization to co-host. */
  async function invited(at: Made, organizationMade: Made): Promise<void> {
    await services().db.insert(EventHost, {
      eventId: raw("Event", at.id),
      organizationId: raw("Organization", organizationMade.id),
      role: HostRole.CO_HOST,
      status: HostStatus.INVITED,
      invitedAt: services().now(),
    });
  }

  async function withRole(role: EventRole, at: Made): Promise<Person> {
    const someone = await person();
    await services().db.insert(EventRoleAssignment, { eventId: raw("Event", at.id), personId: someone.id, role });
    return someone;
  }

  interface ShiftFields extends Partial<Omit<Shift, "event">> {
    event?: Made;
  }

  /** A shift in the hours of the rally. */
  async function shift({ event: at, ...fields }: ShiftFields = {}): Promise<string> {
    const id = newId();
    await services().db.insert(Shift, {
      id,
      eventId: raw("Event", (at ?? (await event())).id),
      role: "MARSHAL" as never,
      startsAt: new Date("2026-01-23T18:00:00Z"),
      endsAt: new Date("2026-01-23T20:00:00Z"),
      minimum: 1,
      capacity: 10,
      taken: 0,
      ...fields,
    });
    return toGlobalId("Shift", id);
  }

  return {
    person,
    peacekeeper: person,
    campaign,
    staff,
    siteStaff,
    organization,
    member,
    admin: (of: Made) => member(of, MembershipRole.ADMIN),
    city,
    event,
    invited,
    coordinator: (at: Made) => withRole(EventRole.COORDINATOR, at),
    reporter: (at: Made) => withRole(EventRole.REPORTER, at),
    shift,
  };
}
