import { fromGlobalId } from "../../../src/platform/database/ids.js";
import { rsvpUrl } from "../../../src/features/rsvps/index.js";
import { dutyIn } from "../duty.js";
import { webhooksIn } from "../webhooks.js";
import type { openWorld, Person } from "../world.js";
import type { People } from "./people.js";
import { coverAt, swapAt } from "./swaps.js";

type World = ReturnType<typeof openWorld>;
type Made = Awaited<ReturnType<World["a"]["event"]>>;

/** Its shift takes claims, and people may check in already. */
const soon = { startsAt: new Date("2026-01-23T18:10:00Z") };

/** The ids of what people have to do with. */
export type Setting = Awaited<ReturnType<typeof setting>>;

export const personId = (person: Person): string => `person_${person.id.replaceAll("-", "")}`;

/** A call that a setting is made with: it must succeed. */
export async function does(
  { as }: World,
  by: Person | undefined,
  name: string,
  input: object,
  selection = "__typename",
) {
  const { code, message, data } = await as(by).call(name, input, selection);
  if (code !== "OK") throw new Error(`${name}: ${message}`);
  return data[name];
}

/** Organizations of all relations, with their people. */
async function organizationsFor(world: World, people: People, hidden: boolean) {
  const { a } = world;
  const lead = await a.organization(hidden ? { status: "IN_REVIEW" as never } : { verified: true });
  const [coHost, invited, other, ours] = [
    await a.organization(),
    await a.organization(),
    await a.organization(),
    await a.organization(),
  ];
  for (const role of ["creator", "member", "formerMember"] as const)
    await a.member(lead, "MEMBER" as never, people[role]);
  await a.owner(lead, people.owner);
  for (const role of ["admin", "formerAdmin"] as const) await a.admin(lead, people[role]);
  await a.member(coHost, "MEMBER" as never, people.coHostMember);
  await a.admin(coHost, people.coHostAdmin);
  await a.member(invited, "MEMBER" as never, people.invitedMember);
  await a.admin(invited, people.invitedAdmin);
  await a.member(other, "MEMBER" as never, people.otherMember);
  await a.admin(other, people.otherAdmin);
  await a.owner(other, people.otherOwner);
  await a.admin(ours, people.staff);
  for (const role of ["formerMember", "formerAdmin"] as const)
    await does(world, people.owner, "removeMember", { organizationId: lead.id, personId: personId(people[role]!) });
  return { lead, coHost, invited, other, ours };
}

async function campaignFor(world: World, people: People, hidden: boolean): Promise<Made> {
  const { a } = world;
  const campaign = await a.campaign(hidden ? { status: "DRAFT" as never } : {});
  for (const role of ["staff", "formerStaff"] as const) await a.staff(campaign, people[role]);
  const former = { campaignId: campaign.id, personId: personId(people.formerStaff!) };
  await does(world, people.staff, "removeCampaignStaff", former);
  const elsewhere = await a.campaign();
  await a.staff(elsewhere, people.otherStaff);
  const otherEvent = await a.event({ campaign: elsewhere });
  await a.coordinator(otherEvent, people.otherCoordinator);
  await a.reporter(otherEvent, people.otherReporter);
  return campaign;
}

/**
 * A campaign, an organization, an event that it leads, and something of everything that hangs on them. Hidden: a draft
 * of a campaign, an organization in review and a private event.
 */
export async function setting(world: World, people: People, hidden: boolean) {
  const { a } = world;
  const { lead, coHost, invited, other, ours } = await organizationsFor(world, people, hidden);
  const campaign = await campaignFor(world, people, hidden);
  const facts = {
    campaign,
    host: lead,
    createdByPerson: people.creator!,
    ...(hidden ? { visibility: "PRIVATE" as never } : {}),
  };
  const [event, twin] = [await a.event(facts), await a.event(facts)];
  for (const one of [event, twin]) {
    await a.coHost(one, coHost);
    await a.invited(one, invited);
    await a.coordinator(one, people.coordinator);
    await a.reporter(one, people.reporter);
  }
  await a.reporter(event, people.formerReporter);
  const removed = { eventId: event.id, email: people.formerReporter!.email, role: "REPORTER" };
  await does(world, people.admin, "removeEventRole", removed);
  const made = {
    campaign: campaign.id,
    campaignSlug: campaign.slug,
    organization: lead.id,
    organizationSlug: lead.slug,
    coHost: coHost.id,
    invited: invited.id,
    other: other.id,
    ours: ours.id,
    event: event.id,
    twin: twin.id,
    templateRun: await templateRun(world, people, event.id),
    shift: await a.shift({ event, ...soon, checkInPoint: "The north door", instructions: "Bring a vest" }),
    city: (await a.city()).globalId,
  };
  return {
    ...made,
    ...(await hangingOn(world, people, made, hidden)),
    ...(hidden ? {} : await askedOf(world, people, made)),
  };
}

/** A set of shifts, as drafts: they are nobody else's business. */
async function templateRun(world: World, people: People, eventId: string): Promise<string> {
  const input = { eventId, template: "SMALL", draft: true };
  return (await does(world, people.coordinator, "applyShiftTemplate", input, "templateRunId")).templateRunId;
}

interface Base {
  campaign: string;
  organization: string;
  event: string;
  shift: string;
}

async function hangingOn(
  world: World,
  people: People,
  { campaign, organization, event, invited, shift }: Base & { invited: string },
  hidden: boolean,
) {
  const idOf = async (by: Person | undefined, name: string, field: string, input: object): Promise<string> =>
    (await does(world, by, name, input, `${field} { id }`))[field].id;
  const { admin, staff, owner, invitee, invitedAdmin, reporter } = people;
  const link = { eventId: event, kind: "PHOTO", title: "A photo" };
  return {
    ...(await dutyAt(world, people, event, shift)),
    ...(await linkAt(world, people, event)),
    announcement: await idOf(admin, "announce", "announcement", { eventId: event, subject: "News", text: "News" }),
    coverage: await idOf(admin, "addCoverage", "coverage", { ...link, url: "https://news.example/accepted" }),
    demand: await idOf(staff, "addDemand", "demand", { campaignId: campaign, text: "A demand" }),
    import: await idOf(staff, "startImport", "import", { campaignId: campaign, format: "CROWD_COUNTS" }),
    dispatch: await idOf(hidden ? invitedAdmin : admin, "promisePeacekeepers", "dispatch", {
      organizationId: hidden ? invited : organization,
      eventId: event,
      count: 5,
    }),
    ...(await webhookOf(world, people)),
    // It waits for a reviewer.
    report: await idOf(reporter, "reportTurnout", "report", { eventId: event, count: 2_000, method: "PHOTO" }),
    turnoutReporter: await voiceOf(world, staff, event),
    invitation: await idOf(owner, "inviteMember", "invitation", {
      organizationId: organization,
      email: invitee!.email,
    }),
  };
}

/** An address that takes reports of an event. */
async function linkAt(world: World, { coordinator }: People, eventId: string) {
  const input = { eventId, label: "North gate" };
  const { link, url } = await does(world, coordinator, "createTurnoutLink", input, "link { id } url");
  return { turnoutLink: link.id as string, turnoutToken: (url as string).split("/").at(-1)! };
}

/** What a peacekeeper has sent to them, at an address that takes nothing, and a message that was. It names no campaign: its owner reads what they asked. */
async function webhookOf(world: World, { peacekeeper }: People) {
  const at = webhooksIn(world);
  const every = { document: "subscription { eventChanged { kind position } }", variables: "{}" };
  const { id } = await at.make(peacekeeper!, "http://127.0.0.1:9/", { id: "" }, every);
  return { webhook: id, webhookDelivery: await at.delivery(id) };
}

/** The id under which somebody reports. */
async function voiceOf(world: World, by: Person | undefined, eventId: string): Promise<string> {
  const { report } = await does(world, by, "reportTurnout", { eventId, count: 5 }, "report { reporter { id } }");
  return report.reporter.id;
}

/** Somebody who is on duty, the code that they came by, and what they were told. */
async function dutyAt(world: World, people: People, event: string, shift: string) {
  const { signupId } = await dutyIn(world).place(shift, "CHECKED_IN");
  const { admin } = people;
  const made = await does(world, admin, "replaceCheckInCode", { eventId: event }, "checkInCode { code }");
  const words = { to: "EVENT", eventId: event, subject: "Vests", text: "Wear one" };
  const sent = await does(world, admin, "messagePeacekeepers", words, "message { id }");
  return {
    present: signupId,
    checkInCode: made.checkInCode.code as string,
    message: sent.message.id as string,
  };
}

/** What can be made in public only, and is known to two sides. */
async function askedOf(world: World, people: People, { campaign, organization, event, shift }: Base) {
  const { a, server } = world;
  const ask = async (organizationId: string): Promise<string> =>
    (
      await does(
        world,
        people.staff,
        "inviteEndorsement",
        { campaignId: campaign, organizationId },
        "endorsement { id }",
      )
    ).endorsement.id;
  const endorsement = await ask(organization);
  await does(world, people.admin, "acceptEndorsement", { endorsementId: endorsement });
  const second = await a.organization();
  await a.admin(second, people.admin);
  await a.owner(second, people.owner);
  const link = { eventId: event, kind: "PHOTO", title: "A photo", url: "https://news.example/suggested" };
  const suggestion = await does(world, people.suggester, "addCoverage", link, "coverage { id }");
  const rsvp = await does(world, people.attendee, "rsvp", { eventId: event }, "rsvp { id }");
  const request = { organizationId: organization, kind: "FIRST_AID", name: "Ana" };
  const qualification = await does(world, people.attendee, "requestQualification", request, "qualification { id }");
  await a.training({ id: event, slug: "" }, { id: organization, slug: "" });
  const key = { eventId: fromGlobalId("Event", event, "id"), personId: people.attendee!.id };
  const { config, secrets } = server().services;
  const claim = async (by: Person | undefined): Promise<string> =>
    (await does(world, by, "claimShift", { shiftId: shift }, "signup { id }")).signup.id;
  const held = await claim(await a.peacekeeper(people.peacekeeper));
  return {
    endorsement,
    asked: await ask(second.id),
    second: second.id,
    suggestion: suggestion.coverage.id as string,
    rsvp: rsvp.rsvp.id as string,
    qualification: qualification.qualification.id as string,
    held,
    requested: await claim(people.newcomer),
    apiKey: (await does(world, people.peacekeeper, "createApiKey", { name: "A map" }, "apiKey { id }")).apiKey
      .id as string,
    swap: await swapAt(world, people, event),
    ...(await coverAt(world, people, event)),
    rsvpToken: rsvpUrl({ config, secrets } as never, key)
      .split("/")
      .at(-1)!,
  };
}
