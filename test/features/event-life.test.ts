import { fromGlobalId } from "../../src/platform/database/ids.js";
import { life, reason, inputs, selectionOf, ralliesIn } from "../support/rallies.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server } = world;
const { rally, read, queue } = ralliesIn(world);

describe("Who may", () => {
  test.each([
    ["editEvent", ["admin", "helper", "staff"]],
    ["rescheduleEvent", ["admin", "helper", "staff"]],
    ["moveEventOnline", ["admin", "helper", "staff"]],
    ["markEventTentative", ["admin", "helper", "staff"]],
    ["copyEvent", ["admin", "helper", "staff"]],
    ["repeatEvent", ["admin", "helper", "staff"]],
    ["postponeEvent", ["admin", "staff"]],
    ["cancelEvent", ["admin", "staff"]],
    ["deleteEvent", ["admin", "staff"]],
    ["requestEventChanges", ["staff"]],
    ["rejectEvent", ["staff"]],
  ] as const)("%s: %s and nobody else", async (name, allowed) => {
    for (const who of ["stranger", "helper", "admin", "staff"] as const) {
      const world = await rally();
      const { code } = await as(world[who]).call(name, inputs[name](world.event), selectionOf(name));
      expect([who, code]).toEqual([who, allowed.includes(who as never) ? "OK" : "FORBIDDEN"]);
    }
    const { event } = await rally({ visibility: "PRIVATE" as never });
    const asked = (eventId: string) => as(stranger).call(name, { ...inputs[name](event), eventId }, selectionOf(name));
    const stranger = await a.person();
    const [hidden, missing] = [await asked(event.id), await asked("event_00000000000000000000000000000000")];
    expect(hidden).toMatchObject({ code: "NOT_FOUND", message: missing.message });
    expect((await as().call(name, inputs[name](event), selectionOf(name))).code).toBe("UNAUTHENTICATED");
  });

  test("no longer: who drafted it for an organization that they have left", async () => {
    const lead = await a.organization();
    const creator = await a.person();
    const event = await a.event({ host: lead, createdByPerson: creator, review: "DRAFT" as never });
    expect(await as(creator).call("editEvent", inputs.editEvent(event))).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("An edit", () => {
  test("on a stale version is refused with what has changed since", async () => {
    const { event, admin, helper } = await rally();
    expect(await as(admin).call("editEvent", { ...inputs.editEvent(event), venue: "City Hall" })).toMatchObject({
      code: "OK",
    });
    expect(await as(helper).call("editEvent", inputs.editEvent(event))).toMatchObject({
      code: "CONFLICT",
      reason: "STALE_VERSION",
      fields: [
        { path: "input.version", reason: "must be 2, the present one" },
        { path: "input.title", reason: expect.stringContaining("was changed") },
        { path: "input.venue", reason: expect.stringContaining("was changed") },
      ],
    });
  });

  test("of two at once on the same version is kept of one only", async () => {
    const { event, admin, helper } = await rally();
    const replies = await Promise.all(
      [admin, helper].map((who, n) =>
        as(who).call("editEvent", { eventId: event.id, version: 1, title: `Title ${n}` }),
      ),
    );
    expect(replies.map(({ code }) => code).sort()).toEqual(["CONFLICT", "OK"]);
    expect(await read(event.id, admin, "version")).toEqual({ version: 2 });
  });

  test("leaves what it leaves out, clears what is null, and refuses to clear what an event always has", async () => {
    const { event, admin } = await rally({ description: "Bring flags", accessibilityNotes: "Ramp" });
    await as(admin).call("editEvent", { eventId: event.id, version: 1, description: null });
    expect(await read(event.id, admin, "description accessibilityNotes title")).toMatchObject({
      description: null,
      accessibilityNotes: "Ramp",
      title: expect.stringContaining("Rally"),
    });
    for (const name of ["title", "type", "visibility", "accessibility"])
      expect(await as(admin).call("editEvent", { eventId: event.id, version: 2, [name]: null })).toMatchObject({
        code: "BAD_USER_INPUT",
        fields: [{ path: `input.${name}`, reason: expect.stringContaining("cannot be cleared") }],
      });
  });

  test("that changes nothing is no new version", async () => {
    const { event, admin } = await rally({ title: "A rally" });
    await as(admin).call("editEvent", { eventId: event.id, version: 1, title: "A rally" });
    expect(await read(event.id, admin, "version")).toEqual({ version: 1 });
  });

  test("of place or time after the approval is allowed, stays public, and is told to staff until they have looked", async () => {
    const { event, admin, staff, campaign } = await rally();
    await as(admin).call("editEvent", { eventId: event.id, version: 1, venue: "City Hall" });
    expect(await read(event.id)).toEqual({ id: event.id });
    expect(await queue(staff, campaign.id)).toEqual([
      { event: { id: event.id }, unreviewedFields: ["venue"], heldBy: null },
    ]);
    await as(staff).call("approveEvent", { eventId: event.id });
    expect(await queue(staff, campaign.id)).toEqual([]);
  });
});

describe("Whether it takes place:", () => {
  test("other times keep the earlier ones, and it is rescheduled", async () => {
    const { event, admin } = await rally();
    const moved = await as(admin).call("rescheduleEvent", { ...inputs.rescheduleEvent(event), reason }, life);
    expect(moved.data.rescheduleEvent.event).toMatchObject({
      occurrence: "RESCHEDULED",
      occurrenceReason: reason,
      startsAt: "2026-01-24T17:00:00+00:00",
      endsAt: "2026-01-24T21:00:00+00:00",
      version: 2,
    });
    clock.now = new Date(clock.now.getTime() + 1_000);
    await as(admin).call("editEvent", { eventId: event.id, version: 2, startsAt: "2026-01-25T09:00" });
    expect(await read(event.id, undefined, "startsOn occurrence earlierTimes { startsOn startsAt }")).toEqual({
      startsOn: "2026-01-25",
      occurrence: "RESCHEDULED",
      earlierTimes: [
        { startsOn: "2026-01-24", startsAt: "2026-01-24T17:00:00+00:00" },
        { startsOn: "2026-01-23", startsAt: "2026-01-23T17:00:00+00:00" },
      ],
    });
  });

  test("earlier times that were replaced at one moment are always in one order", async () => {
    const { event, admin } = await rally();
    for (let version = 1; version < 6; version++)
      await as(admin).call("editEvent", { eventId: event.id, version, startsAt: `2026-01-2${version + 3}T09:00` });
    const read5 = async () => (await read(event.id, undefined, "earlierTimes { startsOn }")).earlierTimes;
    const first = await read5();
    expect(first).toHaveLength(5);
    for (let n = 0; n < 4; n++) {
      await server().services.pool.query(
        `WITH gone AS (DELETE FROM event_earlier_times
           WHERE ctid = (SELECT min(ctid) FROM event_earlier_times WHERE event_id = $1) RETURNING *)
         INSERT INTO event_earlier_times SELECT * FROM gone`,
        [fromGlobalId("Event", event.id, "id")],
      );
      expect(await read5()).toEqual(first);
    }
  });

  test("times of a draft are only corrected", async () => {
    const { event, admin } = await rally({ review: "DRAFT" as never });
    await as(admin).call("editEvent", { eventId: event.id, version: 1, startsAt: "2026-01-23T09:00" });
    expect(await read(event.id, admin, "occurrence earlierTimes { startsOn }")).toEqual({
      occurrence: "SCHEDULED",
      earlierTimes: [],
    });
  });

  test("a clock time for a day that was announced without one is no other time", async () => {
    const { event, admin } = await rally({ startsAt: null, endsAt: null });
    await as(admin).call("editEvent", { eventId: event.id, version: 1, startsAt: "2026-01-23T09:00" });
    expect(await read(event.id, undefined, "occurrence")).toEqual({ occurrence: "SCHEDULED" });
  });

  test("postponed, tentative, online, each said to everybody", async () => {
    const { event, admin } = await rally();
    const occurrence = async () => (await read(event.id, undefined, "occurrence")).occurrence;
    await as(admin).call("markEventTentative", { eventId: event.id, tentative: true });
    expect(await occurrence()).toBe("TENTATIVE");
    await as(admin).call("markEventTentative", { eventId: event.id, tentative: false });
    expect(await occurrence()).toBe("SCHEDULED");
    await as(admin).call("postponeEvent", { eventId: event.id });
    expect(await occurrence()).toBe("POSTPONED");
    await as(admin).call("moveEventOnline", inputs.moveEventOnline(event));
    expect(await read(event.id, undefined, "occurrence onlineUrl")).toEqual({
      occurrence: "MOVED_ONLINE",
      onlineUrl: "https://meet.example/rally",
    });
  });

  test.each([
    "http://meet.example/rally",
    "javascript:alert(1)",
    "meet.example",
    `https://meet.example/${"x".repeat(500)}`,
  ])("refuses to move it to %.40s", async (onlineUrl) => {
    const { event, admin } = await rally();
    expect(await as(admin).call("moveEventOnline", { eventId: event.id, onlineUrl })).toMatchObject({
      code: "BAD_USER_INPUT",
      fields: [{ path: "input.onlineUrl", reason: expect.stringContaining("https address") }],
    });
  });

  test("cancelled is for good, said again it is harmless, and it stays listed with its reason", async () => {
    const { event, admin, campaign } = await rally();
    for (let again = 0; again < 2; again++)
      expect(await as(admin).call("cancelEvent", inputs.cancelEvent(event))).toMatchObject({ code: "OK" });
    for (const name of ["rescheduleEvent", "postponeEvent", "moveEventOnline", "markEventTentative"] as const)
      expect(await as(admin).call(name, { ...inputs[name](event), version: 2 })).toMatchObject({
        code: name === "rescheduleEvent" ? "CONFLICT" : expect.stringMatching(/CONFLICT|BAD_USER_INPUT/),
      });
    const { data } = await as().run(
      `query($c: ID!) { events(filter: { campaignId: $c }) { nodes { id occurrence occurrenceReason } } }`,
      { c: campaign.id },
    );
    expect(data.events.nodes).toEqual([{ id: event.id, occurrence: "CANCELLED", occurrenceReason: reason }]);
  });
});

test("A new user goes from nothing to a submitted rally in four calls, and a refusal on the way names the field", async () => {
  const campaign = await a.campaign();
  const stranger = await a.person(); // two calls: the code by mail, and signing in
  const found = (
    await as(stranger).run(`query($s: String!) { campaign(slug: $s) { id } city(slug: "duluth-mn") { id } }`, {
      s: campaign.slug,
    })
  ).data;
  const input = {
    campaignId: found.campaign.id,
    cityId: found.city.id,
    type: "RALLY",
    title: "Solidarity rally in Duluth",
    startsAt: "2026-01-23T14:00",
    submit: true,
  };
  expect(await as(stranger).draftEvent({ ...input, title: "" })).toMatchObject({
    code: "BAD_USER_INPUT",
    fields: [{ path: "input.title", reason: expect.stringContaining("3 to 120 characters") }],
  });
  expect((await as(stranger).draftEvent(input)).data.draftEvent.event.review).toBe("IN_REVIEW");
});

test("a day's drafts of one person have an end, copies among them, but for the campaign's staff", async () => {
  const [campaign, person] = [await a.campaign(), await a.person()];
  const event = await a.event({ campaign, createdByPerson: person });
  await server().services.db.query(
    `INSERT INTO events SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).*
     FROM events e, generate_series(1, 298) WHERE e.created_by = $1`,
    [person.id],
  );
  const repeat = (by: Person, ...dates: string[]) =>
    as(by).call("repeatEvent", { eventId: event.id, dates }, "events { id }");
  const tooMany = { code: "CONFLICT", reason: "LIMIT_REACHED" };
  expect(await repeat(person, "2026-02-01", "2026-02-02")).toMatchObject(tooMany);
  expect((await repeat(person, "2026-02-01")).code).toBe("OK");
  const input = { campaignId: campaign.id, cityId: (await a.city()).globalId, title: "Rally", type: "RALLY" };
  expect(await as(person).draftEvent({ ...input, startsOn: "2026-02-02" })).toMatchObject(tooMany);
  expect((await repeat(await a.staff(campaign, person), "2026-02-02")).code).toBe("OK");
});
