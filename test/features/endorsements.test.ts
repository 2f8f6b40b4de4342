import { fromGlobalId } from "../../src/platform/database/ids.js";
import { campaignCalls, outcomes } from "../support/campaigns.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const by = campaignCalls(world);

/** An open campaign that has invited an organization: both sides, and somebody of neither. */
async function invited() {
  const [campaign, organization] = [await a.campaign(), await a.organization()];
  const [staff, admin, stranger] = [await a.staff(campaign), await a.admin(organization), await a.person()];
  const ask = { campaignId: campaign.id, organizationId: organization.id };
  const endorsementId: string = (await by(staff).inviteEndorsement(ask)).data.inviteEndorsement.endorsement.id;
  return { campaign, organization, staff, admin, stranger, ask, endorsementId };
}
const steps = (history: { status: string; party: string }[]) =>
  history.map(({ status, party }) => `${status} ${party}`);

const asked = `query($c: ID!, $o: ID!, $e: ID!) {
  node(id: $e) { ... on Endorsement { status history { status party } } }
  campaign: node(id: $c) { ... on Campaign {
    endorsements { totalCount nodes { id } } formerEndorsements { totalCount nodes { id status } } endorsementInvitations { totalCount nodes { id status } } } }
  organization: node(id: $o) { ... on Organization { endorsements { nodes { id } } endorsementInvitations { totalCount nodes { id campaign { id } } } } } }`;
type Case = Awaited<ReturnType<typeof invited>>;
const look = async ({ campaign, organization, endorsementId }: Case, person?: Person) =>
  (await as(person).run(asked, { c: campaign.id, o: organization.id, e: endorsementId })).data;

test("lets only the campaign's staff invite, and only while it is open", async () => {
  const { ask, admin, stranger, staff, campaign } = await invited();
  for (const person of [admin, stranger, await a.siteStaff(), await a.staff(await a.campaign())])
    expect((await by(person).inviteEndorsement(ask)).code).toBe("FORBIDDEN");
  expect((await by().inviteEndorsement(ask)).code).toBe("UNAUTHENTICATED");
  const other = { ...ask, organizationId: (await a.organization()).id };
  await by(staff).closeCampaign({ campaignId: campaign.id });
  expect((await by(staff).inviteEndorsement(other)).reason).toBe("CAMPAIGN_NOT_OPEN");
  const draft = await a.campaign({ status: "DRAFT" as never });
  expect((await by(await a.staff(draft)).inviteEndorsement({ ...other, campaignId: draft.id })).reason).toBe(
    "CAMPAIGN_NOT_OPEN",
  );
});

test("lets only admins of the organization answer; to others the invitation is not there", async () => {
  const { endorsementId, organization, staff, stranger } = await invited();
  for (const name of ["acceptEndorsement", "declineEndorsement", "withdrawEndorsement"] as const) {
    expect((await by()[name]({ endorsementId })).code).toBe("UNAUTHENTICATED");
    for (const person of [stranger, await a.member(organization), await a.admin(await a.organization())])
      expect(await by(person)[name]({ endorsementId })).toMatchObject({
        code: "NOT_FOUND",
        message: "There is no such endorsement.",
      });
  }
  for (const name of ["acceptEndorsement", "declineEndorsement"] as const)
    expect((await by(staff)[name]({ endorsementId })).code).toBe("FORBIDDEN");
  expect((await by(staff).withdrawEndorsement({ endorsementId })).reason).toBe("NOT_ENDORSED");
});

test("shows no name without a yes: an invitation and a no are known to the two sides only", async () => {
  const one = await invited();
  const { endorsementId, staff, admin, stranger, organization, campaign } = one;
  const list = (...ids: string[]) => ({
    totalCount: ids.length,
    nodes: ids.map((id) => ({ id, status: expect.any(String) })),
  });
  const empty = { totalCount: 0, nodes: [] };
  for (const status of ["INVITED", "DECLINED"]) {
    if (status === "DECLINED") await by(admin).declineEndorsement({ endorsementId });
    for (const person of [undefined, stranger, await a.member(organization), await a.siteStaff()])
      expect(await look(one, person)).toEqual({
        node: null,
        campaign: { endorsements: empty, formerEndorsements: empty, endorsementInvitations: empty },
        organization: { endorsements: { nodes: [] }, endorsementInvitations: empty },
      });
    for (const person of [staff, admin]) {
      const seen = await look(one, person);
      expect(seen.node.status).toBe(status);
      expect(seen.campaign.endorsements).toEqual(empty);
      expect(seen.campaign.formerEndorsements).toEqual(empty);
    }
    expect((await look(one, staff)).campaign.endorsementInvitations).toEqual(list(endorsementId));
    expect((await look(one, staff)).organization.endorsementInvitations).toEqual(empty);
    expect((await look(one, admin)).organization.endorsementInvitations).toEqual({
      totalCount: 1,
      nodes: [{ id: endorsementId, campaign: { id: campaign.id } }],
    });
    expect((await look(one, admin)).campaign.endorsementInvitations).toEqual(empty);
  }
});

test("tells followers of the campaign of a yes and its end, and of nothing else", async () => {
  const { campaign, organization, staff, admin, ask, endorsementId } = await invited();
  const kinds = async () =>
    (
      await server().services.db.query(`SELECT kind FROM changes WHERE topic = 'campaign' AND subject_id = $1`, [
        fromGlobalId("Campaign", campaign.id, "id"),
      ])
    ).length;
  await by(admin).declineEndorsement({ endorsementId });
  await by(staff).inviteEndorsement(ask);
  expect(await kinds()).toBe(0);
  await by(admin).acceptEndorsement({ endorsementId });
  await by(await a.admin(organization)).withdrawEndorsement({ endorsementId });
  expect(await kinds()).toBe(2);
});

test("lists a yes, with the day; said again it is harmless", async () => {
  const one = await invited();
  const { endorsementId, admin, ask, staff } = one;
  for (let again = 0; again < 2; again++)
    expect((await by(admin).acceptEndorsement({ endorsementId })).data.acceptEndorsement.endorsement).toMatchObject({
      status: "ENDORSED",
      endorsedOn: "2026-01-23",
      history: [
        { status: "INVITED", party: "CAMPAIGN" },
        { status: "ENDORSED", party: "ORGANIZATION" },
      ],
    });
  expect((await by(staff).inviteEndorsement(ask)).data.inviteEndorsement.endorsement.status).toBe("ENDORSED");
  const seen = await look(one);
  expect(seen.campaign.endorsements).toEqual({ totalCount: 1, nodes: [{ id: endorsementId }] });
  expect(seen.organization.endorsements.nodes).toEqual([{ id: endorsementId }]);
  expect(steps(seen.node.history)).toEqual(["ENDORSED ORGANIZATION"]);
  expect((await by(admin).declineEndorsement({ endorsementId })).reason).toBe("NOT_INVITED");
  expect((await by(one.stranger).withdrawEndorsement({ endorsementId })).code).toBe("FORBIDDEN");
});

test("keeps a public history of each yes and each end, and hides what lies between from the public", async () => {
  const one = await invited();
  const { endorsementId, admin, staff, ask } = one;
  await by(admin).acceptEndorsement({ endorsementId });
  for (let again = 0; again < 2; again++)
    expect((await by(staff).withdrawEndorsement({ endorsementId })).code).toBe("OK");
  expect((await by(admin).acceptEndorsement({ endorsementId })).reason).toBe("NOT_INVITED");
  await by(staff).inviteEndorsement(ask);
  await by(admin).declineEndorsement({ endorsementId });
  const seen = await look(one);
  expect(seen.campaign.endorsements.totalCount).toBe(0);
  expect(seen.campaign.formerEndorsements.nodes).toEqual([{ id: endorsementId, status: "WITHDRAWN" }]);
  expect(seen.node.status).toBe("WITHDRAWN");
  expect(steps(seen.node.history)).toEqual(["ENDORSED ORGANIZATION", "WITHDRAWN CAMPAIGN"]);
  expect(steps((await look(one, admin)).node.history)).toEqual([
    "INVITED CAMPAIGN",
    "ENDORSED ORGANIZATION",
    "WITHDRAWN CAMPAIGN",
    "INVITED CAMPAIGN",
    "DECLINED ORGANIZATION",
  ]);
  await by(staff).inviteEndorsement(ask);
  expect((await by(admin).acceptEndorsement({ endorsementId })).code).toBe("OK");
  expect((await look(one)).campaign.endorsements.totalCount).toBe(1);
});

test("takes no yes once the campaign is closed; a yes can end", async () => {
  const { endorsementId, admin, staff, campaign } = await invited();
  const yes = await invited();
  await by(yes.admin).acceptEndorsement({ endorsementId: yes.endorsementId });
  await by(yes.staff).closeCampaign({ campaignId: yes.campaign.id });
  await by(staff).closeCampaign({ campaignId: campaign.id });
  expect((await by(admin).acceptEndorsement({ endorsementId })).reason).toBe("CAMPAIGN_NOT_OPEN");
  expect((await look(yes)).campaign.endorsements.totalCount).toBe(1);
  expect((await by(yes.admin).withdrawEndorsement({ endorsementId: yes.endorsementId })).code).toBe("OK");
});

test("comes to one answer when a yes and a no, or two invitations, come at the same moment", async () => {
  const { endorsementId, admin, organization } = await invited();
  const second = await a.admin(organization);
  const replies = await Promise.all([
    by(admin).acceptEndorsement({ endorsementId }),
    by(second).declineEndorsement({ endorsementId }),
  ]);
  expect(outcomes(replies)).toEqual(["NOT_INVITED", "OK"]);
  const [campaign, other] = [await a.campaign(), await a.organization()];
  const staff = [await a.staff(campaign), await a.staff(campaign)];
  const ids = await Promise.all(
    staff.map((person) => by(person).inviteEndorsement({ campaignId: campaign.id, organizationId: other.id })),
  );
  expect(new Set(ids.map(({ data }) => data.inviteEndorsement.endorsement.id)).size).toBe(1);
  expect(ids[0]!.data.inviteEndorsement.endorsement.history).toHaveLength(1);
});

test("shows nothing of an organization that is not listed, whatever it endorsed or organizes", async () => {
  const one = await invited();
  const { endorsementId, admin, staff, stranger, ask, organization } = one;
  await by(admin).acceptEndorsement({ endorsementId });
  await by(staff).trustOrganization(ask);
  const id = fromGlobalId("Organization", organization.id, "id");
  await server().services.db.query(`INSERT INTO campaign_organizers VALUES ($1, $2)`, [
    fromGlobalId("Campaign", one.campaign.id, "id"),
    id,
  ]);
  await server().services.db.query(`UPDATE organizations SET status = 'IN_REVIEW' WHERE id = $1`, [id]);
  const lists = `query($c: ID!, $e: ID!) { endorsement: node(id: $e) { id } node(id: $c) { ... on Campaign {
    organizers { id } trustedOrganizations { nodes { id } } endorsements { totalCount nodes { organization { id } } } } } }`;
  const seen = async (person?: Person) =>
    JSON.stringify((await as(person).run(lists, { c: one.campaign.id, e: endorsementId })).data);
  for (const person of [undefined, stranger, staff]) {
    expect(await seen(person)).not.toContain(organization.id);
    expect(await seen(person)).not.toContain(endorsementId);
  }
  expect((await by(staff).withdrawEndorsement({ endorsementId })).code).toBe("NOT_FOUND");
  expect((await by(staff).inviteEndorsement(ask)).message).toBe("There is no such organization.");
  expect(await seen(admin)).toContain(organization.id);
});
