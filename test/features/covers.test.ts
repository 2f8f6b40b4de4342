import { PeacekeeperRow } from "../../src/features/shifts/index.js";
import { jobsDone, runTask } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, folder, server } = openWorld();
const begin = new Date("2026-01-20T12:00:00Z");
const later = (minutes: number) => void (clock.now = new Date(+clock.now + minutes * 60_000));
beforeEach(async () => {
  clock.now = begin;
  // Nobody of an earlier test is asked, nor asks.
  await server().services.db.query("UPDATE peacekeepers SET on_call = false");
  await server().services.db.query(
    "UPDATE call_outs SET status = 'CLOSED', ended_at = called_at, next_at = NULL WHERE status = 'OPEN'",
  );
});

/** Somebody who may be asked, near a city. */
async function onCall(slug = "minneapolis-mn", who?: Person): Promise<Person> {
  const person = who ?? (await a.peacekeeper());
  const { id: cityId } = await a.city(slug);
  await server().services.db.upsert(PeacekeeperRow, { personId: person.id, cityId, onCall: true }, ["personId"]);
  return person;
}
const several = async (count: number, slug?: string): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, () => onCall(slug)));

const callFields = "id status count asked accepted declined";
async function lacking(fields: Parameters<typeof a.shift>[0] = {}) {
  const event = await a.event();
  return { event, shift: await a.shift({ event, capacity: 2, ...fields }), coordinator: await a.coordinator(event) };
}
const callOut = (by: Person | undefined, shiftId: string, more: object = {}) =>
  as(by).call("callOut", { shiftId, ...more }, `callOut { ${callFields} }`);
const callOf = async (by: Person, shift: string) =>
  (await as(by).run(`{ node(id: "${shift}") { ... on Shift { taken callOuts { nodes { ${callFields} } } } } }`)).data
    .node.callOuts.nodes[0];
const asks = async (by: Person): Promise<{ id: string; status: string; shift: { id: string } }[]> =>
  (await as(by).run("{ viewer { coverRequests { nodes { id status shift { id } } } } }")).data.viewer.coverRequests
    .nodes;
const answer = async (name: "acceptCover" | "declineCover", by: Person, coverId?: string) =>
  as(by).call(name, { coverId: coverId ?? (await asks(by))[0]!.id }, "shift { taken confirmed } request { status }");
/** Which of the people are asked. */
const asked = async (people: Person[]): Promise<boolean[]> =>
  Promise.all(people.map(async (person) => (await asks(person)).length > 0));

describe("refuses a call-out", () => {
  test("by anybody but the event's coordinators", async () => {
    const { shift } = await lacking();
    expect((await callOut(undefined, shift)).code).toBe("UNAUTHENTICATED");
    expect((await callOut(await a.peacekeeper(), shift)).code).toBe("FORBIDDEN");
  });

  test("for more than are missing, a full or cancelled shift, one that is over, and a private event", async () => {
    const { shift, coordinator, event } = await lacking();
    expect((await callOut(coordinator, shift, { count: 3 })).fields).toEqual([
      { path: "input.count", reason: "must be at most 2, the places that are free" },
    ]);
    const status = async (fields: object): Promise<unknown> =>
      (await callOut(coordinator, await a.shift({ event, ...fields }))).reason;
    expect(await status({ capacity: 1, taken: 1 })).toBe("SHIFT_FULL");
    expect(await status({ status: "CANCELLED" })).toBe("SHIFT_CANCELLED");
    expect(await status({ startsAt: new Date(+begin - 7_200_000), endsAt: begin })).toBe("SHIFT_ENDED");
    const secret = await a.event({ visibility: "PRIVATE" as never });
    expect((await callOut(await a.coordinator(secret), await a.shift({ event: secret }))).reason).toBe("EVENT_HIDDEN");
  });
});

test("asks five for each place: on call, near, free and known first, and says how many, never who", async () => {
  const near = await several(3);
  const far = await onCall("duluth-mn");
  const nearby = await onCall("saint-paul-mn");
  const [stranger, busy, silent] = [await onCall(undefined, await a.person()), await onCall(), await a.peacekeeper()];
  await as(busy).claimShift(await a.shift());
  const { shift, coordinator } = await lacking();
  const { data } = await callOut(coordinator, shift, { count: 1, withinKm: 500 });
  expect(data.callOut.callOut).toMatchObject({ status: "OPEN", count: 1, asked: 5, accepted: 0, declined: 0 });
  expect(await asked([...near, nearby, far])).toEqual([true, true, true, true, true]);
  expect(await asked([stranger, busy, silent])).toEqual([false, false, false]);
  const types = await as(coordinator).run(`{ __type(name: "CallOut") { fields { name } } }`);
  expect(types.data.__type.fields.map(({ name }: { name: string }) => name)).not.toContain("requests");
  const { id } = (await asks(near[0]!))[0]!;
  for (const by of [coordinator, near[1]!])
    expect((await as(by).run(`{ node(id: "${id}") { id } }`)).data.node).toBeNull();
  await jobsDone(server().services);
  const [letter] = await lettersTo(folder(), near[0]!.email);
  expect(letter!.subject).toMatch(/^Can you help out\? Rally/);
});

test("gives the place to the first who accepts, known or not, and closes it for the others", async () => {
  const people = [await onCall(undefined, await a.person()), ...(await several(2))];
  const { shift, coordinator } = await lacking();
  await callOut(coordinator, shift, { count: 1 });
  const replies = await Promise.all(people.map((person) => answer("acceptCover", person)));
  expect(replies.filter(({ code }) => code === "OK")).toHaveLength(1);
  expect(replies.filter(({ reason }) => reason === "COVER_CLOSED")).toHaveLength(2);
  expect(await callOf(coordinator, shift)).toMatchObject({ status: "FILLED", asked: 3, accepted: 1 });
  const first = people[replies.findIndex(({ code }) => code === "OK")]!;
  expect((await answer("acceptCover", first)).data.acceptCover).toMatchObject({
    shift: { taken: 1, confirmed: 1 },
    request: { status: "ACCEPTED" },
  });
  const other = people.find((person) => person !== first)!;
  expect((await asks(other))[0]!.status).toBe("CLOSED");
  const [taken] = await server().services.db.query("SELECT count(*)::int AS n FROM signup_steps WHERE actor_id = $1", [
    first.id,
  ]);
  expect(taken.n).toBe(1);
});

test("confirms a newcomer who was asked, at this event alone", async () => {
  const newcomer = await onCall(undefined, await a.person());
  const { shift, coordinator, event } = await lacking();
  await callOut(coordinator, shift);
  expect((await answer("acceptCover", newcomer)).data.acceptCover.shift.confirmed).toBe(1);
  const claim = async (at: object | undefined, hour: number) => {
    const times = {
      startsAt: new Date(Date.UTC(2026, 0, 23, hour)),
      endsAt: new Date(Date.UTC(2026, 0, 23, hour + 1)),
    };
    const reply = await as(newcomer).claimShift(await a.shift({ ...(at ? { event: at as never } : {}), ...times }));
    return reply.data.claimShift.signup.status;
  };
  expect([await claim(undefined, 22), await claim(event, 20)]).toEqual(["REQUESTED", "CONFIRMED"]);
});

test("asks the next when those who are asked decline or do not answer, and nobody twice", async () => {
  const people = await several(12);
  const { shift, coordinator } = await lacking();
  await callOut(coordinator, shift, { count: 1 });
  const first = (await asked(people)).filter(Boolean).length;
  expect(first).toBe(5);
  const one = people[(await asked(people)).indexOf(true)]!;
  for (let again = 0; again < 2; again++) await answer("declineCover", one);
  expect(await callOf(coordinator, shift)).toMatchObject({ asked: 6, declined: 1 });
  await runTask(server().services, "call-outs");
  expect(await callOf(coordinator, shift)).toMatchObject({ asked: 6 });
  for (const count of [11, 12, 12]) {
    later(121);
    await runTask(server().services, "call-outs");
    expect(await callOf(coordinator, shift)).toMatchObject({ asked: count });
  }
  for (const person of people) expect(await asks(person)).toHaveLength(1);
  const lapsed = people.find((person) => person !== one)!;
  expect((await answer("acceptCover", lapsed)).reason).toBe("COVER_CLOSED");
});

test("asks nobody more than three times a day, the least recently asked first", async () => {
  const [one, two] = [await onCall(), await onCall()];
  const calls = [];
  for (let n = 0; n < 4; n++) {
    const { shift, coordinator } = await lacking();
    calls.push({ shift, coordinator });
    await callOut(coordinator, shift);
    later(1);
  }
  for (const person of [one, two]) expect(await asks(person)).toHaveLength(3);
  const [last] = calls.slice(-1);
  clock.now = new Date(+begin + 24 * 3_600_000 + 240_000);
  await runTask(server().services, "call-outs");
  expect(await callOf(last!.coordinator, last!.shift)).toMatchObject({ asked: 2 });
});

test("does not ask who has declined for the shift, also in another call-out", async () => {
  const [no, yes] = [await onCall(), await onCall()];
  const { shift, coordinator } = await lacking();
  const { id } = (await callOut(coordinator, shift)).data.callOut.callOut;
  await answer("declineCover", no);
  const close = (by: Person) => as(by).call("closeCallOut", { callOutId: id }, `callOut { ${callFields} }`);
  expect((await close(yes)).code).toBe("NOT_FOUND");
  for (let again = 0; again < 2; again++)
    expect((await close(coordinator)).data.closeCallOut.callOut.status).toBe("CLOSED");
  expect((await answer("acceptCover", yes)).reason).toBe("COVER_CLOSED");
  await callOut(coordinator, shift);
  expect([(await asks(no)).length, (await asks(yes)).length]).toEqual([1, 2]);
});

test("helps on a shift that has begun, and ends by itself when that is over", async () => {
  const person = await onCall();
  const { shift, coordinator } = await lacking();
  clock.now = new Date("2026-01-23T18:30:00Z");
  await callOut(coordinator, shift, { count: 2 });
  expect((await answer("acceptCover", person)).code).toBe("OK");
  expect(await callOf(coordinator, shift)).toMatchObject({ status: "OPEN", accepted: 1 });
  clock.now = new Date("2026-01-23T20:00:00Z");
  await runTask(server().services, "call-outs");
  expect(await callOf(coordinator, shift)).toMatchObject({ status: "CLOSED" });
});

test("refuses to accept what overlaps by now", async () => {
  const person = await onCall();
  const { shift, coordinator } = await lacking();
  await callOut(coordinator, shift);
  await as(person).claimShift(await a.shift());
  expect(await answer("acceptCover", person)).toMatchObject({ code: "CONFLICT", reason: "OVERLAPS" });
  expect((await answer("acceptCover", await a.person(), (await asks(person))[0]!.id)).code).toBe("NOT_FOUND");
});
