import { randomUUID } from "node:crypto";
import { dutyIn, signupFields } from "../support/duty.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server } = world;
const { at, nextDay, place, rally } = dutyIn(world);

type Caller = ReturnType<typeof as>;
const checkIn = (by: Caller, signupId: string, more: object = {}) =>
  by.call("checkIn", { signupId, ...more }, signupFields);
const withCode = (by: Caller, shiftId: string, code: string, more: object = {}) =>
  by.call("checkInWithCode", { shiftId, code, ...more }, signupFields);
const checkOut = (by: Caller, signupId: string, more: object = {}) =>
  by.call("checkOut", { signupId, ...more }, signupFields);
const newCode = async (by: Caller, eventId: string): Promise<string> =>
  (await by.call("replaceCheckInCode", { eventId }, "checkInCode { code }")).data.replaceCheckInCode.checkInCode.code;

describe("by a coordinator", () => {
  test("is refused outside of its window, in the future, and to everybody else", async () => {
    const { shift, coordinator } = await rally();
    const { person, signupId } = await place(shift);
    at("17:34:59");
    expect(await checkIn(coordinator, signupId)).toMatchObject({ code: "CONFLICT", reason: "NOT_OPEN_YET" });
    at("20:00:00");
    expect(await checkIn(coordinator, signupId)).toMatchObject({ code: "CONFLICT", reason: "SHIFT_ENDED" });
    at("18:00:00");
    for (const time of ["17:34:59", "20:00:00", "18:05:01"]) {
      const reply = await checkIn(coordinator, signupId, { at: `2026-01-23T${time}Z` });
      expect(reply.fields.map(({ path }) => path)).toEqual(["input.at"]);
    }
    expect((await checkIn(as(person), signupId)).code).toBe("FORBIDDEN");
    expect((await checkIn(as(await a.person()), signupId)).code).toBe("NOT_FOUND");
    expect((await checkIn(as(), signupId)).code).toBe("UNAUTHENTICATED");
  });

  test.each(["REQUESTED", "OFFERED", "WAITLISTED", "RELEASED", "LAPSED"])(
    "is refused for who is %s",
    async (status) => {
      at("18:00:00");
      const { shift, coordinator } = await rally();
      const { signupId } = await place(shift, status);
      expect(await checkIn(coordinator, signupId)).toMatchObject({ code: "CONFLICT", reason: "SIGNUP_STATUS" });
    },
  );

  test("is refused where the event is postponed, or the shift cancelled", async () => {
    at("18:00:00");
    for (const [fields, event, reason] of [
      [{}, { occurrence: "POSTPONED" as never }, "EVENT_NOT_SCHEDULED"],
      [{ status: "CANCELLED" as never }, {}, "SHIFT_CANCELLED"],
    ] as const) {
      const rallyAt = await a.event(event);
      const { signupId } = await place(await a.shift({ event: rallyAt, ...fields }));
      expect(await checkIn(as(await a.coordinator(rallyAt)), signupId)).toMatchObject({ code: "CONFLICT", reason });
    }
  });

  test("notes when they came and how late, once", async () => {
    const { shift, coordinator } = await rally();
    const [early, late] = [await place(shift), await place(shift, "SWAP_OFFERED")];
    at("17:35:00");
    const first = (await checkIn(coordinator, early.signupId)).data.checkIn;
    expect(first).toEqual({
      shift: { taken: 2, confirmed: 2 },
      signup: {
        status: "CHECKED_IN",
        arrivedAt: "2026-01-23T17:35:00+00:00",
        arrivalHeardAt: "2026-01-23T17:35:00+00:00",
        minutesLate: 0,
        leftAt: null,
      },
    });
    at("18:07:59");
    expect((await checkIn(coordinator, early.signupId)).data.checkIn).toEqual(first);
    expect((await checkIn(coordinator, late.signupId)).data.checkIn.signup.minutesLate).toBe(7);
  });
});

describe("with the point's code", () => {
  test("is for those who hold a place, and know the code as it is now", async () => {
    at("18:00:00");
    const { event, shift, coordinator } = await rally();
    const { person } = await place(shift);
    const waiting = await place(shift, "WAITLISTED");
    expect(await withCode(as(person), shift, "AAAAAA")).toMatchObject({ reason: "CODE_WRONG_OR_EXPIRED" });
    const old = await newCode(coordinator, event.id);
    expect(old).toMatch(/^[34679ACDEFGHJKMNPQRTUVWXY]{6}$/);
    const code = await newCode(coordinator, event.id);
    expect(await withCode(as(person), shift, old)).toMatchObject({
      code: "BAD_USER_INPUT",
      reason: "CODE_WRONG_OR_EXPIRED",
      fields: [{ path: "input.code" }],
    });
    for (const nobody of [waiting.person, await a.peacekeeper()])
      expect(await withCode(as(nobody), shift, code)).toMatchObject({ code: "CONFLICT", reason: "NOT_SIGNED_UP" });
    const typed = ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)}`;
    expect((await withCode(as(person), shift, typed)).data.checkInWithCode.signup.status).toBe("CHECKED_IN");
  });

  test("is tried five times a minute at most, also with the right one", async () => {
    at("18:00:00");
    const { event, shift, coordinator } = await rally();
    const code = await newCode(coordinator, event.id);
    const { person } = await place(shift);
    for (let number = 0; number < 5; number++)
      expect((await withCode(as(person), shift, "WRONG")).reason).toBe("CODE_WRONG_OR_EXPIRED");
    expect(await withCode(as(person), shift, code)).toMatchObject({
      code: "RATE_LIMITED",
      reason: "TOO_MANY_REQUESTS",
    });
  });

  test("is shown to those who coordinate alone, each look being kept, and lies sealed", async () => {
    const { event, shift, coordinator } = await rally();
    const { person } = await place(shift);
    const look = (by: Caller) => by.run("query($id: ID!) { checkInCode(eventId: $id) { code } }", { id: event.id });
    expect((await look(coordinator)).data).toEqual({ checkInCode: null });
    const code = await newCode(coordinator, event.id);
    expect((await look(coordinator)).data).toEqual({ checkInCode: { code } });
    expect((await look(as(person))).code).toBe("FORBIDDEN");
    expect((await as(person).call("replaceCheckInCode", { eventId: event.id }, "__typename")).code).toBe("FORBIDDEN");
    const { db } = server().services;
    const [{ looks }] = await db.query("SELECT count(*)::int AS looks FROM audit_entries WHERE action = 'checkInCode'");
    expect(looks).toBe(2);
    const rows = await db.query("SELECT code_sealed FROM check_in_codes");
    expect(rows.map((row: { code_sealed: Buffer }) => row.code_sealed.toString("latin1")).join()).not.toContain(code);
  });
});

describe("from a phone that was offline", () => {
  test("counts by the phone's clock, kept apart from ours, until a day after the end", async () => {
    const { event, shift, coordinator } = await rally();
    const code = await newCode(coordinator, event.id);
    const [one, other] = [await place(shift), await place(shift)];
    const said = { at: "2026-01-23T18:03:00Z" };
    nextDay("20:00:00");
    expect((await withCode(as(one.person), shift, code, said)).data.checkInWithCode.signup).toMatchObject({
      status: "CHECKED_IN",
      arrivedAt: "2026-01-23T18:03:00+00:00",
      arrivalHeardAt: "2026-01-24T20:00:00+00:00",
      minutesLate: 3,
    });
    nextDay("20:00:01");
    expect((await withCode(as(other.person), shift, code, said)).reason).toBe("SHIFT_ENDED");
  });

  test("is harmless again, with its key and without, and never later than it was heard", async () => {
    at("18:00:00");
    const { shift, coordinator } = await rally();
    const { signupId } = await place(shift);
    const input = { at: "2026-01-23T18:04:00Z", idempotencyKey: randomUUID() };
    const first = (await checkIn(coordinator, signupId, input)).data.checkIn;
    expect(first.signup).toMatchObject({ arrivedAt: "2026-01-23T18:00:00+00:00", minutesLate: 0 });
    at("18:30:00");
    expect((await checkIn(coordinator, signupId, input)).data.checkIn).toEqual(first);
    expect((await checkIn(coordinator, signupId, { at: "2026-01-23T18:20:00Z" })).data.checkIn).toEqual(first);
    const steps = await server().services.db.query(
      "SELECT 1 FROM signup_steps WHERE status = 'CHECKED_IN' AND at = $1",
      [new Date("2026-01-23T18:30:00Z")],
    );
    expect(steps).toEqual([]);
  });

  test("brings somebody back who was noted as no-show meanwhile, if there is room", async () => {
    const { shift, coordinator } = await rally({ capacity: 2 });
    const [one, other] = [await place(shift, "NO_SHOW"), await place(shift, "NO_SHOW")];
    await place(shift);
    at("19:00:00");
    const said = { at: "2026-01-23T18:02:00Z" };
    expect((await checkIn(coordinator, one.signupId, said)).data.checkIn).toMatchObject({
      signup: { status: "CHECKED_IN", minutesLate: 2 },
      shift: { taken: 2 },
    });
    expect(await checkIn(coordinator, other.signupId, said)).toMatchObject({ code: "CONFLICT", reason: "SHIFT_FULL" });
  });
});

describe("leaving", () => {
  test("is for the person and coordinators, after they came", async () => {
    at("18:30:00");
    const { shift, coordinator } = await rally();
    const { person, signupId } = await place(shift);
    expect(await checkOut(as(person), signupId)).toMatchObject({ code: "CONFLICT", reason: "SIGNUP_STATUS" });
    await checkIn(coordinator, signupId);
    expect((await checkOut(as(await a.person()), signupId)).code).toBe("NOT_FOUND");
    const before = await checkOut(as(person), signupId, { at: "2026-01-23T18:29:00Z" });
    expect(before.fields.map(({ path }) => path)).toEqual(["input.at"]);
  });

  test("before the end is early, later is not; again is harmless", async () => {
    const { shift, coordinator } = await rally();
    const [early, full] = [await place(shift), await place(shift)];
    at("18:00:00");
    for (const { signupId } of [early, full]) await checkIn(coordinator, signupId);
    at("19:59:59");
    for (const time of ["19:59:59", "20:10:00"]) {
      at(time);
      expect((await checkOut(as(early.person), early.signupId)).data.checkOut).toMatchObject({
        signup: { status: "LEFT_EARLY", leftAt: "2026-01-23T19:59:59+00:00" },
        shift: { taken: 2, confirmed: 2 },
      });
    }
    expect((await checkOut(coordinator, full.signupId)).data.checkOut.signup).toMatchObject({
      status: "COMPLETED",
      leftAt: "2026-01-23T20:10:00+00:00",
    });
    clock.now = new Date("2026-01-23T18:00:00Z");
  });
});
