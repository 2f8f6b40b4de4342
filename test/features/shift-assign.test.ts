import { jobsDone, runTask } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, folder, server } = openWorld();
const begin = new Date("2026-01-20T12:00:00Z");
beforeEach(() => void (clock.now = begin));

const selection = "shift { taken confirmed eligibility } signup { id status deadline }";
const assign = (by: Person, shiftId: string, more: object) =>
  as(by).call("assignShift", { shiftId, ...more }, selection);
const claim = async (by: Person, shiftId: string, joinWaitlist = false) =>
  as(by).call("claimShift", { shiftId, joinWaitlist }, "signup { id status }");
const reason = "Nobody else is left";

/** A shift with its coordinator. */
async function staffed(fields: Parameters<typeof a.shift>[0] = {}) {
  const event = fields?.event ?? (await a.event());
  return { event, shift: await a.shift({ event, ...fields }), coordinator: await a.coordinator(event) };
}
const hours = (from: number, to: number) => ({
  startsAt: new Date(Date.UTC(2026, 0, 23, from)),
  endsAt: new Date(Date.UTC(2026, 0, 23, to)),
});

test.each([
  ["neither an address nor a sign-up", {}, "input.email"],
  ["both of them", { email: "ana@rallygraph.example", signupId: "shift_signup_x" }, "input.email"],
  ["what is no address", { email: "ana" }, "input.email"],
  [
    "an override of what nobody can set aside",
    { email: "ana@rallygraph.example", overrides: ["OVERLAPS"], reason },
    "input.overrides",
  ],
  ["an override without a reason", { email: "ana@rallygraph.example", overrides: ["NEEDS_REST"] }, "input.reason"],
])("refuses %s, naming the field", async (_what, input, path) => {
  const { shift, coordinator } = await staffed();
  const reply = await assign(coordinator, shift, input);
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields?.map((field) => field.path)).toEqual([path]);
});

test("is for the event's coordinators: not for holders, nor those of another event", async () => {
  const { shift } = await staffed();
  const holder = await a.peacekeeper();
  await claim(holder, shift);
  const other = await a.coordinator(await a.event());
  for (const by of [holder, other])
    expect((await assign(by, shift, { email: "ana@rallygraph.example" })).code).toBe("FORBIDDEN");
});

test("finds no sign-up of another shift", async () => {
  const { event, shift, coordinator } = await staffed();
  const elsewhere = await a.shift({ event, ...hours(20, 21) });
  const { id } = (await claim(await a.peacekeeper(), elsewhere)).data.claimShift.signup;
  expect((await assign(coordinator, shift, { signupId: id })).code).toBe("NOT_FOUND");
});

test("offers the place, also to an address without an account, and the claim takes it without a confirmation", async () => {
  const { shift, coordinator } = await staffed();
  const person = await a.person();
  for (const email of ["nobody-yet@rallygraph.example", person.email])
    expect((await assign(coordinator, shift, { email })).data.assignShift.signup).toMatchObject({
      status: "OFFERED",
      deadline: "2026-01-21T07:30:00+00:00",
    });
  await jobsDone(server().services);
  const [letter] = await lettersTo(folder(), person.email);
  expect(letter!.subject).toMatch(/^You are asked to take a shift: Rally/);
  expect(letter!.text).toContain("claim it in time");
  expect((await claim(person, shift)).data.claimShift.signup.status).toBe("CONFIRMED");
});

test("gives the place at once to whoever has asked, once", async () => {
  const { event, shift, coordinator } = await staffed({ capacity: 1 });
  const [holder, waiting, newcomer] = [await a.peacekeeper(), await a.peacekeeper(), await a.person()];
  await claim(holder, shift);
  const { id } = (await claim(waiting, shift, true)).data.claimShift.signup;
  expect(await assign(coordinator, shift, { signupId: id })).toMatchObject({ code: "CONFLICT", reason: "SHIFT_FULL" });
  await server().services.db.query("UPDATE shifts SET capacity = 3 WHERE capacity = 1");
  for (let again = 0; again < 2; again++)
    expect((await assign(coordinator, shift, { signupId: id })).data.assignShift).toMatchObject({
      shift: { taken: 2, confirmed: 2 },
      signup: { status: "CONFIRMED" },
    });
  const asked = (await claim(newcomer, shift)).data.claimShift.signup;
  expect(asked.status).toBe("REQUESTED");
  expect((await assign(coordinator, shift, { email: newcomer.email })).data.assignShift.signup).toMatchObject({
    id: asked.id,
    status: "CONFIRMED",
  });
  // Known from now on.
  const later = await a.shift({ event, ...hours(20, 21) });
  expect((await claim(newcomer, later)).data.claimShift.signup.status).toBe("CONFIRMED");
});

test("tells the name of what stands in the way, and keeps what is overridden, by whom and why", async () => {
  const { event, shift, coordinator } = await staffed(hours(8, 16));
  const person = await a.peacekeeper();
  const long = await a.shift(hours(18, 24));
  await claim(person, long);
  const email = person.email;
  const refused = await assign(coordinator, shift, { email });
  expect(refused).toMatchObject({ code: "CONFLICT", reason: "NEEDS_REST" });
  expect(refused.message).toBe("This person cannot have a place on this shift: NEEDS_REST.");
  expect((await claim(person, shift)).reason).toBe("NEEDS_REST");
  const overrides = ["NEEDS_REST", "LIMIT_REACHED"];
  const done = await assign(coordinator, shift, { email, overrides, reason });
  expect(done.data.assignShift.signup.status).toBe("OFFERED");
  const { db } = server().services;
  const [step] = await db.query("SELECT overridden, reason, actor_id FROM signup_steps WHERE reason IS NOT NULL");
  expect(step).toEqual({ overridden: ["NEEDS_REST"], reason, actor_id: coordinator.id });
  const trail = `query($of: ID!) { auditTrail(of: $of) { nodes { action fields } } }`;
  const staff = await a.admin(await hostOf(event));
  const { nodes } = (await as(staff).run(trail, { of: event.id })).data.auditTrail;
  expect(nodes).toContainEqual({ action: "assignShift", fields: ["status", "NEEDS_REST"] });
  // The offer is taken, though the obstacle is there still.
  expect((await claim(person, shift)).data.claimShift.signup.status).toBe("CONFIRMED");
  await as(person).releaseShift(shift);
  expect((await claim(person, shift)).reason).toBe("NEEDS_REST");
});

async function hostOf(event: { id: string }) {
  const host = await a.organization();
  await a.coHost(event as never, host);
  return host;
}

test("never sets aside that somebody is elsewhere, or that there is no room", async () => {
  const { event, shift, coordinator } = await staffed({ capacity: 1 });
  const person = await a.peacekeeper();
  await claim(person, await a.shift(hours(19, 21)));
  const overrides = ["NEEDS_REST", "TOO_FAR_TO_REACH"];
  const input = { email: person.email, overrides, reason };
  expect((await assign(coordinator, shift, input)).reason).toBe("OVERLAPS");
  await claim(await a.peacekeeper(), shift);
  expect((await assign(coordinator, shift, { email: (await a.person()).email })).reason).toBe("SHIFT_FULL");
  const over = await a.shift({ event, startsAt: new Date(+begin - 7_200_000), endsAt: begin });
  expect((await assign(coordinator, over, { email: (await a.person()).email })).reason).toBe("SHIFT_ENDED");
});

test("puts somebody on a shift that has begun, until its end", async () => {
  const { shift, coordinator } = await staffed();
  clock.now = new Date("2026-01-23T18:30:00Z");
  const person = await a.person();
  const input = { email: person.email, overrides: ["SHIFT_STARTED"], reason };
  expect((await assign(coordinator, shift, input)).data.assignShift.signup).toMatchObject({
    status: "OFFERED",
    deadline: "2026-01-23T18:52:30+00:00",
  });
  expect((await claim(person, shift)).data.claimShift.signup.status).toBe("CONFIRMED");
});

test("frees the place when nobody takes it in time, and writes once a day at most", async () => {
  const { shift, coordinator } = await staffed();
  const person = await a.person();
  const take = () => assign(coordinator, shift, { email: person.email });
  await take();
  await jobsDone(server().services);
  for (let again = 0; again < 3; again++) {
    await as(person).releaseShift(shift);
    await take();
    await jobsDone(server().services);
  }
  expect(await lettersTo(folder(), person.email)).toHaveLength(1);
  clock.now = new Date("2026-01-22T12:00:00Z");
  await runTask(server().services, "overdue signups");
  expect((await as(coordinator).run(`{ node(id: "${shift}") { ... on Shift { taken } } }`)).data.node.taken).toBe(0);
});

test("assigns nobody to a private event who may not see it", async () => {
  const host = await a.organization();
  const { shift, coordinator } = await staffed({
    event: await a.event({ host, visibility: "PRIVATE" as never }),
  });
  const member = await a.member(host);
  for (const email of [(await a.person()).email, "nobody-at-all@rallygraph.example"])
    expect(await assign(coordinator, shift, { email })).toMatchObject({ code: "CONFLICT", reason: "EVENT_HIDDEN" });
  expect((await assign(coordinator, shift, { email: member.email })).data.assignShift.signup.status).toBe("OFFERED");
  expect((await claim(member, shift)).data.claimShift.signup.status).toBe("CONFIRMED");
});
