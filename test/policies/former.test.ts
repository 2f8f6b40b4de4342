import { Client } from "pg";
import { personId } from "../support/matrix/setting.js";
import { openWorld, type Person } from "../support/world.js";

const { a, another, as, databaseUrl, server } = openWorld();

/** An event that only its people see, and somebody who is one of them for now. */
async function rally() {
  const [campaign, host] = [await a.campaign(), await a.organization()];
  const creator = await a.member(host);
  const event = await a.event({ campaign, host, createdByPerson: creator, visibility: "PRIVATE" as never });
  const [owner, staff] = [await a.owner(host), await a.staff(campaign)];
  return { campaign, host, creator, event, owner, staff };
}
type Rally = Awaited<ReturnType<typeof rally>>;

interface Ending {
  person: (of: Rally) => Promise<Person>;
  by: (of: Rally, person: Person) => Person;
  mutation: string;
  input: (of: Rally, person: Person) => object;
}
const fromHost = ({ host }: Rally, person: Person) => ({ organizationId: host.id, personId: personId(person) });
const fromStaff = ({ campaign }: Rally, person: Person) => ({ campaignId: campaign.id, personId: personId(person) });
const role =
  (name: string) =>
  ({ event }: Rally, { email }: Person) => ({ eventId: event.id, email, role: name });

const endings: Record<string, Ending> = {
  "a member who is removed": {
    person: ({ host }) => a.member(host),
    by: ({ owner }) => owner,
    mutation: "removeMember",
    input: fromHost,
  },
  "an admin who is removed": {
    person: ({ host }) => a.admin(host),
    by: ({ owner }) => owner,
    mutation: "removeMember",
    input: fromHost,
  },
  "a member who leaves": {
    person: ({ host }) => a.member(host),
    by: (_of, person) => person,
    mutation: "leaveOrganization",
    input: ({ host }) => ({ organizationId: host.id }),
  },
  "its creator, who is removed from the organization": {
    person: async ({ creator }) => creator,
    by: ({ owner }) => owner,
    mutation: "removeMember",
    input: fromHost,
  },
  "a member of the campaign's staff who is removed": {
    person: ({ campaign }) => a.staff(campaign),
    by: ({ staff }) => staff,
    mutation: "removeCampaignStaff",
    input: fromStaff,
  },
  "a member of the campaign's staff who leaves": {
    person: ({ campaign }) => a.staff(campaign),
    by: (_of, person) => person,
    mutation: "leaveCampaignStaff",
    input: ({ campaign }) => ({ campaignId: campaign.id }),
  },
  "a coordinator whose role is taken away": {
    person: ({ event }) => a.coordinator(event),
    by: ({ owner }) => owner,
    mutation: "removeEventRole",
    input: role("COORDINATOR"),
  },
  "a reporter whose role is taken away": {
    person: ({ event }) => a.reporter(event),
    by: ({ owner }) => owner,
    mutation: "removeEventRole",
    input: role("REPORTER"),
  },
};

const paths = `query($e: ID!, $c: ID!) { event(id: $e) { id } node(id: $e) { id } viewer { events { nodes { id } } }
  events(filter: { campaignId: $c }) { nodes { id } } }`;
const watch = `subscription($c: ID!) { eventChanged(campaignId: $c) { event { id } } }`;

test.each(Object.keys(endings))(
  "%s finds the event by no path from then on, and their subscription ends",
  async (name) => {
    const { person: join, by, mutation, input } = endings[name]!;
    const of = await rally();
    const person = await join(of);
    const read = async (): Promise<string> =>
      JSON.stringify((await as(person).run(paths, { e: of.event.id, c: of.campaign.id })).data);
    const listening = await as(person).listen(watch, { c: of.campaign.id });
    expect(await read()).toContain(of.event.id);
    const ended = listening.ended.then(({ code }) => ({ code, at: Date.now() }));
    expect(await as(by(of, person)).call(mutation, input(of, person), "__typename")).toMatchObject({ code: "OK" });
    const began = Date.now();
    expect(await read()).not.toContain(of.event.id);
    expect(
      (await as(person).call("editEvent", { eventId: of.event.id, version: 1, title: "Mine" }, "__typename")).code,
    ).toBe("NOT_FOUND");
    const { code, at } = await ended;
    expect(code).toBe(4403);
    expect(at - began).toBeLessThan(2_000);
    // Who comes again hears of it no more.
    const again = await as(person).listen(watch, { c: of.campaign.id });
    const open = await a.event({ campaign: of.campaign, createdByPerson: of.staff });
    await as(of.owner).call("editEvent", { eventId: of.event.id, version: 1, title: "Ours" }, "__typename");
    await as(of.staff).call("editEvent", { eventId: open.id, version: 1, title: "Everybody's" }, "__typename");
    await again.until((message) => message.event?.id === open.id);
    expect(JSON.stringify(again.messages)).not.toContain(of.event.id);
    await again.stop();
  },
);

test("closes the sockets of who lost their rights at once, here and elsewhere, whatever slow transaction is open, and but once", async () => {
  const [campaign, elsewhere] = [await a.campaign(), await another()];
  const [staff, gone] = [await a.staff(campaign), await a.staff(campaign)];
  const follow = `subscription($id: ID!) { campaignChanged(campaignId: $id) { position } }`;
  const urls = [server().url, elsewhere.url];
  const sit = (url: string) => as(gone, () => url).listen(follow, { id: campaign.id });
  const seats = await Promise.all(urls.map(sit));
  const slow = new Client({ connectionString: databaseUrl() });
  await slow.connect();
  await slow.query("BEGIN");
  await slow.query(
    "INSERT INTO changes (topic, kind, subject_id, scopes) VALUES ('slow', 'UPDATED', gen_random_uuid(), '{}')",
  );
  const input = { campaignId: campaign.id, personId: personId(gone) };
  expect((await as(staff).call("removeCampaignStaff", input, "__typename")).code).toBe("OK");
  for (const { ended } of seats) expect(await ended).toMatchObject({ code: 4403 });
  const returned = await Promise.all(urls.map(sit));
  await slow.query("COMMIT");
  await slow.end();
  // What is told now comes after the removal in the log.
  expect(
    (await as(staff).call("editCampaign", { campaignId: campaign.id, version: 1, title: "Later" }, "__typename")).code,
  ).toBe("OK");
  for (const { until } of returned) await until(() => true);
  await Promise.all(returned.map(({ stop }) => stop()));
});
