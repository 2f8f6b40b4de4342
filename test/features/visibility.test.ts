import { canSee, type EventFacts, EventRecord, ReviewStatus, Visibility } from "../../src/features/events/index.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { tokenHash } from "../../src/platform/secrets.js";
import { viewerOfToken } from "../../src/app/viewer.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server } = openWorld();

// The policy is said twice, for locked rows and in SQL: whoever changes one of them finds the other here.
test("shows in SQL exactly what the policy says, for every relation, review and visibility", async () => {
  const campaign = await a.campaign();
  const host = await a.organization();
  const invited = await a.organization();
  const creator = await a.member(host);
  const people: Record<string, Person | undefined> = {
    nobody: undefined,
    stranger: await a.person(),
    outsider: await a.staff(await a.campaign()),
    creator,
    staff: await a.staff(campaign),
    admin: await a.admin(host),
    member: await a.member(host),
    former: await a.person(),
    "admin of the invited": await a.admin(invited),
    "member of the invited": await a.member(invited),
  };
  const ask = `query($id: ID!, $c: ID!) { event(id: $id) { id } events(filter: { campaignId: $c }, first: 100) { nodes { id } } }`;
  for (const review of Object.values(ReviewStatus))
    for (const visibility of Object.values(Visibility)) {
      const { id } = await a.event({ campaign, host, createdByPerson: creator, review, visibility });
      const event = { id, slug: "" };
      await a.invited(event, invited);
      const all = { ...people, coordinator: await a.coordinator(event), reporter: await a.reporter(event) };
      for (const [name, person] of Object.entries(all)) {
        const viewer = person ? await viewerOfToken(server().services.pool, tokenHash(person.token), clock.now) : null;
        const facts: EventFacts = {
          id: fromGlobalId("Event", id, "id"),
          campaignId: fromGlobalId("Campaign", campaign.id, "id"),
          createdBy: creator.id,
          leadId: fromGlobalId("Organization", host.id, "id"),
          hostIds: [fromGlobalId("Organization", host.id, "id")],
          invitedIds: [fromGlobalId("Organization", invited.id, "id")],
          record: EventRecord.LIVE,
          review,
          visibility,
        };
        const { data } = await as(person).run(ask, { id, c: campaign.id });
        const concerned = !["nobody", "stranger", "outsider", "former", "member of the invited"].includes(name);
        const isListed = concerned || (review === ReviewStatus.APPROVED && visibility === Visibility.PUBLIC);
        expect([name, review, visibility, data.event !== null]).toEqual([
          name,
          review,
          visibility,
          canSee(viewer, facts),
        ]);
        expect([name, review, visibility, data.events.nodes.some((node: { id: string }) => node.id === id)]).toEqual([
          name,
          review,
          visibility,
          isListed,
        ]);
      }
    }
});
