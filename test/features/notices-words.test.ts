import { jobsDone } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, server, folder } = openWorld();

/** Where mails say that the server is. */
const address = (): string => server().services.config.publicUrl;

/** The newest mail to somebody. */
async function newest(person: Person): Promise<{ subject: string; text: string }> {
  await jobsDone(server().services);
  return (await lettersTo(folder(), person.email)).at(-1) ?? { subject: "none", text: "none" };
}

async function rally(fields: Parameters<typeof a.event>[0] = {}) {
  const campaign = await a.campaign();
  const event = await a.event({ campaign, title: "Rally at the river", venue: "River Park", ...fields });
  return { campaign, event, staff: await a.staff(campaign), follower: await a.follower(event) };
}

const when = "When: Friday, January 23, 2026, 11:00 AM CST to 3:00 PM";
const where = "Where: River Park, Minneapolis, MN";
const onlineUrl = "https://meet.example/rally";

describe("A letter to followers", () => {
  test.each(["cancelEvent", "postponeEvent"])("after %s does not say that it takes place", async (mutation) => {
    const { event, staff, follower } = await rally();
    await as(staff).call(mutation, { eventId: event.id, reason: "Ice" });
    const { text } = await newest(follower);
    expect(text).toContain(`Why: Ice\n\nIt was to be:\nRally at the river\n${when}\n${where}`);
    expect(text).not.toContain("It is now");
  });

  test("says that it is online, at another address, and back at its place", async () => {
    const { event, staff, follower } = await rally();
    const move = (to: string | null) => as(staff).call("moveEventOnline", { eventId: event.id, onlineUrl: to });
    await move(onlineUrl);
    expect((await newest(follower)).text).toContain(
      `Where: online, ${onlineUrl} (before: River Park, Minneapolis, MN)`,
    );
    await move(`${onlineUrl}2`);
    expect((await newest(follower)).text).toContain(`Where: online, ${onlineUrl}2 (before: online, ${onlineUrl})`);
    await move(null);
    const { subject, text } = await newest(follower);
    expect(subject).toBe("Not online any more: Rally at the river");
    expect(text).toContain("Not online any more: it takes place at River Park, Minneapolis, MN");
    expect(text).toContain(where);
    expect(text).not.toContain(onlineUrl);
  });

  test("gives a reason once: with the change that it was for", async () => {
    const { event, staff, follower } = await rally();
    await as(staff).call("moveEventOnline", { eventId: event.id, onlineUrl, reason: "Ice" });
    expect((await newest(follower)).text).toContain("Why: Ice");
    await as(staff).call("editEvent", { eventId: event.id, version: 2, title: "Rally, online" });
    const { subject, text } = await newest(follower);
    expect(subject).toBe("Changed: Rally, online");
    expect(text).not.toContain("Ice");
  });

  test("does not come when nothing is different as far as they may know", async () => {
    const { event, staff, follower } = await rally({ locationPrecision: "CITY" as never });
    await as(staff).call("editEvent", { eventId: event.id, version: 1, venue: "Canary Hall" });
    expect(await newest(follower)).toEqual({ subject: "none", text: "none" });
  });

  test("of a deleted event says which day and why", async () => {
    const { event, staff, follower } = await rally();
    await as(staff).call("deleteEvent", { eventId: event.id, reason: "Entered twice" }, "removedId");
    const { text } = await newest(follower);
    expect(text).toContain("Why: Entered twice");
    expect(text).toContain("Friday, January 23, 2026");
  });
});

describe("An invitation", () => {
  test("to co-host says who is asked, to what, and where to answer; the place as the asked may know it", async () => {
    const { event, staff } = await rally({ locationPrecision: "CITY" as never });
    const asked = await a.organization({ name: "Teachers of the river" });
    const admin = await a.admin(asked);
    await as(staff).call("inviteCoHost", { eventId: event.id, organizationId: asked.id });
    const { text } = await newest(admin);
    for (const part of ["Teachers of the river", when, where, '"coHostInvitations"', address()])
      expect(text).toContain(part);
  });

  test("to endorse says who is asked, and where to answer", async () => {
    const { campaign, staff } = await rally();
    const asked = await a.organization({ name: "Nurses of the river" });
    const admin = await a.admin(asked);
    const input = { campaignId: campaign.id, organizationId: asked.id };
    await as(staff).call("inviteEndorsement", input, "endorsement { id }");
    const { text } = await newest(admin);
    for (const part of ["Nurses of the river", '"endorsementInvitations"', address()]) expect(text).toContain(part);
  });

  test("of a person says where to sign in", async () => {
    const { campaign, staff } = await rally();
    const colleague = await a.person();
    const input = { campaignId: campaign.id, email: colleague.email };
    await as(staff).call("inviteCampaignStaff", input, "invitation { id }");
    expect((await newest(colleague)).text).toContain(address());
  });
});

test("Whoever is given a role is told, with the place", async () => {
  const { event, staff } = await rally({ locationPrecision: "CITY" as never });
  const person = await a.person();
  await as(staff).call("assignEventRole", { eventId: event.id, email: person.email, role: "COORDINATOR" });
  const { subject, text } = await newest(person);
  expect(subject).toBe("You are coordinator of Rally at the river");
  expect(text).toContain(where);
});

test("Owners are told whether their organization is listed, and why not; admins and members are not", async () => {
  const made = await a.organization({ name: "Choir of the river" });
  const [owner, admin, staff] = [await a.owner(made), await a.admin(made), await a.siteStaff()];
  const decide = (mutation: string, more: object = {}) =>
    as(staff).call(mutation, { organizationId: made.id, ...more }, "organization { id }");
  await decide("verifyOrganization");
  expect((await newest(owner)).subject).toBe("none");
  await decide("rejectOrganization", { reason: "We could not reach you" });
  const { subject, text } = await newest(owner);
  expect(subject).toBe("Not listed: Choir of the river");
  expect(text).toContain("We could not reach you");
  await decide("listOrganization");
  expect((await newest(owner)).subject).toBe("Listed: Choir of the river");
  expect((await newest(admin)).subject).toBe("none");
});

test("Admins of a parent are told who asks to be its local, and where to answer", async () => {
  const [local, parent] = [
    await a.organization({ name: "Local 7 of the river" }),
    await a.organization({ name: "Union of the river" }),
  ];
  const [asking, answering] = [await a.admin(local), await a.admin(parent)];
  const pair = { organizationId: local.id, parentId: parent.id };
  await as(asking).call("requestParent", pair, "organization { id }");
  const { subject, text } = await newest(answering);
  expect(subject).toBe("Local 7 of the river asks to be a local of Union of the river");
  for (const part of ['"pendingLocals"', address()]) expect(text).toContain(part);
});
