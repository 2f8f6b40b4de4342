import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { tidy } from "../../platform/graphql/text.js";
import { Campaign, canSeeCampaign, checkOpen } from "../campaigns/index.js";
import { City } from "../cities/index.js";
import { accessEnded, findPerson, personWith } from "../people/index.js";
import { eventChanged } from "./event.changes.js";
import type { DraftEventInput, EventRoleInput } from "./event.inputs.js";
import { Event, EventHost, EventRoleAssignment } from "./event.js";
import { canManage, canSee, type EventFacts, isStaff } from "./event.policy.js";
import { timesOf } from "./event.times.js";
import { HostRole, LocationPrecision, ReviewStatus } from "./event.values.js";

export interface EventAnswer {
  eventId: string;
}

/** Makes a draft: seen by those who may edit it and the campaign's staff, by nobody else. */
export function draftEvent(ctx: Context, input: DraftEventInput): Promise<EventAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "draftEvent", input, async (tx) => {
    const campaign = await tx.db.findOneBy(Campaign, {
      id: fromGlobalId("Campaign", input.campaignId, "input.campaignId"),
    });
    if (!campaign || !canSeeCampaign(viewer, campaign))
      throw badInput("input.campaignId", "is not the id of a campaign; see `campaigns`");
    checkOpen(campaign.status);
    const city = await tx.db.findOneBy(City, { id: fromGlobalId("City", input.cityId, "input.cityId") });
    if (!city) throw badInput("input.cityId", "is not the id of a city; see `cities`");
    const organizationId = input.organizationId
      ? fromGlobalId("Organization", input.organizationId, "input.organizationId")
      : null;
    if (organizationId)
      allow(viewer.adminOf.includes(organizationId), "host in the name of this organization: you are not its admin");
    const event = { id: newId(), campaignId: campaign.id, cityId: city.id };
    await tx.db.insert(Event, {
      ...event,
      ...timesOf(input, input.timeZone ?? city.timeZone),
      ...placeOf(input, city),
      createdBy: viewer.personId,
      type: input.type,
      title: tidy(input.title)!,
      description: tidy(input.description),
      visibility: input.visibility,
      review: ReviewStatus.DRAFT,
      accessibility: input.accessibility,
      accessibilityNotes: tidy(input.accessibilityNotes),
      createdAt: tx.now(),
      updatedAt: tx.now(),
    });
    if (organizationId) await tx.db.insert(EventHost, { eventId: event.id, organizationId, role: HostRole.LEAD });
    eventChanged(tx, event, ChangeKind.CREATED);
    return { eventId: event.id };
  });
}

function placeOf(input: DraftEventInput, city: City): Partial<Event> {
  const { latitude = null, longitude = null } = input;
  if ((latitude === null) !== (longitude === null))
    throw badInput(
      latitude === null ? "input.latitude" : "input.longitude",
      "is missing: give both coordinates or none",
    );
  const shown = input.locationPrecision === LocationPrecision.EXACT && latitude !== null && longitude !== null;
  return {
    venue: tidy(input.venue),
    addressLines: (input.addressLines ?? []).map(tidy).filter((line) => line !== null),
    locality: tidy(input.locality) ?? city.name,
    region: city.region,
    postalCode: tidy(input.postalCode),
    country: city.country,
    latitude,
    longitude,
    publicLatitude: shown ? latitude : city.latitude,
    publicLongitude: shown ? longitude : city.longitude,
    locationPrecision: input.locationPrecision,
  };
}

/** Hands a draft to the campaign's staff. */
export const submitEvent = (ctx: Context, input: ReviewInput): Promise<EventAnswer> =>
  review(ctx, "submitEvent", input, {
    from: ReviewStatus.DRAFT,
    to: ReviewStatus.IN_REVIEW,
    otherwise: ["Only a draft can be submitted; this event is already past that.", ErrorReason.EVENT_NOT_DRAFT],
    kind: ChangeKind.UPDATED,
    may: canManage,
    what: "submit this event",
  });

/** Publishes an event that waits for review. */
export const approveEvent = (ctx: Context, input: ReviewInput): Promise<EventAnswer> =>
  review(ctx, "approveEvent", input, {
    from: ReviewStatus.IN_REVIEW,
    to: ReviewStatus.APPROVED,
    otherwise: ["Only an event in review can be approved.", ErrorReason.EVENT_NOT_IN_REVIEW],
    kind: ChangeKind.PUBLISHED,
    may: isStaff,
    what: "approve this event: only staff of its campaign may",
  });

interface ReviewInput extends Repeatable {
  eventId: string;
}

interface Step {
  from: ReviewStatus;
  to: ReviewStatus;
  otherwise: [message: string, reason: ErrorReason];
  kind: ChangeKind;
  may: typeof canManage;
  what: string;
}

function review(ctx: Context, operation: string, input: ReviewInput, step: Step): Promise<EventAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", input.eventId, "input.eventId"));
    allow(step.may(viewer, event), step.what);
    // Said again, it is already so: a second tap is harmless.
    if (event.review === step.to) return { eventId: event.id };
    if (event.review !== step.from) throw new Refusal("CONFLICT", step.otherwise[0], { reason: step.otherwise[1] });
    await tx.db.update(Event, { id: event.id }, { review: step.to, updatedAt: tx.now() });
    eventChanged(tx, event, step.kind);
    return { eventId: event.id };
  });
}

/** Gives a person a role at an event; says the same whether the address has an account or not. */
export function assignEventRole(ctx: Context, input: EventRoleInput): Promise<EventAnswer> {
  return changeRole(ctx, "assignEventRole", input, async (tx, eventId) => {
    const assignment = { eventId, personId: await personWith(tx, input.email), role: input.role };
    await tx.db.createQueryBuilder().insert().into(EventRoleAssignment).values(assignment).orIgnore().execute();
  });
}

/** Takes a role away, at once: requests are refused and subscriptions end. */
export function removeEventRole(ctx: Context, input: EventRoleInput): Promise<EventAnswer> {
  return changeRole(ctx, "removeEventRole", input, async (tx, eventId) => {
    const personId = await findPerson(tx, input.email);
    if (!personId) return;
    await tx.db.delete(EventRoleAssignment, { eventId, personId, role: input.role });
    accessEnded(tx, personId);
  });
}

function changeRole(
  ctx: Context,
  operation: string,
  input: EventRoleInput,
  change: (tx: Transaction, eventId: string) => Promise<void>,
): Promise<EventAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", input.eventId, "input.eventId"));
    allow(canManage(viewer, event), "give or take roles at this event");
    await change(tx, event.id);
    return { eventId: event.id };
  });
}

/** The event as this transaction may rely on it: locked; what the viewer may not see is not there. */
export async function lockEvent(
  tx: Transaction,
  id: string,
  mode: "pessimistic_write" | "pessimistic_read" = "pessimistic_write",
): Promise<Event & EventFacts> {
  const row = await tx.db.findOne(Event, { where: { id }, lock: { mode } });
  const hosts = await tx.db.find(EventHost, { where: { eventId: id }, select: { organizationId: true } });
  const event = row && Object.assign(row, { hostIds: hosts.map((host) => host.organizationId) });
  if (!event || !canSee(tx.viewer, event)) throw new Refusal("NOT_FOUND", "There is no such event.");
  return event;
}
