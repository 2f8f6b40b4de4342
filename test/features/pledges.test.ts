import { randomUUID } from "node:crypto";
import { toGlobalId } from "../../src/platform/database/ids.js";
import { campaignCalls } from "../support/campaigns.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const by = campaignCalls(world);

async function promise(fields: object = {}, person?: Person) {
  const cityId = (await a.city()).globalId;
  return by(person).pledge({ cityId, deviceKey: randomUUID(), ...fields });
}
const counts = async (campaignId: string) => {
  const { data } = await as().run(
    `query($id: ID!) { node(id: $id) { ... on Campaign { pledges { total cities(first: 10) { nodes { count city { slug } } } } } } }`,
    { id: campaignId },
  );
  const { total, cities } = data.node.pledges;
  return {
    total,
    cities: cities.nodes.map((node: { count: number; city: { slug: string } }) => `${node.city.slug} ${node.count}`),
  };
};

test.each(["too-short-by-1", "a".repeat(101), "with a space in it", "nicht-ganz-ascii-é"])(
  "refuses the device key %s, saying what would be right",
  async (deviceKey) => {
    const reply = await promise({ campaignId: (await a.campaign()).id, deviceKey });
    expect(reply.fields).toEqual([
      {
        path: "input.deviceKey",
        reason: "must be 16 to 100 printable ASCII characters without spaces, such as a UUID",
      },
    ]);
  },
);

test("refuses a campaign that is closed, one that is a draft, and a city that isn't", async () => {
  const [closed, draft] = [
    await a.campaign({ status: "CLOSED" as never }),
    await a.campaign({ status: "DRAFT" as never }),
  ];
  expect(await promise({ campaignId: closed.id })).toMatchObject({ code: "CONFLICT", reason: "CAMPAIGN_NOT_OPEN" });
  expect((await promise({ campaignId: draft.id })).code).toBe("NOT_FOUND");
  expect((await promise({ campaignId: draft.id }, await a.staff(draft))).reason).toBe("CAMPAIGN_NOT_OPEN");
  const nowhere = toGlobalId("City", randomUUID());
  const reply = await promise({ campaignId: (await a.campaign()).id, cityId: nowhere });
  expect(reply.fields).toEqual([{ path: "input.cityId", reason: "is not the id of a city; see `cities`" }]);
});

test("counts a device once in a campaign, in the city that came first, however often it asks", async () => {
  const [one, other] = [await a.campaign(), await a.campaign()];
  const deviceKey = randomUUID();
  const replies = await Promise.all(Array.from({ length: 50 }, () => promise({ campaignId: one.id, deviceKey })));
  expect(new Set(replies.map(({ code }) => code))).toEqual(new Set(["OK"]));
  await promise({ campaignId: one.id, deviceKey, cityId: (await a.city("chicago-il")).globalId });
  await promise({ campaignId: one.id, deviceKey }, await a.person());
  await promise({ campaignId: other.id, deviceKey });
  expect(await counts(one.id)).toEqual({ total: 1, cities: ["minneapolis-mn 1"] });
  expect(await counts(other.id)).toEqual({ total: 1, cities: ["minneapolis-mn 1"] });
});

test("loses none of a hundred at the same moment in one city, and lists the cities with the most first", async () => {
  const campaignId = (await a.campaign()).id;
  const chicago = (await a.city("chicago-il")).globalId;
  const crowd = Array.from({ length: 100 }, () => promise({ campaignId }));
  const replies = await Promise.all([
    ...crowd,
    promise({ campaignId, cityId: chicago }),
    promise({ campaignId, cityId: chicago }),
  ]);
  expect(new Set(replies.map(({ code }) => code))).toEqual(new Set(["OK"]));
  expect(await counts(campaignId)).toEqual({ total: 102, cities: ["minneapolis-mn 100", "chicago-il 2"] });
  expect(await counts((await a.campaign()).id)).toEqual({ total: 0, cities: [] });
});

test("pages through the cities by the cursor", async () => {
  const campaignId = (await a.campaign()).id;
  for (const slug of ["chicago-il", "minneapolis-mn", "phoenix-az"])
    await promise({ campaignId, cityId: (await a.city(slug)).globalId });
  const seen = new Set<string>();
  let after: string | null = null;
  for (let page = 0; page < 3; page++) {
    const reply = await as().run(
      `query($id: ID!, $after: String) { node(id: $id) { ... on Campaign { pledges { cities(first: 1, after: $after) { nodes { city { slug } } pageInfo { endCursor hasNextPage } } } } } }`,
      { id: campaignId, after },
    );
    const { nodes, pageInfo } = reply.data.node.pledges.cities;
    seen.add(nodes[0].city.slug);
    after = pageInfo.endCursor;
    expect(pageInfo.hasNextPage).toBe(page < 2);
  }
  expect(seen.size).toBe(3);
});

test("keeps neither who it was nor the device key, also of a person who is signed in", async () => {
  const person = await a.person();
  const deviceKey = `secret-${randomUUID()}`;
  const { db } = server().services;
  const traces = () =>
    db.query(
      `SELECT (SELECT count(*) FROM audit_entries)::int AS audits, (SELECT count(*) FROM changes)::int AS changes, (SELECT count(*) FROM idempotency_keys)::int AS keys`,
    );
  const campaignId = (await a.campaign()).id;
  const before = await traces();
  expect((await promise({ campaignId, deviceKey }, person)).code).toBe("OK");
  expect(await traces()).toEqual(before);
  const rows = JSON.stringify(
    await db.query(`SELECT m::text FROM pledge_marks m UNION ALL SELECT c::text FROM pledge_counts c`),
  );
  for (const secret of [deviceKey, Buffer.from(deviceKey).toString("hex"), person.id])
    expect(rows).not.toContain(secret);
});

// The last one: it uses up what this address may ask in a minute.
test("holds one address to 300 a minute", async () => {
  const campaignId = (await a.campaign()).id;
  const deviceKey = randomUUID();
  const codes = new Set<string>();
  for (let turn = 0; turn < 8 && !codes.has("RATE_LIMITED"); turn++)
    for (const reply of await Promise.all(Array.from({ length: 50 }, () => promise({ campaignId, deviceKey }))))
      codes.add(reply.code);
  expect(codes).toContain("RATE_LIMITED");
  expect(await promise({ campaignId })).toMatchObject({ reason: "TOO_MANY_REQUESTS" });
  expect((await counts(campaignId)).total).toBe(1);
});
