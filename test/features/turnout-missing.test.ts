import { jobsDone } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, folder, server } = openWorld();

const list = `query($s: String!, $r: String) { campaign(slug: $s) { turnoutMissing(region: $r) {
  totalCount nodes { event { id city { name } } flagged nudgedAt } } } }`;

/** A campaign at 18:00 with rallies that have begun in three cities, one that reported, and some that do not count. */
async function day() {
  clock.now = new Date("2026-01-23T18:00:00Z");
  const campaign = await a.campaign();
  const rally = (fields: object = {}) => a.event({ campaign, ...fields });
  const [minneapolis, oakland, duluth] = [
    await rally(),
    await rally({ city: "oakland-ca" }),
    await rally({ city: "duluth-mn" }),
  ];
  await rally({ startsAt: new Date("2026-01-23T23:00:00Z"), endsAt: null });
  await rally({ occurrence: "CANCELLED" });
  await rally({ review: "DRAFT" });
  const staff = await a.staff(campaign);
  const reported = await rally();
  await as(staff).reportTurnout({ eventId: reported.id, count: 12 });
  return { campaign, staff, minneapolis, oakland, duluth, reported };
}

const missing = async (person: Person | undefined, { slug }: { slug: string }, region?: string) =>
  (await as(person).run(list, { s: slug, r: region })).data.campaign.turnoutMissing;

const nudge = async (person: Person | undefined, campaign: { id: string }, more: object = {}) =>
  as(person).call("nudgeHosts", { campaignId: campaign.id, ...more }, "nudged");

test("is told to the staff only, and only they have hosts asked", async () => {
  const { campaign, minneapolis } = await day();
  for (const person of [undefined, await a.person(), await a.coordinator(minneapolis)]) {
    expect(await missing(person, campaign)).toEqual({ totalCount: 0, nodes: [] });
    expect((await nudge(person, campaign)).code).toBe(person ? "FORBIDDEN" : "UNAUTHENTICATED");
  }
});

test("lists what has begun and has no number, by region and city, until it has one", async () => {
  const { campaign, staff, minneapolis, oakland, duluth } = await day();
  await as(await a.reporter(duluth)).reportTurnout({ eventId: duluth.id, count: 4_000, method: "PHOTO" });
  const all = await missing(staff, campaign);
  expect(all.totalCount).toBe(3);
  expect(all.nodes).toEqual([
    { event: { id: oakland.id, city: { name: "Oakland" } }, flagged: 0, nudgedAt: null },
    { event: { id: duluth.id, city: { name: "Duluth" } }, flagged: 1, nudgedAt: null },
    { event: { id: minneapolis.id, city: { name: "Minneapolis" } }, flagged: 0, nudgedAt: null },
  ]);
  await as(staff).reportTurnout({ eventId: minneapolis.id, count: 5 });
  expect((await missing(staff, campaign, "MN")).nodes.map(({ event }: never) => event["id"])).toEqual([duluth.id]);
});

test("asks the hosts by mail, not those who were asked within three hours, and not those who have answered meanwhile", async () => {
  const { campaign, staff, minneapolis, oakland, reported } = await day();
  const [host, other, done] = [
    await a.coordinator(minneapolis),
    await a.coordinator(oakland),
    await a.coordinator(reported),
  ];
  const elsewhere = await a.event();
  expect((await nudge(staff, campaign, { eventIds: [minneapolis.id, elsewhere.id] })).fields).toEqual([
    { path: "input.eventIds.1", reason: "is no event of this campaign" },
  ]);
  const nudged = async (more: object = {}) => (await nudge(staff, campaign, more)).data.nudgeHosts.nudged;
  expect(await nudged({ eventIds: [minneapolis.id, reported.id] })).toBe(1);
  expect(await nudged()).toBe(2);
  expect(await nudged()).toBe(0);
  await jobsDone(server().services);
  const subjects = async (person: Person) =>
    (await lettersTo(folder(), person.email))
      .map(({ subject }) => subject)
      .filter((text) => text.startsWith("How many came?"));
  expect(await subjects(host)).toHaveLength(1);
  expect(await subjects(other)).toHaveLength(1);
  expect(await subjects(done)).toEqual([]);
  clock.now = new Date("2026-01-23T20:59:00Z");
  expect(await nudged()).toBe(0);
  clock.now = new Date("2026-01-23T21:00:00Z");
  await as(staff).reportTurnout({ eventId: oakland.id, count: 5 });
  expect(await nudged({ eventIds: [minneapolis.id, oakland.id] })).toBe(1);
  await jobsDone(server().services);
  expect([(await subjects(host)).length, (await subjects(other)).length]).toEqual([2, 1]);
});
