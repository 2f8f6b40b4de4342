import { toGlobalId } from "../../src/platform/database/ids.js";
import { campaignCalls, draftOf, opened } from "../support/campaigns.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as } = world;
const by = campaignCalls(world);

describe("a draft", () => {
  const ask = `query($id: ID!, $slug: String!, $event: ID!) {
    node(id: $id) { id } campaign(slug: $slug) { id } event(id: $event) { campaign { id } }
    campaigns(first: 100, filter: { statuses: [DRAFT] }) { nodes { id } }
    all: campaigns(first: 100) { nodes { id } } }`;

  test("appears by no path to anybody but its staff and the site's", async () => {
    const campaign = await a.campaign({ status: "DRAFT" as never });
    const event = await a.event({ campaign });
    const seen = async (person?: Person) => {
      const { data } = await as(person).run(ask, { id: campaign.id, slug: campaign.slug, event: event.id });
      const inList = (list: { nodes: { id: string }[] }) => list.nodes.some(({ id }) => id === campaign.id);
      return [data.node, data.campaign, data.event.campaign]
        .map(Boolean)
        .concat([data.campaigns, data.all].map(inList));
    };
    const others = [
      undefined,
      await a.person(),
      await a.staff(await a.campaign()),
      await a.admin(await a.organization({ verified: true })),
    ];
    for (const person of others) expect(await seen(person)).toEqual([false, false, false, false, false]);
    for (const person of [await a.staff(campaign), await a.siteStaff()])
      expect(await seen(person)).toEqual([true, true, true, true, true]);
  });

  test("answers like none to every call of one who may not see it", async () => {
    const { id: campaignId } = await a.campaign({ status: "DRAFT" as never });
    const none = toGlobalId("Campaign", "00000000-0000-4000-8000-000000000000");
    const organizationId = (await a.organization()).id;
    const city = await a.city();
    const calls: [keyof ReturnType<typeof by>, object][] = [
      ["editCampaign", { version: 1 }],
      ["openCampaign", {}],
      ["closeCampaign", {}],
      ["reopenCampaign", {}],
      ["leaveCampaignStaff", {}],
      [
        "removeCampaignStaff",
        { personId: toGlobalId("Person", campaignId.slice(-32).replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")) },
      ],
      ["addDemand", { text: "Bread" }],
      ["addOrganizer", { organizationId }],
      ["removeOrganizer", { organizationId }],
      ["trustOrganization", { organizationId }],
      ["inviteEndorsement", { organizationId }],
      ["pledge", { cityId: city.globalId, deviceKey: "0123456789abcdef" }],
    ];
    const person = await a.person();
    for (const [name, input] of calls) {
      const told = async (id: string) => {
        const { code, message } = await by(person)[name]({ campaignId: id, ...input });
        return [name, code, message];
      };
      expect(await told(campaignId)).toEqual([name, "NOT_FOUND", "There is no such campaign."]);
      expect(await told(none)).toEqual(await told(campaignId));
    }
    const event = (id: string) => ({
      campaignId: id,
      cityId: city.globalId,
      type: "RALLY",
      title: "Rally",
      startsOn: "2026-05-01",
    });
    const drafted = [await as(person).draftEvent(event(campaignId)), await as(person).draftEvent(event(none))];
    expect(drafted[0]!.fields).toEqual([
      { path: "input.campaignId", reason: "is not the id of a campaign; see `campaigns`" },
    ]);
    expect(drafted[1]!.fields).toEqual(drafted[0]!.fields);
  });

  test("takes no events, nor does a closed campaign", async () => {
    const { campaignId, staff } = await opened(world);
    const city = await a.city();
    const draft = () =>
      as(staff).draftEvent({
        campaignId,
        cityId: city.globalId,
        type: "RALLY",
        title: "Rally",
        startsOn: "2026-01-23",
      });
    expect((await draft()).code).toBe("OK");
    await by(staff).closeCampaign({ campaignId });
    expect(await draft()).toMatchObject({ code: "CONFLICT", reason: "CAMPAIGN_NOT_OPEN" });
    const owner = await a.siteStaff();
    const own = {
      campaignId: (await draftOf(world, owner)).id,
      cityId: city.globalId,
      type: "RALLY",
      title: "Rally",
      startsOn: "2026-05-01",
    };
    expect(await as(owner).draftEvent(own)).toMatchObject({ code: "CONFLICT", reason: "CAMPAIGN_NOT_OPEN" });
  });
});
