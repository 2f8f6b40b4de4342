import { personalData } from "../../src/platform/personal.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { pastSignupsIn } from "../support/signups.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server } = world;
const signup = pastSignupsIn(world);
beforeEach(() => (clock.now = new Date("2026-01-20T12:00:00Z")));

const query = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  server().services.db.query(sql, values);
const erase = (by: Person | undefined, more: object = {}) =>
  as(by).call("eraseMyData", { confirm: "erase everything", ...more }, "erased");
const exported = async (by: Person): Promise<Record<string, object[]>> =>
  JSON.parse((await as(by).run("{ exportMyData { json } }")).data.exportMyData.json);

const ties = `
  SELECT c.conrelid::regclass || '.' || a.attname AS column,
    CASE c.confdeltype WHEN 'c' THEN 'ROW' WHEN 'n' THEN 'LINK' ELSE 'REFUSED' END AS erased
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND c.confrelid = 'people'::regclass`;
/** What hangs on a row of somebody's. */
const hanging = `
  SELECT c.conrelid::regclass || '.' || a.attname AS column FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND c.confdeltype = 'c' AND c.confrelid IN (
    SELECT o.conrelid FROM pg_constraint o WHERE o.contype = 'f' AND o.confrelid = 'people'::regclass AND o.confdeltype = 'c')`;
const columnsLike = `
  SELECT table_name || '.' || column_name AS column FROM information_schema.columns
  WHERE table_schema = 'public' AND column_name ~ $1`;

test("says of each foreign key to people what becomes of it, and the database does so", async () => {
  const known = personalData();
  for (const { column, erased } of await query<{ column: string; erased: string }>(ties))
    expect([column, known.get(column)?.erased]).toEqual([column, erased]);
});

test("says so of what hangs on what is somebody's", async () => {
  const found = await query<{ column: string }>(hanging);
  expect(found.map(({ column }) => column)).toContain("duty_times.signup_id");
  for (const { column } of found) expect([column, personalData().get(column)?.erased]).toEqual([column, "ROW"]);
});

test("says so of each column that names a person without a key, or is sealed, and of none that isn't there", async () => {
  const known = personalData();
  const opened = [...known].flatMap(([column, { opens = {} }]) =>
    Object.values(opens).map((name) => name.replace(/^t/, column.split(".")[0]!)),
  );
  const found = await query<{ column: string }>(columnsLike, ["_sealed$|person_id$|actor_id$"]);
  for (const { column } of found) expect([...known.keys(), ...opened]).toContain(column);
  const all = (await query<{ column: string }>(columnsLike, ["."])).map(({ column }) => column);
  for (const column of [...known.keys(), ...opened]) expect(all).toContain(column);
});

/** Somebody who has something of everything. */
async function busy() {
  const [person, union, campaign] = [await a.peacekeeper(), await a.organization(), await a.campaign()];
  await a.owner(union, person);
  await a.staff(campaign, person);
  await a.staff(campaign);
  const event = await a.event({ campaign, createdByPerson: person, title: "My vigil" });
  const done = (name: string, input: object) => as(person).call(name, input, "__typename");
  await done("updatePeacekeeper", { name: "Ada", phone: "+16125550123" });
  await done("makeCalendarLink", {});
  await done("rsvp", { eventId: event.id, guests: 1, name: "Ada of the guests" });
  await done("editEvent", { eventId: event.id, version: 1, contact: { phone: "+16125550124" } });
  await done("assignEventRole", { eventId: event.id, email: person.email, role: "COORDINATOR" });
  const shift = await a.shift({ event, capacity: 1 });
  await done("claimShift", { shiftId: shift });
  await done("messageCoordinators", { shiftId: shift, text: "On my way" });
  const verified = await a.organization({ verified: true });
  await done("requestQualification", { organizationId: verified.id, kind: "FIRST_AID", name: "Ada L." });
  return { person, union, campaign, event, shift };
}

test("exports everything that is tied to a person, and nothing of anybody else", async () => {
  const { person, event, shift } = await busy();
  const other = await busy();
  const mine = await exported(person);
  expect(mine).toMatchObject({
    people: [{ email: person.email }],
    memberships: [{ role: "OWNER" }],
    events: [{ drafted: event.id }],
    event_roles: [{ event: event.id, role: "COORDINATOR" }],
    rsvps: [{ event: event.id, guests: 1, name: "Ada of the guests", status: "GOING" }],
    shift_signups: [{ shift, status: "CONFIRMED", role: "MARSHAL" }],
    signup_steps: [{ status: "CONFIRMED", byYou: true }],
    peacekeepers: [{ name: "Ada", phone: "+16125550123" }],
    coordinator_messages: [{ shift, text: "On my way" }],
    qualifications: [{ kind: "FIRST_AID", status: "REQUESTED", name: "Ada L." }],
    calendar_links: [{ madeAt: "2026-01-20T12:00:00.000Z" }],
  });
  const text = JSON.stringify(mine);
  for (const foreign of [other.person.email, other.event.id, other.shift]) expect(text).not.toContain(foreign);
  expect(text).not.toMatch(/hash|token/i);
  expect((await as().run("{ exportMyData { json } }")).code).toBe("UNAUTHENTICATED");
});

test("keeps from the export who decided on one's sign-up, and why", async () => {
  const [newcomer, event] = [await a.person(), await a.event()];
  const { data } = await as(newcomer).claimShift(await a.shift({ event }));
  const decline = { signupId: data.claimShift.signup.id, reason: "Was rude last time" };
  const coordinator = await a.coordinator(event);
  await as(coordinator).call("declineSignup", decline, "__typename");
  const steps = (await exported(newcomer))["signup_steps"];
  expect(steps).toMatchObject([{ byYou: true }, { status: "RELEASED", byYou: false }]);
  expect(JSON.stringify(steps)).not.toContain("rude");
  expect((await exported(coordinator))["signup_steps"]).toMatchObject([{ reason: "Was rude last time" }]);
});

test("refuses to erase without the words that mean it, and by nobody", async () => {
  const person = await a.person();
  const reply = await erase(person, { confirm: "yes" });
  expect([reply.code, reply.fields?.[0]?.path]).toEqual(["BAD_USER_INPUT", "input.confirm"]);
  expect((await erase(undefined)).code).toBe("UNAUTHENTICATED");
});

const reason = ({ body }: Awaited<ReturnType<typeof erase>>) => body.errors?.[0]?.extensions?.["reason"];

test("refuses the last owner of others, and the last on the staff of a campaign that is not closed", async () => {
  const [union, campaign] = [await a.organization(), await a.campaign()];
  const [owner, member, staff] = [await a.owner(union), await a.member(union), await a.staff(campaign)];
  expect(reason(await erase(owner))).toBe("LAST_OWNER");
  await erase(member);
  expect((await erase(owner)).code).toBe("OK");
  expect(reason(await erase(staff))).toBe("LAST_STAFF");
  await query("UPDATE campaigns SET status = 'CLOSED' WHERE id = $1", [fromGlobalId("Campaign", campaign.id, "id")]);
  expect((await erase(staff)).code).toBe("OK");
});

test("gives back what they hold, lets go of all that is tied to them, and keeps counts and the trail by an id", async () => {
  const { person, event, shift } = await busy();
  const next = await a.peacekeeper();
  const shiftId = fromGlobalId("Shift", shift, "id");
  await as(next).call("claimShift", { shiftId: shift, joinWaitlist: true }, "__typename");
  await as(person).setRsvpLimit(event.id, 2);
  await as(next).rsvp({ eventId: event.id });
  const past = await a.shift({ startsAt: new Date("2026-01-19T10:00:00Z"), endsAt: new Date("2026-01-19T12:00:00Z") });
  await signup(past, person, "COMPLETED");
  expect((await erase(person)).data.eraseMyData).toEqual({ erased: true });

  expect((await as(person).run("{ viewer { email } }")).code).toBe("UNAUTHENTICATED");
  for (const { column } of await query<{ column: string }>(ties)) {
    const [table, name] = column.split(".");
    expect([column, await query(`SELECT 1 FROM ${table} WHERE ${name} = $1`, [person.id])]).toEqual([column, []]);
  }
  const standing = await query("SELECT person_id, status FROM shift_signups WHERE shift_id = $1", [shiftId]);
  expect(standing).toEqual([{ person_id: next.id, status: "OFFERED" }]);
  expect(await query("SELECT taken, confirmed FROM shifts WHERE id = $1", [shiftId])).toEqual([
    { taken: 1, confirmed: 0 },
  ]);
  const eventId = fromGlobalId("Event", event.id, "id");
  const counts = await query("SELECT going, waiting FROM rsvp_counters WHERE event_id = $1", [eventId]);
  expect(counts).toEqual([{ going: 1, waiting: 0 }]);
  expect(await query("SELECT contact_sealed FROM events WHERE id = $1", [eventId])).toEqual([{ contact_sealed: null }]);
  const tally = await query("SELECT completed FROM shift_tallies WHERE shift_id = $1", [
    fromGlobalId("Shift", past, "id"),
  ]);
  expect(tally).toEqual([{ completed: 1 }]);
  const trail = await query("SELECT 1 FROM audit_entries WHERE actor_id = $1 AND action = 'eraseMyData'", [person.id]);
  expect(trail.length).toBeGreaterThan(0);
});

test("has whoever is there leave early", async () => {
  const [person, shift] = [await a.peacekeeper(), await a.shift({ taken: 1, confirmed: 1, onDuty: 1 })];
  await signup(shift, person, "CHECKED_IN");
  clock.now = new Date("2026-01-23T19:00:00Z");
  expect((await erase(person)).code).toBe("OK");
  const id = fromGlobalId("Shift", shift, "id");
  expect(await query("SELECT taken FROM shifts WHERE id = $1", [id])).toEqual([{ taken: 1 }]);
  expect(await query("SELECT left_early FROM shift_tallies WHERE shift_id = $1", [id])).toEqual([{ left_early: 1 }]);
});

test("lets an organization name another for one who is gone, before the event", async () => {
  const [union, event, person] = [await a.organization(), await a.event(), await a.person()];
  const admin = as(await a.admin(union));
  const promise = { organizationId: union.id, eventId: event.id, count: 1 };
  const dispatchId = (await admin.call("promisePeacekeepers", promise, "dispatch { id }")).data.promisePeacekeepers
    .dispatch.id;
  const name = async (email: string) =>
    (await admin.call("namePeacekeeper", { dispatchId, email }, "dispatch { named }")).data?.namePeacekeeper.dispatch;
  expect(await name(person.email)).toEqual({ named: 1 });
  expect((await exported(person))["dispatch_names"]).toMatchObject([{ dispatch: dispatchId, named: "you" }]);
  await erase(person);
  expect(await name((await a.person()).email)).toEqual({ named: 1 });
});

test("ends what they wait for: a place that is offered, a call-out, and their name in a promise", async () => {
  const [person, giver, union] = [
    await a.peacekeeper(),
    await a.peacekeeper(),
    await a.organization({ verified: true }),
  ];
  const event = await a.event();
  const [coordinator, admin] = [await a.coordinator(event), await a.admin(union)];
  const shiftId = await a.shift({ event, capacity: 1, swapNeedsApproval: true });
  for (const name of ["claimShift", "offerSwap"]) await as(giver).call(name, { shiftId }, "__typename");
  await as(person).call("acceptSwap", { shiftId }, "__typename");
  const promised = { organizationId: union.id, eventId: event.id, count: 1 };
  const { dispatch } = (await as(admin).call("promisePeacekeepers", promised, "dispatch { id }")).data
    .promisePeacekeepers;
  await as(admin).call("namePeacekeeper", { dispatchId: dispatch.id, email: person.email }, "__typename");
  const { id: cityId } = await a.city();
  const onCall = "INSERT INTO peacekeepers (person_id, city_id, on_call) VALUES ($1, $2, true)";
  await query(onCall, [person.id, cityId]);
  const lacking = await a.shift({ event, startsAt: new Date("2026-01-23T14:00:00Z"), capacity: 1 });
  const read = `{ node(id: "${lacking}") { ... on Shift { callOuts { nodes { asked accepted } } } } }`;
  await as(coordinator).call("callOut", { shiftId: lacking }, "__typename");
  const { coverRequests } = (await as(person).run("{ viewer { coverRequests { nodes { id } } } }")).data.viewer;
  const next = await a.peacekeeper();
  await query(onCall, [next.id, cityId]);
  await query("UPDATE call_outs SET next_at = next_at + interval '1 day'");
  const reply = await as(person).call("acceptCover", { coverId: coverRequests.nodes[0].id }, "__typename");
  expect(reply.code).toBe("OK");
  expect((await erase(person)).code).toBe("OK");

  expect(await query("SELECT 1 FROM shift_swaps WHERE taker_id = $1", [person.id])).toEqual([]);
  const entry = "SELECT action FROM audit_entries WHERE subject_type = 'ShiftSwap' AND action = 'eraseMyData'";
  expect(await query(entry)).toHaveLength(1);
  const other = await a.peacekeeper();
  expect((await as(other).call("acceptSwap", { shiftId }, "swap { status }")).data.acceptSwap.swap.status).toBe(
    "PENDING",
  );
  const named = "SELECT named FROM dispatch_pledges WHERE organization_id = $1";
  expect(await query(named, [fromGlobalId("Organization", union.id, "id")])).toEqual([{ named: 0 }]);
  expect((await as(coordinator).run(read)).data.node.callOuts.nodes).toEqual([{ asked: 1, accepted: 1 }]);
  expect(await query("SELECT taken FROM shifts WHERE id = $1", [fromGlobalId("Shift", lacking, "id")])).toEqual([
    { taken: 0 },
  ]);
});

test("has one of two that do so at the same moment find nobody, and no claim outlive its person", async () => {
  const [person, shiftId] = [await a.peacekeeper(), await a.shift({ capacity: 1 })];
  await Promise.all([erase(person), as(person).claimShift(shiftId), erase(person)]);
  const [shift] = await query<{ taken: number }>("SELECT taken FROM shifts WHERE id = $1", [
    fromGlobalId("Shift", shiftId, "id"),
  ]);
  expect(shift!.taken).toBe(0);
  expect(await query("SELECT 1 FROM people WHERE id = $1", [person.id])).toEqual([]);
});
