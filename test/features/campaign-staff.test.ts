import { isTrusted } from "../../src/features/campaigns/index.js";
import { newContext } from "../../src/platform/context.js";
import { fromGlobalId, toGlobalId } from "../../src/platform/database/ids.js";
import { transact } from "../../src/platform/database/transact.js";
import { campaignCalls, draftOf, opened, outcomes } from "../support/campaigns.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const by = campaignCalls(world);

describe("staff", () => {
  const listing = `query($c: ID!) { campaignStaff(campaignId: $c) { personId email } }`;

  test("is listed for its staff only", async () => {
    const { campaignId, staff } = await opened(world);
    for (const person of [undefined, await a.person(), await a.siteStaff()])
      expect((await as(person).run(listing, { c: campaignId })).body).toEqual({ data: { campaignStaff: null } });
    expect((await as(staff).run(listing, { c: campaignId })).data.campaignStaff).toEqual([
      { personId: toGlobalId("Person", staff.id), email: staff.email },
    ]);
  });

  test("never loses its last person, whether two leave or remove each other at the same moment", async () => {
    const { campaignId, campaign, staff } = await opened(world);
    expect(await by(staff).leaveCampaignStaff({ campaignId })).toMatchObject({
      code: "CONFLICT",
      reason: "LAST_STAFF",
    });
    const second = await a.staff(campaign);
    const left = await Promise.all([staff, second].map((person) => by(person).leaveCampaignStaff({ campaignId })));
    expect(outcomes(left)).toEqual(["LAST_STAFF", "OK"]);
    const pair = await opened(world);
    const other = await a.staff(pair.campaign);
    const remove = (by_: Person, whom: Person) =>
      by(by_).removeCampaignStaff({ campaignId: pair.campaignId, personId: toGlobalId("Person", whom.id) });
    const removed = await Promise.all([remove(pair.staff, other), remove(other, pair.staff)]);
    expect(outcomes(removed)).toEqual(["FORBIDDEN", "OK"]);
  });

  test("that is removed is refused at once, and its sockets are closed", async () => {
    const { campaignId, campaign, staff } = await opened(world);
    const other = await a.staff(campaign);
    const listening = await as(other).listen(`subscription($id: ID!) { campaignChanged(campaignId: $id) { kind } }`, {
      id: campaignId,
    });
    const input = { campaignId, personId: toGlobalId("Person", other.id) };
    expect((await by(await a.person()).removeCampaignStaff(input)).code).toBe("FORBIDDEN");
    for (let again = 0; again < 2; again++) expect((await by(staff).removeCampaignStaff(input)).code).toBe("OK");
    expect(await listening.ended).toMatchObject({ code: 4403 });
    expect((await by(other).editCampaign({ campaignId, version: 1, title: "Mine" })).code).toBe("FORBIDDEN");
  });

  test("that leaves a draft no longer sees it in the very answer", async () => {
    const owner = await a.siteStaff();
    const draft = await draftOf(world, owner);
    const other = await a.staff(draft);
    expect((await by(other).leaveCampaignStaff({ campaignId: draft.id })).body).toEqual({
      data: { leaveCampaignStaff: { campaign: null } },
    });
  });
});

describe("invitations to the staff", () => {
  const accept = (person: Person | undefined, invitationId: string) =>
    as(person).run(
      `mutation($id: ID!) { acceptInvitation(input: { invitationId: $id }) { subject { id ... on Campaign { status } } } }`,
      { id: invitationId },
    );

  test("are sent by the staff only, and not to one of them", async () => {
    const { campaignId, campaign, staff } = await opened(world);
    const { email } = await a.person();
    expect((await by().inviteCampaignStaff({ campaignId, email })).code).toBe("UNAUTHENTICATED");
    for (const person of [await a.person(), await a.siteStaff(), await a.staff(await a.campaign())])
      expect((await by(person).inviteCampaignStaff({ campaignId, email })).code).toBe("FORBIDDEN");
    expect((await by(staff).inviteCampaignStaff({ campaignId, email: "nobody" })).fields[0]!.path).toBe("input.email");
    const other = await a.staff(campaign);
    expect((await by(staff).inviteCampaignStaff({ campaignId, email: other.email })).reason).toBe("ALREADY_STAFF");
  });

  test("make the invited staff, also of a draft, once they accept and not before", async () => {
    const owner = await a.siteStaff();
    const { id: campaignId } = await draftOf(world, owner);
    const guest = await a.person();
    const sent = (await by(owner).inviteCampaignStaff({ campaignId, email: guest.email })).data.inviteCampaignStaff;
    expect(sent.invitation).toEqual({ id: expect.any(String), kind: "CAMPAIGN_STAFF", role: "STAFF" });
    const mine = await as(guest).run("{ viewer { invitations { id subject { id } } } }");
    expect(mine.data.viewer.invitations).toEqual([{ id: sent.invitation.id, subject: null }]);
    expect((await by(guest).openCampaign({ campaignId })).code).toBe("NOT_FOUND");
    expect((await accept(await a.person(), sent.invitation.id)).code).toBe("NOT_FOUND");
    for (let again = 0; again < 2; again++)
      expect((await accept(guest, sent.invitation.id)).data.acceptInvitation.subject).toEqual({
        id: campaignId,
        status: "DRAFT",
      });
    expect((await by(guest).openCampaign({ campaignId })).code).toBe("OK");
  });

  test("count no longer once whoever sent them has left", async () => {
    const { campaignId, campaign } = await opened(world);
    const leaver = await a.staff(campaign);
    const guest = await a.person();
    const sent = await by(leaver).inviteCampaignStaff({ campaignId, email: guest.email });
    await by(leaver).leaveCampaignStaff({ campaignId });
    expect((await accept(guest, sent.data.inviteCampaignStaff.invitation.id)).reason).toBe("INVITATION_CLOSED");
  });
});

describe("organizers", () => {
  test("are named by one who is staff and admin, and taken off by either side", async () => {
    const { campaignId, campaign, staff } = await opened(world);
    const organization = await a.organization();
    const input = { campaignId, organizationId: organization.id };
    const admin = await a.admin(organization);
    expect((await by(staff).addOrganizer(input)).code).toBe("FORBIDDEN");
    expect((await by(admin).addOrganizer(input)).code).toBe("FORBIDDEN");
    const both = await a.admin(organization);
    await a.staff(campaign, both);
    for (let again = 0; again < 2; again++)
      expect((await by(both).addOrganizer(input)).data.addOrganizer.campaign.organizers).toEqual([
        { id: organization.id },
      ]);
    expect((await by(await a.member(organization)).removeOrganizer(input)).code).toBe("FORBIDDEN");
    expect((await by(admin).removeOrganizer(input)).data.removeOrganizer.campaign.organizers).toEqual([]);
    expect((await by(staff).removeOrganizer(input)).code).toBe("OK");
  });

  test("are refused when the organization doesn't exist", async () => {
    const { campaignId, staff } = await opened(world);
    const organizationId = toGlobalId("Organization", "00000000-0000-4000-8000-000000000000");
    expect(await by(staff).addOrganizer({ campaignId, organizationId })).toMatchObject({
      code: "NOT_FOUND",
      message: "There is no such organization.",
    });
  });
});

describe("trust", () => {
  const trusted = (campaignId: string, ...organizationIds: string[]) => {
    const ctx = newContext(server().services, { viewer: null, requestId: "test", address: "" });
    const ids = organizationIds.map((id) => fromGlobalId("Organization", id, "id"));
    return transact(ctx, "test", (tx) => isTrusted(tx, fromGlobalId("Campaign", campaignId, "id"), ids));
  };

  test("is the staff's to give and to see, and counts only where the policy is to trust some", async () => {
    const { campaignId, staff } = await opened(world);
    const [one, other] = [(await a.organization()).id, (await a.organization()).id];
    const input = { campaignId, organizationId: one };
    expect((await by(await a.person()).trustOrganization(input)).code).toBe("FORBIDDEN");
    for (let again = 0; again < 2; again++) expect((await by(staff).trustOrganization(input)).code).toBe("OK");
    expect(await trusted(campaignId, one)).toBe(false);
    await by(staff).editCampaign({ campaignId, version: 1, reviewPolicy: "TRUST_SOME" });
    expect([
      await trusted(campaignId, other, one),
      await trusted(campaignId, other),
      await trusted(campaignId),
    ]).toEqual([true, false, false]);
    const seen = async (person?: Person) =>
      (
        await as(person).run(
          `query($id: ID!) { node(id: $id) { ... on Campaign { trustedOrganizations { nodes { id } } } } }`,
          { id: campaignId },
        )
      ).data.node.trustedOrganizations.nodes;
    expect(await seen(staff)).toEqual([{ id: one }]);
    for (const person of [undefined, await a.person(), await a.siteStaff()]) expect(await seen(person)).toEqual([]);
    for (let again = 0; again < 2; again++) await by(staff).distrustOrganization(input);
    expect(await trusted(campaignId, one)).toBe(false);
  });
});
