import { ralliesIn } from "../support/rallies.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { as } = world;
const { rally, read } = ralliesIn(world);

type Made = Awaited<ReturnType<typeof world.a.event>>;

describe("Copies", () => {
  test("are drafts of their own at the same clock times, also over a change of the clocks", async () => {
    const { event, admin } = await rally({ description: "Candles", occurrence: "CANCELLED" as never });
    const copy = await as(admin).call("copyEvent", { eventId: event.id, startsOn: "2026-07-01" }, `event { id }`);
    const { id } = copy.data.copyEvent.event;
    expect(id).not.toBe(event.id);
    const fields = "review occurrence description startsAt endsAt version hosts { role } series { nodes { id } }";
    expect(await read(id, admin, fields)).toEqual({
      review: "DRAFT",
      occurrence: "SCHEDULED",
      description: "Candles",
      startsAt: "2026-07-01T16:00:00+00:00",
      endsAt: "2026-07-01T20:00:00+00:00",
      version: 1,
      hosts: [{ role: "LEAD" }],
      series: { nodes: [] },
    });
  });

  test("as a series know each other, and the same key gives the same ones again", async () => {
    const { event, admin } = await rally();
    const input = {
      eventId: event.id,
      dates: ["2026-02-06", "2026-01-30"],
      submit: true,
      idempotencyKey: "weekly-vigil",
    };
    const made = await as(admin).call("repeatEvent", input, "events { id startsOn review series { nodes { id } } }");
    const events = made.data.repeatEvent.events;
    expect(events.map(({ startsOn, review }: never) => [startsOn, review])).toEqual([
      ["2026-01-30", "IN_REVIEW"],
      ["2026-02-06", "IN_REVIEW"],
    ]);
    expect(events[0].series.nodes).toEqual([{ id: event.id }, { id: events[0].id }, { id: events[1].id }]);
    const again = await as(admin).call("repeatEvent", input, "events { id }");
    expect(again.data.repeatEvent.events).toEqual(events.map(({ id }: Made) => ({ id })));
    expect((await read(event.id, undefined, "series { nodes { id } }")).series.nodes).toEqual([{ id: event.id }]);
  });

  test("refuse days that are none, doubled or too many", async () => {
    const { event, admin } = await rally();
    for (const dates of [
      [],
      ["2026-02-01", "2026-02-01"],
      ["2026-02-30"],
      Array.from({ length: 53 }, (_, n) => `${2000 + n}-01-01`),
    ])
      expect(await as(admin).call("repeatEvent", { eventId: event.id, dates }, "events { id }")).toMatchObject({
        code: "BAD_USER_INPUT",
        fields: [{ path: expect.stringMatching(/^input\.dates/) }],
      });
  });
});
