import { assert, asyncProperty } from "fast-check";
import { adminCommands } from "../../src/app/admin.js";
import { adoptTurnouts, verifyTurnouts } from "../../src/features/turnout/index.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { type TurnoutAct, turnoutActs, turnoutStorms } from "../support/turnout-model.js";
import { openWorld, type Person } from "../support/world.js";

const usualRuns = 10;
const runs = Number(process.env["MODEL_RUNS"] ?? usualRuns);
jest.setTimeout(60_000 + runs * 5_000);

const { a, as, clock, server } = openWorld();
const query = (sql: string, values: unknown[] = []): Promise<unknown> => server().services.db.query(sql, values);
const faults = async (): Promise<string[]> => (await verifyTurnouts(server().services)).faults;

const cities = ["minneapolis-mn", "oakland-ca", "fort-bragg-ca"];

/** A campaign with events that somebody leads and others report of. */
async function scene(count: number) {
  const campaign = await a.campaign();
  const events: string[] = [];
  for (let n = 0; n < count; n++) events.push((await a.event({ campaign, city: cities[n % 2] })).id);
  const staff = await a.staff(campaign);
  const reporters = [staff];
  for (let n = 0; n < 2; n++) {
    const reporter = await a.person();
    for (const id of events) await a.reporter({ id, slug: "" }, reporter);
    reporters.push(reporter);
  }
  return { campaign, events, staff, reporters };
}

type Scene = Awaited<ReturnType<typeof scene>>;

const sums = "low high peakLow peakHigh reporting scheduled reports closed";
const ask = `query($c: ID!, $ids: [ID!]!, $t: DateTime) {
  node(id: $c) { ... on Campaign { turnout(asOf: $t) { ${sums} }
    turnoutByCity(asOf: $t) { nodes { city { slug } turnout { ${sums} } } }
    turnoutByRegion(asOf: $t) { region turnout { ${sums} } } } }
  nodes(ids: $ids) { ... on Event { id review visibility occurrence city { slug region } turnout { ${sums} } } } }`;

type Sums = Record<string, number | null>;
const picture = async ({ campaign, events, staff }: Scene, asOf?: Date) =>
  (await as(staff).run(ask, { c: campaign.id, ids: events, t: asOf })).data;

/** Sums of events: lows with lows and highs with highs, null while nothing is known. */
function added(turnouts: Sums[]): Sums {
  const known = turnouts.some(({ reporting }) => reporting! > 0);
  const sum = (name: string): number | null => {
    const values = turnouts.map((turnout) => turnout[name]!);
    return known || !/low|high/i.test(name) ? values.reduce((total, value) => total + (value ?? 0), 0) : null;
  };
  return Object.fromEntries(sums.split(" ").map((name) => [name, sum(name)]));
}

/** Whatever is summed is the sum of the public events, each of which is there once. */
function expectSums({ node, nodes }: Awaited<ReturnType<typeof picture>>): void {
  const open = new Map<string, { city: { slug: string; region: string }; turnout: Sums }>();
  for (const event of nodes)
    if (
      event?.review === "APPROVED" &&
      event.visibility === "PUBLIC" &&
      !["CANCELLED", "POSTPONED"].includes(event.occurrence)
    )
      open.set(event.id, event);
  const all = [...open.values()];
  expect(node.turnout).toEqual(added(all.map(({ turnout }) => turnout)));
  const slugs = new Set(all.map(({ city }) => city.slug));
  expect(new Set(node.turnoutByCity.nodes.map(({ city }: { city: { slug: string } }) => city.slug))).toEqual(slugs);
  for (const { city, turnout } of node.turnoutByCity.nodes)
    expect(turnout).toEqual(added(all.filter((event) => event.city.slug === city.slug).map((event) => event.turnout)));
  for (const { region, turnout } of node.turnoutByRegion)
    expect(turnout).toEqual(added(all.filter((event) => event.city.region === region).map((event) => event.turnout)));
}

async function versionOf(staff: Person, eventId: string): Promise<number> {
  const { data } = await as(staff).run(`query($id: ID!) { event(id: $id) { version } }`, { id: eventId });
  return data.event?.version ?? 1;
}

const cityIds = new Map<string, string>();
const cityId = async (slug: string): Promise<string> => {
  if (!cityIds.has(slug)) cityIds.set(slug, (await a.city(slug)).globalId);
  return cityIds.get(slug)!;
};

const happened = new Map<string, number>();

/** Does one thing through the API: it is done, or the state of things is against it. */
async function perform({ events, staff, reporters }: Scene, act: TurnoutAct): Promise<void> {
  const eventId = events[act.event]!;
  const edit = async (name: string, input: object) =>
    as(staff).call(name, { eventId, version: await versionOf(staff, eventId), ...input });
  const acts = async () => {
    switch (act.does) {
      case "report": {
        const { who, low, more, method, minutesAgo } = act;
        const observedAt = new Date(clock.now.getTime() - minutesAgo * 60_000);
        return as(reporters[who]).reportTurnout({ eventId, low, high: low + more, method, observedAt });
      }
      case "show":
        return edit("editEvent", { visibility: act.visibility });
      case "move":
        return edit("editEvent", { cityId: await cityId(cities[act.city]!) });
      case "rescheduleEvent":
        return edit("rescheduleEvent", { startsAt: "2026-01-23T11:00", endsAt: "2026-01-23T15:00" });
      case "mergeEvent":
        return as(staff).call("mergeEvent", { eventId, intoEventId: events[act.into] });
      case "deleteEvent":
        return as(staff).call("deleteEvent", { eventId, reason: "A mistake" }, "removedId");
      case "requestEventChanges":
        return as(staff).call("requestEventChanges", { eventId, note: "Where?" });
      case "approveEvent":
        return as(staff).approveEvent(eventId);
      default:
        return as(staff).call(act.does, { eventId, reason: "Snow" });
    }
  };
  const { code, message } = await acts();
  if (!["OK", "CONFLICT", "NOT_FOUND", "FORBIDDEN", "BAD_USER_INPUT"].includes(code))
    throw new Error(`${act.does}: ${code} ${message}`);
  if (code === "OK") happened.set(act.does, (happened.get(act.does) ?? 0) + 1);
}

test("finds nothing wrong, nor does anybody, whatever happens at once; and shows the past as it was shown", async () => {
  await assert(
    asyncProperty(turnoutStorms(3, 5, cities.length), async (storm) => {
      const it = await scene(5);
      const shown: { at: Date; was: unknown }[] = [];
      for (const acts of storm) {
        clock.now = new Date(clock.now.getTime() + 60_000);
        await Promise.all(acts.map((act) => perform(it, act)));
        expect(await faults()).toEqual([]);
        const now = await picture(it);
        expectSums(now);
        shown.push({ at: clock.now, was: now.node });
      }
      for (const { at, was } of shown) expect((await picture(it, at)).node).toEqual(was);
    }),
    { numRuns: runs, ...(process.env["MODEL_SEED"] ? { seed: Number(process.env["MODEL_SEED"]) } : {}) },
  );
  if (runs >= usualRuns) expect([...happened.keys()].sort()).toEqual([...turnoutActs].sort());
});

test("counts of one moment while reports come in", async () => {
  const { events, reporters } = await scene(4);
  let writing = true;
  const writers = events.map(async (eventId, n) => {
    for (let count = 1; count <= 15; count++)
      expect((await as(reporters[n % 3]).reportTurnout({ eventId, count })).code).toBe("OK");
  });
  const done = Promise.all(writers).finally(() => (writing = false));
  while (writing) expect(await faults()).toEqual([]);
  await done;
});

test("gives events a turnout that have none, as after an older release", async () => {
  const { campaign, events, reporters } = await scene(2);
  await as(reporters[1]).reportTurnout({ eventId: events[0], count: 40 });
  const ofCampaign = [fromGlobalId("Campaign", campaign.id, "id")];
  for (const table of ["turnouts", "turnout_states", "turnout_totals"])
    await query(`DELETE FROM ${table} WHERE campaign_id = $1`, ofCampaign);
  expect((await faults()).sort()).toEqual(
    events.map((id) => `event ${fromGlobalId("Event", id, "id")}: is in no total`).sort(),
  );
  await adoptTurnouts(server().services);
  expect(await faults()).toEqual([]);
  const reply = await as().run(`query($s: String!) { campaign(slug: $s) { turnout { low scheduled } } }`, {
    s: campaign.slug,
  });
  expect(reply.data.campaign.turnout).toEqual({ low: 40, scheduled: 2 });
});

describe("The operator's command", () => {
  const verify = () => adminCommands["verify"]!.run(server().services, {});

  test("says how many events were counted again", async () => {
    expect(await verify()).toMatch(/^\d+ events: every number is what its reports come to\.$/);
  });

  test.each([
    ["an event's number", "UPDATE turnouts SET low = low - 1 WHERE event_id = $1", "event"],
    ["an event's people", "UPDATE turnouts SET reports = reports + 1 WHERE event_id = $1", "event"],
    ["an event that nobody finds any more", "UPDATE events SET visibility = 'PRIVATE' WHERE id = $1", "event"],
    ["an event of another city", "UPDATE turnouts SET city_id = $2 WHERE event_id = $1", "event"],
    ["a sum", "UPDATE turnout_totals SET peak_high = peak_high + 1 WHERE campaign_id = $1", "campaign"],
    ["a sum that is missing", "DELETE FROM turnout_totals WHERE campaign_id = $1", "campaign"],
    ["the past", "UPDATE turnout_states SET high = high + 1 WHERE event_id = $1", "event"],
    ["a past that is missing", "DELETE FROM turnout_states WHERE event_id = $1", "event"],
    ["a part of the past", "DELETE FROM turnout_states WHERE event_id = $1 AND version = 1", "event"],
    ["an event in no total", "DELETE FROM turnouts WHERE event_id = $1", "event"],
    ["a report", "UPDATE turnout_reports SET high = high + 1 WHERE event_id = $1", "event"],
  ])("names %s that is tampered with", async (_what, sql, of) => {
    const { campaign, events, reporters } = await scene(1);
    await as(reporters[1]).reportTurnout({ eventId: events[0], low: 40, high: 60 });
    const id = of === "event" ? fromGlobalId("Event", events[0]!, "id") : fromGlobalId("Campaign", campaign.id, "id");
    await query(sql, [id, ...(sql.includes("$2") ? [(await a.city("oakland-ca")).id] : [])]);
    const lines = await verify().catch((error: Error) => error.message.split("\n"));
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${of} ${id}[:,]`)));
  });
});
