import { fromGlobalId } from "../../src/platform/database/ids.js";
import { jobsDone } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server, folder } = openWorld();
const early = new Date("2026-01-20T12:00:00Z");
beforeEach(() => void (clock.now = early));

type Made = Awaited<ReturnType<typeof a.event>>;
const fields =
  "id status version minimum capacity taken staffing waiting startsAt endsAt opensAt closesAt releaseCutoffMinutes checkInPoint instructions";
const hours = (event: Made, more: object = {}) => ({
  eventId: event.id,
  role: "MARSHAL",
  startsAt: "2026-01-23T11:00",
  endsAt: "2026-01-23T13:00",
  capacity: 5,
  ...more,
});
const on = (by: Person, name: string) => (shiftId: string, input: object) =>
  as(by).call(name, { shiftId, ...input }, `shift { ${fields} }`);

async function rally(fieldsOfShift: object = {}) {
  const event = await a.event();
  const coordinator = await a.coordinator(event);
  const shift = await a.shift({ event, ...fieldsOfShift });
  const edit = (input: object, version = 1) => on(coordinator, "editShift")(shift, { version, ...input });
  const set = (name: string, input: object = {}) => on(coordinator, name)(shift, input);
  return { event, coordinator, shift, edit, set };
}

async function claims(shift: string, count: number, joinWaitlist = false): Promise<Person[]> {
  const people = await Promise.all(Array.from({ length: count }, () => a.peacekeeper()));
  for (const person of people)
    expect((await as(person).call("claimShift", { shiftId: shift, joinWaitlist }, "shift { id }")).code).toBe("OK");
  return people;
}

const statusOf = async (person: Person, shift: string): Promise<string> =>
  (await as(person).run(`{ node(id: "${shift}") { ... on Shift { viewerSignup { status } } } }`)).data.node.viewerSignup
    .status;

async function mailsOf(person: Person) {
  await jobsDone(server().services);
  return lettersTo(folder(), person.email);
}

test.each([
  [{ closesAt: "2026-01-22T10:00", opensAt: "2026-01-22T10:00" }, "input.closesAt", "must be after opensAt"],
  [{ opensAt: "2026-01-23T11:00" }, "input.opensAt", "must be before the shift begins"],
  [{ closesAt: "2026-01-23T11:01" }, "input.closesAt", "must not be after the shift begins"],
  [{ releaseCutoffMinutes: 10_081 }, "input.releaseCutoffMinutes", "must be at most 10,080"],
  [
    { checkInPoint: "x".repeat(201) },
    "input.checkInPoint",
    "must be 0 to 200 characters, without control characters such as NUL",
  ],
])("refuses a shift with %j, when it is opened and when it is edited", async (input, path, reason) => {
  const { event, coordinator, edit } = await rally({ startsAt: new Date("2026-01-23T17:00:00Z") });
  expect((await as(coordinator).openShift(hours(event, input))).fields).toEqual([{ path, reason }]);
  expect((await edit(input)).fields).toEqual([{ path, reason }]);
});

test.each([
  [{ capacity: 0 }, "input.capacity", "must be at least 1"],
  [{ minimum: 11 }, "input.minimum", "must not be above capacity"],
  [{ minimum: null }, "input.minimum", "cannot be cleared; leave it out to keep it as it is"],
  [{ role: null }, "input.role", "cannot be cleared; leave it out to keep it as it is"],
  [{ endsAt: null }, "input.endsAt", "cannot be cleared; leave it out to keep it as it is"],
  [{ startsAt: "2026-01-23T14:00" }, "input.endsAt", "must be after startsAt"],
  [{ startsAt: "2026-01-23T06:00", endsAt: "2026-01-23T19:00" }, "input.endsAt", /^must be within 12 hours/],
])("refuses to edit a shift with %j", async (input, path, reason) => {
  const { edit } = await rally();
  const told = reason instanceof RegExp ? expect.stringMatching(reason) : reason;
  expect((await edit(input)).fields).toEqual([{ path, reason: told }]);
});

test("refuses an edit of what somebody else has changed meanwhile, and says the present version", async () => {
  const { edit } = await rally();
  expect((await edit({ minimum: 2 })).data.editShift.shift).toMatchObject({ minimum: 2, version: 2 });
  expect(await edit({ minimum: 3 })).toMatchObject({
    code: "CONFLICT",
    reason: "STALE_VERSION",
    fields: [{ path: "input.version", reason: "must be 2, the present one" }],
  });
});

test("refuses to edit what is cancelled, over, or has begun, but for its end", async () => {
  const gone = await rally();
  await gone.set("cancelShift", { reason: "Ice" });
  expect((await gone.edit({ minimum: 0 }, 2)).reason).toBe("SHIFT_CANCELLED");
  const { edit } = await rally();
  clock.now = new Date("2026-01-23T19:00:00Z");
  expect((await edit({ startsAt: "2026-01-23T14:00", endsAt: "2026-01-23T15:00" })).reason).toBe("SHIFT_STARTED");
  expect((await edit({ endsAt: "2026-01-23T12:30" })).fields).toEqual([
    { path: "input.endsAt", reason: "must be a time to come" },
  ]);
  expect((await edit({ endsAt: "2026-01-23T15:00" })).data.editShift.shift.endsAt).toBe("2026-01-23T21:00:00+00:00");
  clock.now = new Date("2026-01-23T21:00:00Z");
  expect((await edit({ minimum: 0 }, 2)).reason).toBe("SHIFT_ENDED");
});

test("opens a draft that nobody but the coordinators knows of, until it is published", async () => {
  const event = await a.event();
  const coordinator = await a.coordinator(event);
  const reply = await as(coordinator).openShift(hours(event, { draft: true, checkInPoint: "The bridge" }));
  const shift = reply.data.openShift.shift.id;
  const person = as(await a.peacekeeper());
  expect(
    (await person.run(`{ node(id: "${shift}") { id } event(id: "${event.id}") { shifts { totalCount } } }`)).data,
  ).toEqual({ node: null, event: { shifts: { totalCount: 0 } } });
  expect((await person.claimShift(shift)).code).toBe("NOT_FOUND");
  const set = (name: string) => on(coordinator, name)(shift, {});
  for (const name of ["closeShift", "reopenShift"]) expect((await set(name)).reason).toBe("NOT_OPEN_YET");
  for (let again = 0; again < 2; again++)
    expect((await set("publishShift")).data.publishShift.shift).toMatchObject({ status: "OPEN", version: 2 });
  expect((await person.claimShift(shift)).code).toBe("OK");
});

test("keeps what an edit leaves out, and clears what is null", async () => {
  const { edit } = await rally({ checkInPoint: "The bridge", instructions: "Bring water", releaseCutoffMinutes: 60 });
  const window = { opensAt: "2026-01-21T10:00", closesAt: "2026-01-22T10:00" };
  expect((await edit(window)).data.editShift.shift).toMatchObject({
    opensAt: "2026-01-21T16:00:00+00:00",
    closesAt: "2026-01-22T16:00:00+00:00",
    checkInPoint: "The bridge",
    instructions: "Bring water",
    releaseCutoffMinutes: 60,
  });
  const nothing = { opensAt: null, closesAt: null, checkInPoint: null, releaseCutoffMinutes: null };
  expect((await edit(nothing, 2)).data.editShift.shift).toMatchObject({
    opensAt: null,
    closesAt: null,
    checkInPoint: null,
    instructions: "Bring water",
    releaseCutoffMinutes: 0,
    version: 3,
  });
});

test("takes claims in its sign-up window only", async () => {
  const { shift, edit } = await rally();
  await edit({ opensAt: "2026-01-21T10:00", closesAt: "2026-01-22T10:00" });
  const person = as(await a.peacekeeper());
  expect((await person.claimShift(shift)).reason).toBe("NOT_OPEN_YET");
  clock.now = new Date("2026-01-22T16:00:00Z");
  expect((await person.claimShift(shift)).reason).toBe("SHIFT_CLOSED");
  clock.now = new Date("2026-01-21T16:00:00Z");
  expect((await person.claimShift(shift)).code).toBe("OK");
});

test("closes a shift: no more claims, places and offers stay; and opens it again, again being harmless", async () => {
  const { shift, set } = await rally({ capacity: 1 });
  const [holder] = await claims(shift, 1);
  const [next] = await claims(shift, 1, true);
  await as(holder).releaseShift(shift);
  expect(await statusOf(next!, shift)).toBe("OFFERED");
  for (let again = 0; again < 2; again++)
    expect((await set("closeShift")).data.closeShift.shift).toMatchObject({ status: "CLOSED", taken: 1 });
  expect((await set("publishShift")).reason).toBe("SHIFT_CLOSED");
  expect((await as(holder).claimShift(shift)).reason).toBe("SHIFT_CLOSED");
  expect((await as(next).claimShift(shift)).data.claimShift.signup.status).toBe("CONFIRMED");
  for (let again = 0; again < 2; again++)
    expect((await set("reopenShift")).data.reopenShift.shift).toMatchObject({ status: "OPEN", taken: 1 });
});

test("offers the places of a higher capacity to those who wait, in order", async () => {
  const { shift, edit } = await rally({ capacity: 1 });
  await claims(shift, 1);
  const line = await claims(shift, 3, true);
  expect((await edit({ capacity: 3 })).data.editShift.shift).toMatchObject({ capacity: 3, taken: 3, waiting: 1 });
  expect(await Promise.all(line.map((person) => statusOf(person, shift)))).toEqual([
    "OFFERED",
    "OFFERED",
    "WAITLISTED",
  ]);
});

test("refuses a capacity below what is taken with the count; or keeps everybody by choice, until there is room again", async () => {
  const { shift, edit } = await rally({ capacity: 3 });
  const holders = await claims(shift, 3);
  const [waiting] = await claims(shift, 1, true);
  expect(await edit({ capacity: 1 })).toMatchObject({
    code: "CONFLICT",
    reason: "CAPACITY_BELOW_TAKEN",
    message: expect.stringContaining("3 places are taken"),
    fields: [{ path: "input.capacity", reason: "must be at least 3, as many as are taken" }],
  });
  const over = { capacity: 1, taken: 3, staffing: "FULL", version: 2 };
  expect((await edit({ capacity: 1, keepOverfull: true })).data.editShift.shift).toMatchObject(over);
  // Anything else can be edited then, without another word.
  expect((await edit({ instructions: "Bring water" }, 2)).data.editShift.shift).toMatchObject({ taken: 3 });
  const overfull = async (): Promise<boolean> =>
    (
      await server().services.db.query("SELECT overfull FROM shifts WHERE id = $1", [
        fromGlobalId("Shift", shift, "id"),
      ])
    )[0].overfull;
  for (const [index, holder] of holders.entries()) {
    expect([await overfull(), await statusOf(waiting!, shift)]).toEqual([index < 2, "WAITLISTED"]);
    await as(holder).releaseShift(shift);
  }
  expect(await statusOf(waiting!, shift)).toBe("OFFERED");
});

test("refuses to cancel what has begun or is over", async () => {
  const { set } = await rally();
  clock.now = new Date("2026-01-23T18:00:00Z");
  expect((await set("cancelShift", { reason: "Ice" })).reason).toBe("SHIFT_STARTED");
  clock.now = new Date("2026-01-23T20:00:00Z");
  expect((await set("cancelShift", { reason: "Ice" })).reason).toBe("SHIFT_ENDED");
});

test("cancels a shift for good, and tells each on it and in its line once, with the reason", async () => {
  const { shift, set } = await rally({ capacity: 1 });
  const [holder] = await claims(shift, 1);
  const [waiting] = await claims(shift, 1, true);
  for (let again = 0; again < 2; again++)
    expect((await set("cancelShift", { reason: "Ice on the bridge" })).data.cancelShift.shift).toMatchObject({
      status: "CANCELLED",
      taken: 0,
      waiting: 0,
      version: 2,
    });
  expect((await set("reopenShift")).reason).toBe("SHIFT_CANCELLED");
  for (const person of [holder!, waiting!]) {
    expect(await statusOf(person, shift)).toBe("RELEASED");
    const [mail, ...more] = await mailsOf(person);
    expect(more).toEqual([]);
    expect(mail!.subject).toContain("A shift does not take place");
    expect(mail!.text).toContain("Why: Ice on the bridge");
  }
  expect((await as(await a.peacekeeper()).claimShift(shift)).reason).toBe("SHIFT_CANCELLED");
});

test.each([
  ["2026-03-08", "01:00", "04:00", 2],
  ["2026-11-01", "00:00", "03:00", 4],
])("on %s in Chicago, %s to %s lasts %d hours", async (day, from, to, length) => {
  const event = await a.event({ startsOn: day, startsAt: new Date(`${day}T07:00:00Z`), endsAt: null });
  const input = hours(event, { startsAt: `${day}T${from}`, endsAt: `${day}T${to}` });
  const { startsAt, endsAt } = (await as(await a.coordinator(event)).openShift(input)).data.openShift.shift;
  expect(Date.parse(endsAt) - Date.parse(startsAt)).toBe(length * 3_600_000);
});

test("lists a shift over midnight once, by its beginning", async () => {
  const event = await a.event({ endsAt: new Date("2026-01-24T10:00:00Z") });
  const by = as(await a.coordinator(event));
  const open = async (startsAt: string, endsAt: string): Promise<string> =>
    (await by.openShift(hours(event, { startsAt, endsAt }))).data.openShift.shift.id;
  const [after, over, before] = [
    await open("2026-01-24T00:00", "2026-01-24T01:00"),
    await open("2026-01-23T22:00", "2026-01-24T02:00"),
    await open("2026-01-23T21:00", "2026-01-23T23:00"),
  ];
  const { nodes } = (await by.run(`{ event(id: "${event.id}") { shifts { nodes { id } } } }`)).data.event.shifts;
  expect(nodes).toEqual([before, over, after].map((id) => ({ id })));
});
