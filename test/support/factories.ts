import { randomUUID } from "node:crypto";
import { Campaign, CampaignStaff, CampaignStatus } from "../../src/features/campaigns/index.js";
import { City } from "../../src/features/cities/index.js";
import {
  blankEvent,
  Event as EventRow,
  type Event,
  EventFollow,
  EventHost,
  FollowReason,
  EventRole,
  EventRoleAssignment,
  EventType,
  LocationPrecision,
  publicPlace,
  ReviewStatus,
  insertEvents,
  spanOf,
  HostRole,
  HostStatus,
} from "../../src/features/events/index.js";
import {
  insertOrganization,
  Membership,
  MembershipRole,
  Organization,
  OrganizationKind,
} from "../../src/features/organizations/index.js";
import { personWith, Session, SiteStaff } from "../../src/features/people/index.js";
import { QualificationKind, Training } from "../../src/features/qualifications/index.js";
import { Shift } from "../../src/features/shifts/index.js";
import { newContext, type Services } from "../../src/platform/context.js";
import { fromGlobalId, newId, toGlobalId } from "../../src/platform/database/ids.js";
import { transact } from "../../src/platform/database/transact.js";
import { newToken, tokenHash } from "../../src/platform/secrets.js";
import { localDate } from "../../src/platform/time.js";
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

  const peacekeepers: string[] = [];

  /** Somebody whose claims need no confirmation at any campaign of this world. */
  async function peacekeeper(who?: Person): Promise<Person> {
    const someone = who ?? (await person());
    peacekeepers.push(someone.id);
    await services().db.query(
      `INSERT INTO known_peacekeepers (scope_id, person_id, since) SELECT id, $1, $2 FROM campaigns ON CONFLICT DO NOTHING`,
      [someone.id, services().now()],
    );
    return someone;
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
      status: CampaignStatus.OPEN,
      createdAt: new Date(),
      ...fields,
    });
    await services().db.query(
      "INSERT INTO known_peacekeepers (scope_id, person_id, since) SELECT $1, id, $2 FROM people WHERE id = ANY ($3)",
      [id, services().now(), peacekeepers],
    );
    return { id: toGlobalId("Campaign", id), slug };
  }

  async function staff(of: Made, who?: Person): Promise<Person> {
    const someone = who ?? (await person());
    await services().db.insert(CampaignStaff, { campaignId: raw("Campaign", of.id), personId: someone.id });
    return someone;
  }

  async function organization(fields: Partial<Organization> = {}): Promise<Made> {
    const unique = randomUUID();
    const slug = `organization-${unique.slice(0, 8)}`;
    const ctx = newContext(services(), { viewer: null, requestId: "test", address: "" });
    const name = fields.name ?? `Organization ${unique}`;
    const id = await transact(ctx, "test", (tx) =>
      insertOrganization(tx, { slug, name, kind: OrganizationKind.UNION }),
    );
    await services().db.update(Organization, { id }, { name, ...fields });
    return { id: toGlobalId("Organization", id), slug };
  }

  async function member(of: Made, role = MembershipRole.MEMBER, who?: Person): Promise<Person> {
    const someone = who ?? (await person());
    const organizationId = raw("Organization", of.id);
    const since = services().now();
    await services().db.insert(Membership, { organizationId, personId: someone.id, role, since });
    return someone;
  }

  async function siteStaff(who?: Person): Promise<Person> {
    const someone = who ?? (await person());
    await services().db.insert(SiteStaff, { personId: someone.id });
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
    const startsOn = fields.startsOn ?? (startsAt ? localDate(startsAt, place.timeZone) : "2026-01-23");
    const campaignId = raw("Campaign", (of ?? (await campaign())).id);
    const precision = fields.locationPrecision ?? LocationPrecision.EXACT;
    const ctx = newContext(services(), { viewer: null, requestId: "test", address: "" });
    await transact(ctx, "test", (tx) =>
      insertEvents(tx, [
        {
          ...blankEvent(place, campaignId, createdByPerson?.id ?? null),
          id,
          type: EventType.RALLY,
          title: `Rally ${id.slice(0, 8)}`,
          startsOn,
          startsAt,
          endsAt,
          ...spanOf(startsOn, startsAt, endsAt, place.timeZone),
          timeZone: place.timeZone,
          ...publicPlace(precision, { latitude: fields.latitude ?? null, longitude: fields.longitude ?? null }, place),
          review: ReviewStatus.APPROVED,
          ...fields,
        },
      ]),
    );
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

  /** So many of a kind, in one transaction. */
  async function events(count: number): Promise<void> {
    const first = await services().db.findOneByOrFail(EventRow, { id: raw("Event", (await event()).id) });
    const ctx = newContext(services(), { viewer: null, requestId: "test", address: "" });
    const others = Array.from({ length: count - 1 }, () => Object.assign({}, first, { id: newId() }));
    await transact(ctx, "test", (tx) => insertEvents(tx, others));
  }

  const helping = (status: HostStatus) => async (at: Made, of: Made) =>
    void (await services().db.insert(EventHost, {
      eventId: raw("Event", at.id),
      organizationId: raw("Organization", of.id),
      role: HostRole.CO_HOST,
      status,
      invitedAt: services().now(),
    }));

  const told = (because: FollowReason) => async (at: Made, by: Person) =>
    void (await services().db.insert(EventFollow, {
      eventId: raw("Event", at.id),
      personId: by.id,
      because,
      since: services().now(),
      toldVersion: 1,
    }));

  /** Somebody who is told of an event's changes from its first version on. */
  async function follower(at: Made, someone?: Person): Promise<Person> {
    const who = someone ?? (await person());
    await told(FollowReason.FOLLOW)(at, who);
    return who;
  }

  /** Many, who never sign in. */
  async function followers(at: Made, count: number): Promise<void> {
    const ctx = newContext(services(), { viewer: null, requestId: "test", address: "" });
    await transact(ctx, "test", async (tx) => {
      for (let n = 0; n < count; n++)
        await tx.db.insert(EventFollow, {
          eventId: raw("Event", at.id),
          personId: await personWith(tx, `person-${randomUUID()}@rallygraph.example`),
          because: FollowReason.FOLLOW,
          since: services().now(),
          toldVersion: 1,
        });
    });
  }

  async function withRole(role: EventRole, at: Made, who?: Person): Promise<Person> {
    const someone = who ?? (await person());
    await services().db.insert(EventRoleAssignment, { eventId: raw("Event", at.id), personId: someone.id, role });
    return someone;
  }

  /** What an event clears for, whatever else it is. */
  async function training(at: Made, of: Made): Promise<void> {
    await services().db.insert(Training, {
      eventId: raw("Event", at.id),
      kind: QualificationKind.FIRST_AID,
      organizationId: raw("Organization", of.id),
      validDays: 365,
    });
  }

  interface ShiftFields extends Partial<Omit<Shift, "event" | "eligibility" | "staffing" | "waiting">> {
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
    peacekeeper,
    campaign,
    staff,
    siteStaff,
    organization,
    member,
    owner: (of: Made, who?: Person) => member(of, MembershipRole.OWNER, who),
    admin: (of: Made, who?: Person) => member(of, MembershipRole.ADMIN, who),
    city,
    event,
    events,
    invited: helping(HostStatus.INVITED),
    coHost: helping(HostStatus.ACCEPTED),
    /** Confirms a person's RSVP, or place on a shift, as far as the event's place is concerned. */
    confirmedRsvp: told(FollowReason.RSVP),
    confirmedPlace: told(FollowReason.SHIFT),
    coordinator: (at: Made, who?: Person) => withRole(EventRole.COORDINATOR, at, who),
    reporter: (at: Made, who?: Person) => withRole(EventRole.REPORTER, at, who),
    shift,
    training,
    follower,
    followers,
  };
}
