import { fromGlobalId } from "../../src/platform/database/ids.js";
import type { Reply } from "../support/client.js";
import { campaignCalls, draftOf, opened, outcomes } from "../support/campaigns.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const by = campaignCalls(world);
const words = (reply: Reply) =>
  Object.values(
    reply.data as Record<string, { campaign: { demands: { rank: number; text: string }[] } }>,
  )[0]!.campaign.demands.map(({ rank, text }) => `${rank} ${text}`);

describe("demands", () => {
  test("are refused at a place that isn't, with the places that are", async () => {
    const { campaignId, staff } = await opened(world);
    const added = await by(staff).addDemand({ campaignId, text: "Bread" });
    const demandId = added.data.addDemand.demand.id;
    for (const position of [0, 3, -1])
      expect((await by(staff).addDemand({ campaignId, text: "Roses", position })).fields).toEqual([
        { path: "input.position", reason: "must be from 1 to 2" },
      ]);
    expect((await by(staff).moveDemand({ demandId, position: 2 })).fields).toEqual([
      { path: "input.position", reason: "must be from 1 to 1" },
    ]);
    expect((await by(staff).addDemand({ campaignId, text: " " })).fields[0]!.path).toBe("input.text");
  });

  test("are changed by staff only; those of a draft are not there for others", async () => {
    const { campaignId, staff } = await opened(world);
    const other = await a.person();
    const demandId = (await by(staff).addDemand({ campaignId, text: "Bread" })).data.addDemand.demand.id;
    expect((await by(other).removeDemand({ demandId })).code).toBe("FORBIDDEN");
    expect(
      (await as().run(`query($id: ID!) { node(id: $id) { ... on Demand { text } } }`, { id: demandId })).data.node,
    ).toEqual({ text: "Bread" });
    const owner = await a.siteStaff();
    const draft = await draftOf(world, owner);
    const secret = (await by(owner).addDemand({ campaignId: draft.id, text: "Roses" })).data.addDemand.demand.id;
    expect(await by(other).editDemand({ demandId: secret, text: "Mine" })).toMatchObject({
      code: "NOT_FOUND",
      message: "There is no such demand.",
    });
    expect((await as(other).run(`query($id: ID!) { node(id: $id) { id } }`, { id: secret })).data.node).toBeNull();
  });

  test("are added, moved both ways, edited and removed; their ranks have no gaps", async () => {
    const { campaignId, staff } = await opened(world);
    const ids: Record<string, string> = {};
    for (const text of ["A", "B", "C"])
      ids[text] = (await by(staff).addDemand({ campaignId, text })).data.addDemand.demand.id;
    const first = await by(staff).addDemand({ campaignId, text: "D", position: 1 });
    expect(words(first)).toEqual(["1 D", "2 A", "3 B", "4 C"]);
    const move = (text: string, position: number) => by(staff).moveDemand({ demandId: ids[text], position });
    expect(words(await move("C", 2))).toEqual(["1 D", "2 C", "3 A", "4 B"]);
    expect(words(await move("C", 4))).toEqual(["1 D", "2 A", "3 B", "4 C"]);
    expect(words(await move("C", 4))).toEqual(["1 D", "2 A", "3 B", "4 C"]);
    expect(words(await by(staff).editDemand({ demandId: ids["A"], text: "A!" }))).toEqual([
      "1 D",
      "2 A!",
      "3 B",
      "4 C",
    ]);
    expect(words(await by(staff).removeDemand({ demandId: ids["A"] }))).toEqual(["1 D", "2 B", "3 C"]);
    expect((await by(staff).removeDemand({ demandId: ids["A"] })).code).toBe("NOT_FOUND");
  });

  test("stay in order while many hands add, move and remove at the same moment", async () => {
    const { campaignId, staff } = await opened(world);
    const ids: string[] = [];
    for (let n = 0; n < 6; n++)
      ids.push((await by(staff).addDemand({ campaignId, text: `${n}` })).data.addDemand.demand.id);
    const replies = await Promise.all([
      ...ids.slice(0, 3).map((demandId, n) => by(staff).moveDemand({ demandId, position: 4 - n })),
      ...ids.slice(3, 5).map((demandId) => by(staff).removeDemand({ demandId })),
      ...["x", "y", "z"].map((text) => by(staff).addDemand({ campaignId, text, position: 1 })),
    ]);
    expect(new Set(replies.map(({ code }) => code))).toEqual(new Set(["OK"]));
    const { data } = await as().run(`query($id: ID!) { node(id: $id) { ... on Campaign { demands { rank } } } }`, {
      id: campaignId,
    });
    expect(data.node.demands.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("are at most a hundred, also when the last two places are asked for at once", async () => {
    const { campaignId, staff } = await opened(world);
    await server().services.db.query(
      `INSERT INTO demands (id, campaign_id, rank, text) SELECT gen_random_uuid(), $1, n, 'Bread' FROM generate_series(1, 99) n`,
      [fromGlobalId("Campaign", campaignId, "id")],
    );
    const replies = await Promise.all([1, 2].map(() => by(staff).addDemand({ campaignId, text: "Roses" })));
    expect(outcomes(replies)).toEqual(["LIMIT_REACHED", "OK"]);
  });
});
