import { randomUUID } from "node:crypto";
import { openWorld } from "../support/world.js";

const { a, as, clock, server } = openWorld();
clock.now = new Date("2026-01-20T12:00:00Z");

const hours = (event: { id: string }, fields: object = {}) => ({
  eventId: event.id,
  role: "MARSHAL",
  startsAt: "2026-01-23T11:00",
  endsAt: "2026-01-23T13:00",
  capacity: 5,
  ...fields,
});

test.each([
  ["no room at all", { capacity: 0 }, "input.capacity", "must be at least 1"],
  ["more than a thousand places", { capacity: 1_001 }, "input.capacity", "must be at most 1,000"],
  ["a minimum above the capacity", { minimum: 6 }, "input.minimum", "must not be above capacity"],
  ["an end before the start", { endsAt: "2026-01-23T10:00" }, "input.endsAt", "must be after startsAt"],
  [
    "13 hours",
    { endsAt: "2026-01-24T00:00" },
    "input.endsAt",
    "must be within 12 hours of startsAt; make two shifts of a longer one",
  ],
  [
    "a start two days before the event",
    { startsAt: "2026-01-21T10:00", endsAt: "2026-01-21T12:00" },
    "input.startsAt",
    "must be at most a day before the event begins",
  ],
])("refuses a shift with %s, naming the field and what would be right", async (_what, fields, path, reason) => {
  const event = await a.event();
  const reply = await as(await a.coordinator(event)).openShift(hours(event, fields));
  expect(reply.fields).toEqual([{ path, reason }]);
});

test("lets coordinators, hosts and staff open shifts, and nobody else", async () => {
  const campaign = await a.campaign();
  const host = await a.organization();
  const creator = await a.member(host);
  const event = await a.event({ campaign, host, createdByPerson: creator });
  const codeOf = async (person?: Parameters<typeof as>[0]) => (await as(person).openShift(hours(event))).code;
  expect(await codeOf()).toBe("UNAUTHENTICATED");
  for (const person of [
    await a.person(),
    await a.reporter(event),
    await a.member(host),
    await a.staff(await a.campaign()),
  ])
    expect(await codeOf(person)).toBe("FORBIDDEN");
  for (const person of [await a.coordinator(event), creator, await a.admin(host), await a.staff(campaign)])
    expect(await codeOf(person)).toBe("OK");
});

test("gives the last place to exactly one of two peacekeepers", async () => {
  const shift = await a.shift({ capacity: 1 });
  const people = await Promise.all([a.peacekeeper(), a.peacekeeper()]);
  const replies = await Promise.all(people.map((person) => as(person).claimShift(shift)));
  expect(replies.map((reply) => reply.code).sort()).toEqual(["CONFLICT", "OK"]);
  expect(replies.map((reply) => reply.reason).sort()).toEqual(["SHIFT_FULL", undefined]);
});

test("gives 20 places to 20 of 500 racers, and tells the others that the shift is full", async () => {
  const shift = await a.shift({ capacity: 20 });
  const people = await Promise.all(Array.from({ length: 500 }, () => a.peacekeeper()));
  const replies = await Promise.all(people.map((person) => as(person).claimShift(shift)));
  const count = (code: string, reason?: string): number =>
    replies.filter((r) => r.code === code && r.reason === reason).length;
  expect([count("OK"), count("CONFLICT", "SHIFT_FULL")]).toEqual([20, 480]);
  const [{ taken, held }] = await server().services.db.query(
    "SELECT taken, (SELECT count(*)::int FROM shift_signups WHERE shift_id = s.id AND status = 'CONFIRMED') AS held FROM shifts s WHERE capacity = 20",
  );
  expect([taken, held]).toEqual([20, 20]);
});

test("overbooks when places are counted first and taken then, as the control for the race", async () => {
  const { db, pool } = server().services;
  await db.query("CREATE TABLE naive_claims (n int)");
  const claim = async (): Promise<void> => {
    const { rows } = await pool.query("SELECT count(*)::int AS taken FROM naive_claims");
    if (rows[0].taken < 20) await pool.query("INSERT INTO naive_claims VALUES (1)");
  };
  await Promise.all(Array.from({ length: 500 }, claim));
  const [{ taken }] = await db.query("SELECT count(*)::int AS taken FROM naive_claims");
  expect(taken).toBeGreaterThan(20);
});

test("holds one place for a claim made twice, or ten times at once with one key", async () => {
  const shift = await a.shift();
  const [twice, keyed] = [as(await a.peacekeeper()), as(await a.peacekeeper())];
  const first = await twice.claimShift(shift);
  expect((await twice.claimShift(shift)).data.claimShift.signup).toEqual(first.data.claimShift.signup);
  const key = randomUUID();
  const replies = await Promise.all(Array.from({ length: 10 }, () => keyed.claimShift(shift, key)));
  expect(new Set(replies.map((reply) => reply.data?.claimShift.signup.id)).size).toBe(1);
  expect((await keyed.claimShift(shift)).data.claimShift.shift.taken).toBe(2);
});

test("refuses a key that was used with another input, and forgets it after 24 hours", async () => {
  const [one, other] = [
    await a.shift(),
    await a.shift({ startsAt: new Date("2026-01-24T18:00:00Z"), endsAt: new Date("2026-01-24T20:00:00Z") }),
  ];
  const person = as(await a.peacekeeper());
  const key = randomUUID();
  expect((await person.claimShift(one, key)).code).toBe("OK");
  expect(await person.claimShift(other, key)).toMatchObject({ code: "CONFLICT", reason: "IDEMPOTENCY_KEY_REUSED" });
  expect((await as(await a.peacekeeper()).claimShift(other, key)).code).toBe("OK");
  const before = clock.now;
  clock.now = new Date(before.getTime() + 24 * 3_600_000 + 1);
  expect((await person.claimShift(other, key)).code).toBe("OK");
  clock.now = before;
});

test("lets a refused call be tried again with its key", async () => {
  const shift = await a.shift({ capacity: 1 });
  const [holder, waiting] = [as(await a.peacekeeper()), as(await a.peacekeeper())];
  const key = randomUUID();
  await holder.claimShift(shift);
  expect((await waiting.claimShift(shift, key)).reason).toBe("SHIFT_FULL");
  await holder.releaseShift(shift);
  expect((await waiting.claimShift(shift, key)).code).toBe("OK");
});

test("keeps a person from being in two places; touching is fine", async () => {
  const at = (from: number, to: number) =>
    a.shift({ startsAt: new Date(Date.UTC(2026, 0, 23, from)), endsAt: new Date(Date.UTC(2026, 0, 23, to)) });
  const person = as(await a.peacekeeper());
  expect((await person.claimShift(await at(18, 20))).code).toBe("OK");
  expect((await person.claimShift(await at(20, 22))).code).toBe("OK");
  for (const overlap of [await at(19, 21), await at(17, 23), await at(17, 19)])
    expect(await person.claimShift(overlap)).toMatchObject({ code: "CONFLICT", reason: "OVERLAPS" });
  const both = as(await a.peacekeeper());
  const replies = await Promise.all([both.claimShift(await at(18, 20)), both.claimShift(await at(19, 21))]);
  expect(replies.map((reply) => reply.code).sort()).toEqual(["CONFLICT", "OK"]);
});

test("refuses a claim after the end, and at an event that is not approved", async () => {
  const person = await a.peacekeeper();
  const over = await a.shift({ startsAt: new Date("2026-01-20T09:00:00Z"), endsAt: new Date("2026-01-20T12:00:00Z") });
  expect(await as(person).claimShift(over)).toMatchObject({ code: "CONFLICT", reason: "SHIFT_ENDED" });
  const draft = await a.shift({ event: await a.event({ review: "DRAFT" as never, createdByPerson: person }) });
  expect(await as(person).claimShift(draft)).toMatchObject({ code: "CONFLICT", reason: "EVENT_NOT_APPROVED" });
  expect(await as(await a.peacekeeper()).claimShift(draft)).toMatchObject({ code: "NOT_FOUND" });
});

test("gives a place back, again being harmless, and lets it be claimed again", async () => {
  const shift = await a.shift({ capacity: 1 });
  const [one, other] = [as(await a.peacekeeper()), as(await a.peacekeeper())];
  expect(await one.releaseShift(shift)).toMatchObject({ code: "CONFLICT", reason: "NOT_SIGNED_UP" });
  await one.claimShift(shift);
  for (let again = 0; again < 2; again++)
    expect((await one.releaseShift(shift)).data.releaseShift).toMatchObject({
      shift: { taken: 0 },
      signup: { status: "RELEASED" },
    });
  expect((await other.claimShift(shift)).data.claimShift.shift).toMatchObject({ taken: 1, staffing: "FULL" });
});

test("shows a claim to the one who made it and the coordinators only", async () => {
  const event = await a.event();
  const shift = await a.shift({ event });
  const person = as(await a.peacekeeper());
  const { id } = (await person.claimShift(shift)).data.claimShift.signup;
  const ask = `query($id: ID!, $e: ID!) { node(id: $id) { id } event(id: $e) { shifts { totalCount nodes { taken viewerSignup { id status } } } } }`;
  const seen = async (caller: ReturnType<typeof as>) => (await caller.run(ask, { id, e: event.id })).data;
  expect(await seen(person)).toEqual({
    node: { id },
    event: { shifts: { totalCount: 1, nodes: [{ taken: 1, viewerSignup: { id, status: "CONFIRMED" } }] } },
  });
  for (const caller of [as(), as(await a.peacekeeper())])
    expect(await seen(caller)).toEqual({
      node: null,
      event: { shifts: { totalCount: 1, nodes: [{ taken: 1, viewerSignup: null }] } },
    });
  expect((await seen(as(await a.coordinator(event)))).node).toEqual({ id });
  expect((await person.run("{ viewer { signups { nodes { id shift { id } } } } }")).data.viewer.signups.nodes).toEqual([
    { id, shift: { id: shift } },
  ]);
});
