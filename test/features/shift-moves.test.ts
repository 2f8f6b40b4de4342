import { fromGlobalId } from "../../src/platform/database/ids.js";
import { jobsDone } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server, folder } = openWorld();
beforeEach(() => void (clock.now = new Date("2026-01-20T12:00:00Z")));

type Made = Awaited<ReturnType<typeof a.event>>;
const at = (from: string, to: string, day = "2026-01-23") => ({
  startsAt: new Date(`${day}T${from}:00Z`),
  endsAt: new Date(`${day}T${to}:00Z`),
});

async function rally(fields: Parameters<typeof a.event>[0] = {}) {
  const campaign = await a.campaign();
  const event = await a.event({ campaign, title: `Rally at the river`, ...fields });
  return { campaign, event, staff: await a.staff(campaign), coordinator: await a.coordinator(event) };
}

async function holder(...shifts: string[]): Promise<Person> {
  const person = await a.peacekeeper();
  for (const shift of shifts) expect((await as(person).claimShift(shift)).code).toBe("OK");
  return person;
}

async function waiter(shift: string): Promise<Person> {
  const person = await a.peacekeeper();
  const reply = await as(person).call("claimShift", { shiftId: shift, joinWaitlist: true }, "signup { status }");
  expect(reply.data.claimShift.signup.status).toBe("WAITLISTED");
  return person;
}

const timesOf = async (by: Person, shift: string): Promise<string> => {
  const { startsAt, endsAt } = (await as(by).run(`{ node(id: "${shift}") { ... on Shift { startsAt endsAt } } }`)).data
    .node;
  return `${startsAt.slice(0, 16)}/${endsAt.slice(0, 16)}`;
};

const statusOf = async (person: Person, shift: string): Promise<string> =>
  (
    await server().services.db.query("SELECT status FROM shift_signups WHERE shift_id = $1 AND person_id = $2", [
      fromGlobalId("Shift", shift, "id"),
      person.id,
    ])
  )[0].status;

async function mailsOf(person: Person) {
  await jobsDone(server().services);
  return lettersTo(folder(), person.email);
}
const subjects = async (person: Person): Promise<string[]> => (await mailsOf(person)).map(({ subject }) => subject);

const edit = (by: Person, shiftId: string, version: number, input: object) =>
  as(by).call("editShift", { shiftId, version, ...input }, "shift { startsAt endsAt taken version }");
const act = (by: Person, name: string, event: Made, input: object) =>
  as(by).call(name, { eventId: event.id, ...input }, name === "deleteEvent" ? "removedId" : "event { id version }");

describe("A shift at another time", () => {
  test("goes with its places, and tells those on it and in its line how it is now, once", async () => {
    const { event, coordinator } = await rally();
    const shift = await a.shift({ event, capacity: 1, checkInPoint: "The bridge" });
    const [person, waiting] = [await holder(shift), await waiter(shift)];
    await edit(coordinator, shift, 1, { startsAt: "2026-01-23T13:00", endsAt: "2026-01-23T15:00" });
    const [mail, ...more] = await mailsOf(person);
    expect(more).toEqual([]);
    expect(mail!.subject).toBe("Your shift has changed: Rally at the river");
    expect(mail!.text).toMatch(/marshal, .*1:00.*3:00.*\(America\/Chicago\)\nCheck in: The bridge/);
    const [other, ...none] = await mailsOf(waiting);
    expect(none).toEqual([]);
    expect(other!.text).toContain("You wait in line for a shift: marshal");
    expect(other!.text).not.toContain("The bridge");
    // Their times moved with it: the database keeps them from a second place at that time.
    const overlapping = await a.shift({ ...at("20:00", "22:00") });
    expect((await as(person).claimShift(overlapping)).reason).toBe("OVERLAPS");
    expect((await as(person).claimShift(await a.shift(at("17:00", "19:00")))).code).toBe("OK");
  });

  test("tells nobody of what does not matter to them", async () => {
    const { event, coordinator } = await rally();
    const shift = await a.shift({ event, capacity: 1 });
    const [person, waiting] = [await holder(shift), await waiter(shift)];
    await edit(coordinator, shift, 1, { instructions: "Bring water", releaseCutoffMinutes: 60 });
    await edit(coordinator, shift, 2, { checkInPoint: "The bridge" });
    expect([await subjects(person), await subjects(waiting)]).toEqual([
      ["Your shift has changed: Rally at the river"],
      [],
    ]);
  });

  test("releases a place that would be at the time of another, and tells the person and both events' coordinators once", async () => {
    const [moved, kept] = [await rally(), await rally({ title: "March to the hall" })];
    const shift = await a.shift({ event: moved.event, capacity: 2, ...at("18:00", "19:00") });
    const other = await a.shift({ event: kept.event, ...at("20:00", "22:00") });
    const [both, one, next] = [await holder(shift, other), await holder(shift), await waiter(shift)];
    const reply = await edit(moved.coordinator, shift, 1, { startsAt: "2026-01-23T14:30", endsAt: "2026-01-23T15:30" });
    expect(reply.data.editShift.shift).toMatchObject({ startsAt: "2026-01-23T20:30:00+00:00", taken: 2 });
    expect(await Promise.all([both, one, next].map((person) => statusOf(person, shift)))).toEqual([
      "RELEASED",
      "CONFIRMED",
      "OFFERED",
    ]);
    expect(await statusOf(both, other)).toBe("CONFIRMED");
    const [mail, ...more] = await mailsOf(both);
    expect(more).toEqual([]);
    expect(mail!.subject).toBe("Your place is released: Rally at the river");
    expect(mail!.text).toContain("You hold another place at that time, at March to the hall");
    const told = "Shifts overlap:";
    expect(await subjects(moved.coordinator)).toEqual([`${told} Rally at the river`]);
    expect(await subjects(kept.coordinator)).toEqual([`${told} March to the hall`]);
    expect((await mailsOf(moved.coordinator))[0]!.text).toContain("one peacekeeper hold a place elsewhere");
    for (const person of [moved.coordinator, kept.coordinator])
      expect((await mailsOf(person))[0]!.text).not.toContain(both.email);
    const steps = await server().services.db.query(
      "SELECT t.reason FROM signup_steps t JOIN shift_signups g ON g.id = t.signup_id WHERE g.person_id = $1 AND t.status = 'RELEASED'",
      [both.id],
    );
    expect(steps).toEqual([{ reason: expect.stringMatching(/^moved: overlaps/) }]);
  });

  test("is refused when it has begun and those who are there stand elsewhere by the new end", async () => {
    const { event, coordinator } = await rally();
    const [shift, after] = [
      await a.shift({ event, ...at("18:00", "20:00") }),
      await a.shift({ event, ...at("20:00", "21:00") }),
    ];
    await holder(shift, after);
    clock.now = new Date("2026-01-23T19:00:00Z");
    expect(await edit(coordinator, shift, 1, { endsAt: "2026-01-23T14:30" })).toMatchObject({
      code: "CONFLICT",
      reason: "OVERLAPS",
      message: "1 of those on this shift stand elsewhere by that time.",
    });
  });
});

describe("A cancelled event", () => {
  test("ends its shifts; each with a place or in line hears of it in one letter", async () => {
    const { event, staff } = await rally();
    const [shift, second] = [await a.shift({ event, capacity: 1 }), await a.shift({ event, ...at("20:00", "21:00") })];
    const draft = await a.shift({ event, status: "DRAFT" as never });
    const [person, waiting, newcomer] = [await holder(shift, second), await waiter(shift), await a.person()];
    await as(newcomer).claimShift(second);
    const follower = await holder(second);
    await as(follower).followEvent(event.id);
    await act(staff, "cancelEvent", event, { reason: "Ice on the roads" });
    for (const who of [person, waiting, newcomer, follower]) {
      const [mail, ...more] = await mailsOf(who);
      expect(more).toEqual([]);
      expect(mail!.subject).toMatch(/(Cancelled|No longer takes place): Rally at the river/);
      expect(mail!.text).toContain("Why: Ice on the roads");
      expect(mail!.text).toContain("so nor does your shift: marshal");
    }
    expect((await mailsOf(person))[0]!.text.match(/nor does your shift/g)).toHaveLength(2);
    expect([await statusOf(person, shift), await statusOf(waiting, shift), await statusOf(newcomer, second)]).toEqual(
      Array(3).fill("RELEASED"),
    );
    const { nodes } = (await as(staff).run(`{ event(id: "${event.id}") { shifts { nodes { id status taken } } } }`))
      .data.event.shifts;
    expect(nodes).toContainEqual({ id: draft, status: "DRAFT", taken: 0 });
    expect(nodes).toContainEqual({ id: shift, status: "CANCELLED", taken: 0 });
  });

  test("closes a shift that has begun, and leaves those there who have come", async () => {
    const { event, staff } = await rally();
    const shift = await a.shift({ event });
    const [there, late] = [await holder(shift), await holder(shift)];
    await server().services.db.query("UPDATE shift_signups SET status = 'CHECKED_IN' WHERE person_id = $1", [there.id]);
    clock.now = new Date("2026-01-23T19:00:00Z");
    await act(staff, "cancelEvent", event, { reason: "Ice" });
    expect([await statusOf(there, shift), await statusOf(late, shift)]).toEqual(["CHECKED_IN", "RELEASED"]);
    expect((await as(staff).run(`{ node(id: "${shift}") { ... on Shift { status taken } } }`)).data.node).toEqual({
      status: "CLOSED",
      taken: 1,
    });
  });

  test("that is deleted ends its shifts in the same way", async () => {
    const { event, staff } = await rally();
    const shift = await a.shift({ event, capacity: 1 });
    const [person, waiting] = [await holder(shift), await waiter(shift)];
    await act(staff, "deleteEvent", event, { reason: "A duplicate" });
    for (const who of [person, waiting]) {
      const [mail, ...more] = await mailsOf(who);
      expect(more).toEqual([]);
      expect(mail!.subject).toBe("No longer takes place: Rally at the river");
      expect(mail!.text).toContain("so nor does your shift: marshal");
    }
    expect(await statusOf(person, shift)).toBe("RELEASED");
  });
});

describe("An event at another time", () => {
  const reschedule = (by: Person, event: Made, version: number, input: object) =>
    act(by, "rescheduleEvent", event, { version, ...input });

  test("takes its shifts along, touching ones too; each is told once, of the event and of their shifts", async () => {
    const { event, staff } = await rally();
    const [one, two] = [
      await a.shift({ event, ...at("17:00", "19:00"), capacity: 1 }),
      await a.shift({ event, ...at("19:00", "21:00") }),
    ];
    const [person, waiting] = [await holder(one, two), await waiter(one)];
    await reschedule(staff, event, 1, { startsAt: "2026-01-23T12:30", endsAt: "2026-01-23T17:00" });
    expect([await timesOf(staff, one), await timesOf(staff, two)]).toEqual([
      "2026-01-23T18:30/2026-01-23T20:30",
      "2026-01-23T20:30/2026-01-23T22:30",
    ]);
    const [mail, ...more] = await mailsOf(person);
    expect(more).toEqual([]);
    expect(mail!.subject).toBe("New time: Rally at the river");
    expect(mail!.text).toMatch(/Your shift: marshal, .*12:30.*2:30[^]*Your shift: marshal, .*2:30.*4:30/);
    expect(await subjects(waiting)).toEqual(["Your shift has changed: Rally at the river"]);
    await reschedule(staff, event, 2, { startsAt: "2026-01-23T11:00" });
    expect([await timesOf(staff, one), await timesOf(staff, two)]).toEqual([
      "2026-01-23T17:00/2026-01-23T19:00",
      "2026-01-23T19:00/2026-01-23T21:00",
    ]);
  });

  test("on another day keeps the clock times of its shifts, over a change of the clocks too", async () => {
    const { event, staff } = await rally({ startsOn: "2026-03-07", ...at("17:00", "21:00", "2026-03-07") });
    const shift = await a.shift({
      event,
      ...at("16:30", "21:30", "2026-03-07"),
      closesAt: new Date("2026-03-06T18:00:00Z"),
    });
    await reschedule(staff, event, 1, { startsOn: "2026-03-08" });
    expect(await timesOf(staff, shift)).toBe("2026-03-08T15:30/2026-03-08T20:30");
    const { closesAt } = (await as(staff).run(`{ node(id: "${shift}") { ... on Shift { closesAt } } }`)).data.node;
    expect(closesAt).toBe("2026-03-07T18:00:00+00:00");
  });

  test("moves a shift whose clock time the new day does not have as much later as the event", async () => {
    const { event, staff } = await rally({ startsOn: "2026-03-07", ...at("06:30", "12:00", "2026-03-07") });
    const shift = await a.shift({ event, ...at("08:30", "09:00", "2026-03-07") });
    await reschedule(staff, event, 1, { startsOn: "2026-03-08" });
    expect(await timesOf(staff, shift)).toBe("2026-03-08T08:30/2026-03-08T09:00");
  });

  test("releases the places that would be at the time of others, and leaves what has begun where it is", async () => {
    const { event, staff, coordinator } = await rally();
    const [begun, shift] = [
      await a.shift({ event, ...at("16:00", "18:00") }),
      await a.shift({ event, ...at("18:00", "20:00") }),
    ];
    const other = await a.shift({ ...at("21:00", "23:00") });
    const person = await holder(begun, shift, other);
    clock.now = new Date("2026-01-23T16:30:00Z");
    await reschedule(staff, event, 1, { startsAt: "2026-01-23T14:00", endsAt: "2026-01-23T18:00" });
    expect([await timesOf(staff, begun), await timesOf(staff, shift)]).toEqual([
      "2026-01-23T16:00/2026-01-23T18:00",
      "2026-01-23T21:00/2026-01-23T23:00",
    ]);
    expect([await statusOf(person, begun), await statusOf(person, shift), await statusOf(person, other)]).toEqual([
      "CONFIRMED",
      "RELEASED",
      "CONFIRMED",
    ]);
    expect((await subjects(person)).sort()).toEqual([
      "New time: Rally at the river",
      "Your place is released: Rally at the river",
    ]);
    expect(await subjects(coordinator)).toEqual(["Shifts overlap: Rally at the river"]);
  });

  test("that was postponed drops nobody, takes no claims meanwhile, and takes even past shifts along", async () => {
    const { event, staff } = await rally();
    const shift = await a.shift({ event });
    const person = await holder(shift);
    await act(staff, "postponeEvent", event, { reason: "Ice" });
    expect(await statusOf(person, shift)).toBe("CONFIRMED");
    expect((await as(await a.peacekeeper()).claimShift(shift)).reason).toBe("EVENT_NOT_SCHEDULED");
    clock.now = new Date("2026-01-25T12:00:00Z");
    await reschedule(staff, event, 2, { startsOn: "2026-01-30" });
    expect(await timesOf(staff, shift)).toBe("2026-01-30T18:00/2026-01-30T20:00");
    expect(await statusOf(person, shift)).toBe("CONFIRMED");
    expect((await subjects(person)).length).toBe(2);
  });
});
