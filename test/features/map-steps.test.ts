import { countOf, mapIn, until, world as everywhere } from "../support/maps.js";
import { turnoutsIn } from "../support/turnouts.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, as, clock } = world;
const { clusters, tile } = mapIn(world);
const { open, report } = turnoutsIn(world);
beforeEach(() => (clock.now = new Date("2026-01-23T18:00:00Z")));

describe("the map, in step", () => {
  const shown = async (campaign: { slug: string }) => (await tile("0/0/0", `?campaign=${campaign.slug}`))[0];

  test("shows a new title, a number, a cancellation and a removal soon after", async () => {
    const { campaign, staff, event } = await open();
    expect((await shown(campaign))?.count).toBe(1);
    await as(staff).call("editEvent", { eventId: event.id, version: 1, title: "Another name" });
    await until(
      () => shown(campaign),
      (tags) => tags?.["title"] === "Another name",
    );
    await report(staff, event, { low: 30, high: 50 });
    await until(
      () => shown(campaign),
      (tags) => tags?.["low"] === 30 && tags["high"] === 50,
    );
    await as(staff).call("cancelEvent", { eventId: event.id, reason: "Snow" });
    await until(
      () => shown(campaign),
      (tags) => tags?.["occurrence"] === "CANCELLED",
    );
    await as(staff).call("deleteEvent", { eventId: event.id, reason: "Twice" }, "removedId");
    await until(
      () => shown(campaign),
      (tags) => tags === undefined,
    );
    expect(await clusters(everywhere, 0, { campaignId: campaign.id })).toEqual([]);
  });

  test("shows an event that becomes public, and goes where it moves", async () => {
    const { campaign, staff } = await open();
    const { id } = await a.event({ campaign, city: "oakland-ca", review: "IN_REVIEW" as never });
    expect(countOf(await clusters(everywhere, 3, { campaignId: campaign.id }))).toBe(1);
    await as(staff).approveEvent(id);
    const found = await until(
      () => clusters(everywhere, 3, { campaignId: campaign.id }),
      (all) => countOf(all) === 2,
    );
    expect(found).toHaveLength(2);
    const cityId = (await a.city()).globalId;
    const { code, message } = await as(staff).call("editEvent", { eventId: id, version: 1, cityId });
    expect([code, message]).toEqual(["OK", ""]);
    await until(
      () => clusters(everywhere, 3, { campaignId: campaign.id }),
      (all) => all.length === 1 && countOf(all) === 2,
    );
  });

  test("shows places that are taken, and none once their time is over", async () => {
    const { campaign, staff, event } = await open();
    const peacekeeper = await a.peacekeeper();
    clock.now = new Date("2026-01-23T12:00:00Z");
    const times = { startsAt: "2026-01-23T12:00", endsAt: "2026-01-23T13:00" };
    const { data } = await as(staff).openShift({ eventId: event.id, role: "MARSHAL", ...times, capacity: 2 });
    await until(
      () => shown(campaign),
      (tags) => tags?.["openPlaces"] === 2,
    );
    expect((await as(peacekeeper).claimShift(data.openShift.shift.id)).code).toBe("OK");
    await until(
      () => shown(campaign),
      (tags) => tags?.["openPlaces"] === 1,
    );
    clock.now = new Date("2026-01-23T19:00:01Z");
    const [found] = await clusters(everywhere, 0, { campaignId: campaign.id });
    expect(found.openPlaces).toBe(0);
  });

  test("publishes numbers when the campaign does", async () => {
    const { campaign, staff, event } = await open();
    await report(staff, event, { count: 50 });
    const low = async () => (await clusters(everywhere, 0, { campaignId: campaign.id }))[0].turnout;
    expect(await low()).toEqual({ low: 50, high: 50, reporting: 1 });
    await as(staff).call("setTurnoutPolicy", { campaignId: campaign.id, publishing: "AFTER_DAY" }, "__typename");
    await until(low, ({ reporting }) => reporting === 0);
    clock.now = new Date("2026-01-24T12:00:00Z");
    expect(await low()).toEqual({ low: 50, high: 50, reporting: 1 });
  });
});
