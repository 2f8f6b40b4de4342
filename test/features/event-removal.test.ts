import { changesSince } from "../support/changes.js";
import { reason, inputs, ralliesIn } from "../support/rallies.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as } = world;
const { rally, read } = ralliesIn(world);

type Made = Awaited<ReturnType<typeof world.a.event>>;

describe("What is gone:", () => {
  const tombstone = async (id: string, person?: Person) =>
    (
      await as(person).run(
        `query($id: ID!) { event(id: $id) { id } node(id: $id) { id } removedEvent(id: $id) { id removedAt removedReason mergedInto { id } } }`,
        { id },
      )
    ).data;

  test("a deleted event leaves a tombstone if it was public, else nothing, for anybody", async () => {
    for (const review of ["APPROVED", "DRAFT"] as const) {
      const { event, admin, staff } = await rally({ review: review as never, everPublic: review === "APPROVED" });
      await as(admin).call("deleteEvent", inputs.deleteEvent(event), "removedId");
      for (const person of [undefined, admin, staff])
        expect(await tombstone(event.id, person)).toEqual({
          event: null,
          node: null,
          removedEvent:
            review === "APPROVED"
              ? {
                  id: event.id,
                  removedAt: expect.stringMatching(/^2026-01-23T18:00:0/),
                  removedReason: reason,
                  mergedInto: null,
                }
              : null,
        });
      expect(await as(admin).call("editEvent", inputs.editEvent(event))).toMatchObject({ code: "NOT_FOUND" });
    }
  });

  test("a merged duplicate's id leads to the other event, also through a second merge, and says so", async () => {
    const { event, staff, campaign } = await rally({ everPublic: true });
    const [second, third] = [await a.event({ campaign }), await a.event({ campaign })];
    const merge = (from: Made, into: Made) => as(staff).call("mergeEvent", { eventId: from.id, intoEventId: into.id });
    expect((await merge(event, second)).data.mergeEvent.event).toEqual({ id: second.id });
    await merge(second, third);
    expect(await tombstone(event.id)).toMatchObject({
      event: { id: third.id },
      node: { id: third.id },
      removedEvent: { id: event.id, removedReason: null, mergedInto: { id: third.id } },
    });
    const { data } = await as().run(`query($c: ID!) { events(filter: { campaignId: $c }) { nodes { id } } }`, {
      c: campaign.id,
    });
    expect(data.events.nodes).toEqual([{ id: third.id }]);
    expect(await merge(event, third)).toMatchObject({ code: "BAD_USER_INPUT", reason: "EVENT_MERGED" });
    expect(await merge(third, third)).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await merge(third, await a.event())).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test("whoever has a role at a merged event has it at the other", async () => {
    const { event, staff, campaign } = await rally();
    const into = await a.event({ campaign });
    const coordinator = await a.coordinator(event);
    await as(staff).call("mergeEvent", { eventId: event.id, intoEventId: into.id });
    const hours = { role: "MARSHAL", startsAt: "2026-01-23T11:00", endsAt: "2026-01-23T13:00", capacity: 5 };
    expect((await as(coordinator).openShift({ eventId: into.id, ...hours })).code).toBe("OK");
  });

  test("shifts with their claims, and reports, go with a merged event", async () => {
    const { event, staff, campaign } = await rally();
    const into = await a.event({ campaign });
    const shift = await a.shift({ event, startsAt: new Date("2026-01-23T19:00:00Z") });
    await as(await a.peacekeeper()).claimShift(shift);
    await as(staff).reportTurnout({ eventId: event.id, count: 300, observedAt: "2026-01-23T17:30:00Z" });
    await as(staff).reportTurnout({ eventId: into.id, low: 100, high: 200 });
    await as(staff).call("mergeEvent", { eventId: event.id, intoEventId: into.id });
    expect(await read(into.id, staff, "shifts { nodes { id taken } } turnout { reports peakLow peakHigh }")).toEqual({
      shifts: { nodes: [{ id: shift, taken: 1 }] },
      turnout: { reports: 2, peakLow: 300, peakHigh: 300 },
    });
    const { data } = await as().run(`query($s: String!) { campaign(slug: $s) { turnout { reporting scheduled } } }`, {
      s: campaign.slug,
    });
    expect(data.campaign.turnout).toEqual({ reporting: 1, scheduled: 1 });
  });

  test("two events merged into each other at once do not lead in a circle", async () => {
    const { event, staff, campaign } = await rally();
    const other = await a.event({ campaign });
    const merge = (from: Made, into: Made) => as(staff).call("mergeEvent", { eventId: from.id, intoEventId: into.id });
    const codes = (await Promise.all([merge(event, other), merge(other, event)])).map(({ code }) => code);
    expect(codes.sort()).toEqual(["BAD_USER_INPUT", "OK"]);
    const [one, two] = [await read(event.id), await read(other.id)];
    expect(one).not.toBeNull();
    expect(one).toEqual(two);
  });

  test("changes(since:) tells of it, also to who comes later", async () => {
    const { event, admin } = await rally();
    const { position } = (await as().run(`{ position }`)).data;
    await as(admin).call("deleteEvent", inputs.deleteEvent(event), "removedId");
    expect(await changesSince(as(), position, [event.id], 1)).toEqual([
      { topic: "EVENT", kind: "DELETED", id: event.id, node: null },
    ]);
  });
});
