import { allOfTurnout, turnoutsIn } from "../support/turnouts.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock } = world;
const { report, of, ofCampaign, open } = turnoutsIn(world);

const everything = `${allOfTurnout} changedAt`;
const set = (by: Person | undefined, campaign: { id: string }, input: object) =>
  as(by).call(
    "setTurnoutPolicy",
    { campaignId: campaign.id, ...input },
    "campaign { turnoutPolicy { reporting publishing } }",
  );

/** What somebody who knows of no report reads of so many events. */
const nothing = (scheduled: number, state: string | null = null) => ({
  low: null,
  high: null,
  peakLow: null,
  peakHigh: null,
  lowest: null,
  highest: null,
  median: null,
  reporting: 0,
  closed: 0,
  reports: 0,
  observedAt: null,
  changedAt: null,
  scheduled,
  state,
});

/** All ways to read the turnout of two events in a city of their own, at one of which it is closed. */
async function board(publishing: string) {
  const { campaign, staff, host, manager } = await open({ publishing });
  const [closed, going] = [await a.event({ campaign, host }), await a.event({ campaign, host })];
  const reporter = await a.reporter(going);
  const listen = (by?: Person) =>
    as(by).listen(
      `subscription($id: ID) { turnoutChanged(campaignId: $id) { event { id } events { id } turnout { ${everything} } } }`,
      { id: campaign.id },
    );
  const [listening, all] = [await listen(), await listen(staff)];
  const start = (await as().run("{ position }")).data.position;
  for (const [event, count] of [
    [closed, 100],
    [going, 40],
  ] as const)
    await report(await a.reporter(event), event, { count });
  await report(reporter, going, { count: 50 });
  await as(manager).call("closeTurnout", { eventId: closed.id });
  // Whoever is told of all has been told of it: so has everybody else, of what they are told at all.
  await all.until(({ turnout }) => turnout.closed === 1 && turnout.reports === 3);
  await all.stop();
  const sums = (by?: Person, asOf?: string) =>
    as(by).run(
      `query($id: ID!, $asOf: DateTime) {
        node(id: $id) { ... on Campaign {
          turnout(asOf: $asOf) { ${everything} }
          turnoutByCity(asOf: $asOf) { nodes { turnout { ${everything} } } }
          turnoutByRegion(asOf: $asOf) { turnout { ${everything} } } } }
        city(slug: "minneapolis-mn") { turnout(campaign: $id, asOf: $asOf) { ${everything} } } }`,
      { id: campaign.id, asOf },
    );
  /** The sums of the campaign, once they have been found equal by campaign, city and region. */
  const read = async (by?: Person, asOf?: string) => {
    const { node, city } = (await sums(by, asOf)).data;
    expect(node.turnoutByCity.nodes).toEqual([{ turnout: node.turnout }]);
    expect(node.turnoutByRegion).toEqual([{ turnout: node.turnout }]);
    expect(city.turnout).toEqual(node.turnout);
    return node.turnout;
  };
  const changedFor = async (by?: Person): Promise<string[]> => {
    const query = `{ changes(since: "${start}", first: 100) { changes { topic node { id } } } }`;
    const { changes } = (await as(by).run(query)).data.changes;
    const ids = (changes as { topic: string; node: { id: string } | null }[])
      .filter(({ topic }) => topic === "TURNOUT")
      .map(({ node }) => node?.id ?? "gone");
    return [closed.id, going.id].filter((id) => ids.includes(id));
  };
  return { campaign, staff, manager, reporter, closed, going, listening, read, changedFor };
}

test("refuses to clear a policy, and all but the campaign's staff; everybody reads it", async () => {
  const [campaign, host] = [await a.campaign(), await a.organization()];
  const staff = await a.staff(campaign);
  const read = async () =>
    (await as().run(`{ campaign(slug: "${campaign.slug}") { turnoutPolicy { reporting publishing } } }`)).data.campaign
      .turnoutPolicy;
  expect(await read()).toEqual({ reporting: "NAMED", publishing: "NOW" });
  expect((await set(staff, campaign, { publishing: null })).fields).toEqual([
    { path: "input.publishing", reason: "can be changed or left out, not cleared" },
  ]);
  expect((await set(await a.admin(host), campaign, { publishing: "NOW" })).code).toBe("FORBIDDEN");
  expect((await set(undefined, campaign, { publishing: "NOW" })).code).toBe("UNAUTHENTICATED");
  const listening = await as().listen(
    "subscription($id: ID!) { campaignChanged(campaignId: $id) { campaign { turnoutPolicy { publishing } } } }",
    { id: campaign.id },
  );
  expect((await set(staff, campaign, { publishing: "AFTER_DAY" })).code).toBe("OK");
  await listening.until(({ campaign: told }) => told.turnoutPolicy.publishing === "AFTER_DAY");
  await listening.stop();
  expect((await set(staff, campaign, { reporting: "OPEN" })).data.setTurnoutPolicy.campaign.turnoutPolicy).toEqual({
    reporting: "OPEN",
    publishing: "AFTER_DAY",
  });
  expect(await read()).toEqual({ reporting: "OPEN", publishing: "AFTER_DAY" });
});

test("lets strangers report only where everybody may, and read what they sent", async () => {
  const { campaign, staff, event } = await open({});
  const stranger = await a.person();
  expect((await report(stranger, event, { count: 5 })).code).toBe("FORBIDDEN");
  await set(staff, campaign, { reporting: "OPEN" });
  const { report: sent } = await report(stranger, event, { count: 5 });
  expect(sent).toEqual({ id: sent.id, status: "ACCEPTED", flags: [], reporter: null });
  const read = async (by?: Person) => (await as(by).run(`{ node(id: "${sent.id}") { id } }`)).data.node;
  expect([await read(stranger), await read(await a.person()), await read()]).toEqual([{ id: sent.id }, null, null]);
  await set(staff, campaign, { reporting: "NAMED" });
  expect((await report(stranger, event, { count: 5 })).code).toBe("FORBIDDEN");
});

test("NOW shows all to everybody", async () => {
  const { staff, closed, going, listening, read, changedFor } = await board("NOW");
  expect(await read()).toMatchObject({ low: 140, high: 140, reporting: 2, closed: 1, reports: 3 });
  expect(await read()).toEqual(await read(staff));
  expect(await of(going)).toMatchObject({ state: "PARTIAL", reports: 2 });
  expect(await changedFor()).toEqual([closed.id, going.id]);
  await listening.until(({ turnout }) => turnout.closed === 1 && turnout.reports === 3);
  await listening.stop();
});

test("AFTER_REVIEW shows what is closed, and of the rest not even that something is reported", async () => {
  const { campaign, staff, manager, reporter, closed, going, listening, read, changedFor } =
    await board("AFTER_REVIEW");
  const ofClosed = { low: 100, high: 100, peakLow: 100, peakHigh: 100, reporting: 1, closed: 1 };
  expect(await read()).toEqual({ ...nothing(3), ...ofClosed });
  expect(await of(going, undefined, undefined, everything)).toEqual(nothing(1, "MISSING"));
  expect(await of(closed)).toMatchObject({ low: 100, state: "FINAL", reports: 1 });
  for (const person of [staff, manager, reporter]) expect(await of(going, person)).toMatchObject({ reports: 2 });
  expect(await read(staff)).toMatchObject({ low: 140, reports: 3 });
  expect(await read(manager)).toEqual(await read());
  expect(await changedFor(staff)).toEqual([closed.id, going.id]);
  expect(await changedFor()).toEqual([closed.id]);
  await listening.until(({ turnout }) => turnout.closed === 1);
  // Reopened: it is told that the number is gone, though it was of a moment ago.
  await as(manager).call("reopenTurnout", { eventId: closed.id, reason: "A slip" });
  await listening.until(({ turnout }, all) => all.length > 1 && turnout.closed === 0);
  expect(await read()).toEqual(nothing(3));
  for (const { event, events, turnout } of listening.messages) {
    expect(JSON.stringify([event, events])).not.toContain(going.id);
    expect(turnout).toMatchObject({ reports: 0, changedAt: null });
  }
  await listening.stop();
  expect(await ofCampaign(campaign, staff)).toMatchObject({ low: 140, closed: 0 });
});

test("AFTER_DAY shows nothing until the last day has ended everywhere, and then also what was", async () => {
  const { campaign, staff, manager, reporter, closed, going, listening, read, changedFor } = await board("AFTER_DAY");
  const told = "2026-01-23T18:00:00Z";
  for (const at of [undefined, told]) expect(await read(undefined, at)).toEqual(nothing(3));
  for (const event of [closed, going])
    expect(await of(event, undefined, told, everything)).toEqual(nothing(1, "MISSING"));
  for (const person of [staff, manager, reporter]) expect(await of(going, person)).toMatchObject({ reports: 2 });
  expect(await changedFor(staff)).toEqual([closed.id, going.id]);
  expect(await changedFor()).toEqual([]);
  // In a row with what went before, nothing of that has been told.
  await set(staff, campaign, { publishing: "NOW" });
  await report(reporter, going, { count: 55 });
  await listening.until(({ turnout }) => turnout.reports === 4);
  expect(listening.messages.map(({ turnout }) => turnout.reports)).toEqual([4]);
  await listening.stop();
  await set(staff, campaign, { publishing: "AFTER_DAY" });
  clock.now = new Date("2026-01-24T11:59:59Z");
  expect(await read()).toEqual(nothing(3));
  clock.now = new Date("2026-01-24T12:00:00Z");
  expect(await read(undefined, told)).toMatchObject({ closed: 1, reports: 4 });
  clock.now = new Date(told);
});
