import { jobsDone, runTask } from "../support/jobs.js";
import { dutyIn, signupFields } from "../support/duty.js";
import { lettersTo } from "../support/outbox.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock, folder, server } = world;
const { at, known, nextDay, place, rally } = dutyIn(world);
afterEach(() => at("12:00:00"));

type Caller = ReturnType<typeof as>;
const act = (by: Caller, name: string, signupId: string, more: object = {}) =>
  by.call(name, { signupId, ...more }, signupFields);
const undo = (by: Caller, signupId: string, status: string) => act(by, "undoStep", signupId, { status });
const statusOf = async (by: Caller, id: string): Promise<string> =>
  (await by.run("query($id: ID!) { node(id: $id) { ... on ShiftSignup { status } } }", { id })).data.node.status;

describe("a no-show", () => {
  test("is noted once the shift has begun, by coordinators, and frees the place", async () => {
    const { shift, coordinator } = await rally();
    const { person, signupId } = await place(shift);
    at("17:59:59");
    expect(await act(coordinator, "markNoShow", signupId)).toMatchObject({ code: "CONFLICT", reason: "NOT_OPEN_YET" });
    at("18:20:00");
    expect((await act(as(person), "markNoShow", signupId)).code).toBe("FORBIDDEN");
    for (let again = 0; again < 2; again++)
      expect((await act(coordinator, "markNoShow", signupId)).data.markNoShow).toMatchObject({
        signup: { status: "NO_SHOW" },
        shift: { taken: 0, confirmed: 0 },
      });
    nextDay("20:00:01");
    expect((await undo(coordinator, signupId, "NO_SHOW")).reason).toBe("SHIFT_ENDED");
  });

  test("is none for somebody who is there", async () => {
    at("18:20:00");
    const { shift, coordinator } = await rally();
    const { signupId } = await place(shift);
    await act(coordinator, "checkIn", signupId);
    for (const name of ["markNoShow", "excuseSignup"])
      expect(await act(coordinator, name, signupId)).toMatchObject({ code: "CONFLICT", reason: "SIGNUP_STATUS" });
  });
});

test("an excuse before the shift gives the place to the next in line, and its reason is kept with the step", async () => {
  const { shift, coordinator } = await rally({ capacity: 1 });
  const { signupId } = await place(shift);
  const next = await a.peacekeeper();
  await as(next).call("claimShift", { shiftId: shift, joinWaitlist: true }, "__typename");
  expect((await act(coordinator, "excuseSignup", signupId, { reason: "Ill" })).data.excuseSignup.signup.status).toBe(
    "EXCUSED",
  );
  const mine = await as(next).run("query($id: ID!) { node(id: $id) { ... on Shift { viewerSignup { status } } } }", {
    id: shift,
  });
  expect(mine.data.node.viewerSignup.status).toBe("OFFERED");
  const [{ reason }] = await server().services.db.query(
    "SELECT reason FROM signup_steps WHERE signup_id = $1 AND status = 'EXCUSED'",
    [fromGlobalId("ShiftSignup", signupId, "id")],
  );
  expect(reason).toBe("Ill");
  expect(await undo(coordinator, signupId, "EXCUSED")).toMatchObject({ code: "CONFLICT", reason: "SHIFT_FULL" });
});

describe("undoing", () => {
  test("goes back a step at a time, keeps who and when, and is harmless again", async () => {
    const { shift, coordinator } = await rally();
    const { person, signupId } = await place(shift);
    at("18:10:00");
    await act(coordinator, "checkIn", signupId);
    await act(as(person), "checkOut", signupId);
    expect((await undo(coordinator, signupId, "CONFIRMED")).fields).toMatchObject([{ path: "input.status" }]);
    expect((await undo(coordinator, signupId, "CHECKED_IN")).reason).toBe("SIGNUP_STATUS");
    expect((await undo(as(person), signupId, "LEFT_EARLY")).code).toBe("FORBIDDEN");
    for (let again = 0; again < 2; again++)
      expect((await undo(coordinator, signupId, "LEFT_EARLY")).data.undoStep.signup).toMatchObject({
        status: "CHECKED_IN",
        arrivedAt: "2026-01-23T18:10:00+00:00",
        leftAt: null,
      });
    for (let again = 0; again < 2; again++)
      expect((await undo(coordinator, signupId, "CHECKED_IN")).data.undoStep.signup).toMatchObject({
        status: "CONFIRMED",
        arrivedAt: null,
        minutesLate: null,
      });
    const steps = await server().services.db.query(
      "SELECT status, actor_id = $2 AS self FROM signup_steps WHERE signup_id = $1 ORDER BY version",
      [fromGlobalId("ShiftSignup", signupId, "id"), person.id],
    );
    expect(steps).toEqual([
      { status: "CHECKED_IN", self: false },
      { status: "LEFT_EARLY", self: true },
      { status: "CHECKED_IN", self: false },
      { status: "CONFIRMED", self: false },
    ]);
  });

  test("is refused where the place went to others, or the person stands elsewhere by now", async () => {
    at("18:20:00");
    const { shift, coordinator } = await rally({ capacity: 1 });
    const gone = await place(shift, "NO_SHOW");
    await place(shift);
    expect(await undo(coordinator, gone.signupId, "NO_SHOW")).toMatchObject({ code: "CONFLICT", reason: "SHIFT_FULL" });
    const here = await rally();
    const away = await place(here.shift, "NO_SHOW");
    await place(await a.shift(), "CONFIRMED", away.person);
    expect(await undo(here.coordinator, away.signupId, "NO_SHOW")).toMatchObject({
      code: "CONFLICT",
      reason: "OVERLAPS",
    });
  });
});

describe("once the shift is over", () => {
  const finish = () => runTask(server().services, "finish shifts");

  test("whoever was there has completed after half an hour, until a coordinator undoes it for that day", async () => {
    const { shift, coordinator } = await rally();
    const { person, signupId } = await place(shift);
    at("18:00:00");
    await act(coordinator, "checkIn", signupId);
    at("20:29:59");
    await finish();
    expect(await statusOf(coordinator, signupId)).toBe("CHECKED_IN");
    at("20:30:00");
    await finish();
    expect(await statusOf(coordinator, signupId)).toBe("COMPLETED");
    await undo(coordinator, signupId, "COMPLETED");
    await finish();
    expect(await statusOf(coordinator, signupId)).toBe("CHECKED_IN");
    nextDay("20:00:00");
    await finish();
    expect(await statusOf(coordinator, signupId)).toBe("COMPLETED");
    const left = { at: "2026-01-23T19:00:00Z" };
    expect((await act(as(person), "checkOut", signupId, left)).data.checkOut.signup).toMatchObject({
      status: "LEFT_EARLY",
      leftAt: "2026-01-23T19:00:00+00:00",
    });
  });

  test("whoever never came is a no-show a day later, but only where somebody looked who came", async () => {
    const [watched, unwatched] = [await rally(), await rally()];
    const [came, missing, unknown] = [
      await place(watched.shift),
      await place(watched.shift),
      await place(unwatched.shift),
    ];
    at("18:00:00");
    await act(watched.coordinator, "checkIn", came.signupId);
    nextDay("19:59:59");
    await finish();
    expect(await statusOf(watched.coordinator, missing.signupId)).toBe("CONFIRMED");
    nextDay("20:00:00");
    await finish();
    expect(await statusOf(watched.coordinator, missing.signupId)).toBe("NO_SHOW");
    expect(await statusOf(unwatched.coordinator, unknown.signupId)).toBe("CONFIRMED");
  });

  test.each(["REQUESTED", "OFFERED", "WAITLISTED"])("%s lapses, and the counts stay right", async (status) => {
    const { shift, coordinator } = await rally();
    const { signupId } = await place(shift, status);
    at("20:00:00");
    await finish();
    expect(await statusOf(coordinator, signupId)).toBe("LAPSED");
    const [{ taken }] = await server().services.db.query("SELECT taken FROM shifts WHERE id = $1", [
      fromGlobalId("Shift", shift, "id"),
    ]);
    expect(taken).toBe(0);
  });
});

describe("who is on duty", () => {
  const counts = "query($id: ID!) { event(id: $id) { duty { onDuty due late missing } } }";
  const list = `query($id: ID!, $state: DutyState, $first: Int, $after: String) {
    duty(eventId: $id, state: $state, first: $first, after: $after) {
      nodes { name state role startsAt arrivedAt } pageInfo { hasNextPage endCursor } } }`;

  test("is counted, and named, for those who coordinate; each look is kept", async () => {
    const { event, shift, coordinator } = await rally();
    const soon = await a.shift({
      event,
      startsAt: new Date("2026-01-23T18:40:00Z"),
      endsAt: new Date("2026-01-23T20:40:00Z"),
    });
    const [here, , noShow] = [await place(shift), await place(shift), await place(shift), await place(soon)];
    await known(here.person, "Ada");
    const later = { startsAt: new Date("2026-01-23T21:00:00Z"), endsAt: new Date("2026-01-23T22:00:00Z") };
    await place(await a.shift({ event, ...later }));
    await place(shift, "WAITLISTED");
    at("18:10:00");
    await act(coordinator, "checkIn", here.signupId);
    const duty = async (by: Caller) => (await by.run(counts, { id: event.id })).data.event.duty;
    expect(await duty(coordinator)).toEqual({ onDuty: 1, due: 0, late: 2, missing: 0 });
    await act(coordinator, "markNoShow", noShow.signupId);
    at("18:16:00");
    expect(await duty(coordinator)).toEqual({ onDuty: 1, due: 1, late: 0, missing: 2 });
    for (const other of [as(), as(here.person)]) {
      expect(await duty(other)).toBeNull();
      expect((await other.run(list, { id: event.id })).code).toMatch(/FORBIDDEN|UNAUTHENTICATED/);
    }
    const { nodes } = (await coordinator.run(list, { id: event.id })).data.duty;
    expect(nodes).toHaveLength(4);
    expect(nodes).toContainEqual({
      name: "Ada",
      state: "ON_DUTY",
      role: "MARSHAL",
      startsAt: "2026-01-23T18:00:00+00:00",
      arrivedAt: "2026-01-23T18:10:00+00:00",
    });
    const page = (await coordinator.run(list, { id: event.id, state: "MISSING", first: 1 })).data.duty;
    expect(page.pageInfo.hasNextPage).toBe(true);
    const rest = { id: event.id, state: "MISSING", after: page.pageInfo.endCursor };
    expect((await coordinator.run(list, rest)).data.duty.nodes).toMatchObject([{ state: "MISSING", name: null }]);
    const looks = await server().services.db.query("SELECT 1 FROM audit_entries WHERE action = 'duty'");
    expect(looks).toHaveLength(3);
  });

  test("is nobody at an event that is postponed", async () => {
    const event = await a.event({ occurrence: "POSTPONED" as never });
    await place(await a.shift({ event }));
    at("18:10:00");
    const { data } = await as(await a.coordinator(event)).run(counts, { id: event.id });
    expect(data.event.duty).toEqual({ onDuty: 0, due: 0, late: 0, missing: 0 });
  });
});

describe("a shift of the next six hours under its minimum", () => {
  const watch = async () => {
    await runTask(server().services, "staffing alerts");
    await jobsDone(server().services);
  };
  const alertsTo = async (person: Person): Promise<number> =>
    (await lettersTo(folder(), person.email)).filter(({ subject }) => subject.startsWith("Too few")).length;

  test("is told to its coordinators once for each fall, and listed", async () => {
    const event = await a.event();
    const person = await a.coordinator(event);
    const shift = await a.shift({ event, minimum: 1 });
    at("11:59:59");
    await watch();
    expect(await alertsTo(person)).toBe(0);
    at("12:00:00");
    for (let again = 0; again < 2; again++) await watch();
    expect(await alertsTo(person)).toBe(1);
    const under = "query($id: ID!) { event(id: $id) { shiftsUnderMinimum { nodes { id } } } }";
    const listed = async () => (await as().run(under, { id: event.id })).data.event.shiftsUnderMinimum.nodes;
    expect(await listed()).toEqual([{ id: shift }]);
    const peacekeeper = as(await a.peacekeeper());
    await peacekeeper.claimShift(shift);
    await watch();
    expect(await listed()).toEqual([]);
    await peacekeeper.releaseShift(shift);
    await watch();
    expect(await alertsTo(person)).toBe(2);
  });

  test("is told to its creator and the admins of its hosts, where it has no coordinator", async () => {
    const host = await a.organization();
    const [creator, admin, member] = [await a.member(host), await a.admin(host), await a.member(host)];
    await a.shift({ event: await a.event({ host, createdByPerson: creator }) });
    await watch();
    expect([await alertsTo(creator), await alertsTo(admin), await alertsTo(member)]).toEqual([1, 1, 0]);
  });

  test.each([
    ["cancelled", { status: "CANCELLED" as never }, {}],
    ["a draft", { status: "DRAFT" as never }, {}],
    ["of a postponed event", {}, { occurrence: "POSTPONED" as never }],
    ["of an event that is not approved", {}, { review: "IN_REVIEW" as never }],
  ])("is told to nobody when it is %s", async (_what, fields, of) => {
    const event = await a.event(of);
    const person = await a.coordinator(event);
    await a.shift({ event, ...fields });
    clock.now = new Date("2026-01-23T13:00:00Z");
    await watch();
    expect(await alertsTo(person)).toBe(0);
  });
});
