import { forgetSignups } from "../../src/features/shifts/index.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { stoodAt, tracesOf } from "../support/stood.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { as, clock, server } = world;
const query = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  server().services.db.query(sql, values);
const schedule = async (time: string): Promise<void> => {
  clock.now = new Date(time);
  await forgetSignups(server().services);
};
const counts = (row: string): Promise<object[]> =>
  query("SELECT erased_asked, erased_accepted, erased_declined FROM call_outs WHERE id = $1", [
    fromGlobalId("CallOut", row, "id"),
  ]);

test("exports what somebody has in each slice, and nothing that others said of them", async () => {
  const { said, person, giver, event, own, taken, given, lacking, signup, coordinator } = await stoodAt(world);
  const mine = JSON.parse((await as(person).run("{ exportMyData { json } }")).data.exportMyData.json);
  expect(mine).toMatchObject({
    qualifications: [{ kind: "FIRST_AID", status: "REQUESTED", name: said.name }],
    attendances: [{ event: event.id }],
    dispatch_names: [{ named: "you", at: "2026-01-20T12:00:00.000Z" }],
    duty_times: [{ signup: signup.id, arrivalHeardAt: "2026-01-23T17:50:00.000Z", arrivedAt: null }],
    contact_showings: [{ event: event.id }],
    peacekeeper_message_recipients: [{ message: expect.stringMatching(/^peacekeeper_message_/) as string }],
    coordinator_messages: [{ shift: own, text: said.text }],
    cover_requests: [{ shift: lacking, status: "ASKED" }],
  });
  expect(mine.shift_swaps).toEqual([
    expect.objectContaining({ shift: taken, status: "DONE", you: "take" }),
    expect.objectContaining({ shift: given, status: "DONE", you: "give" }),
  ]);
  const text = JSON.stringify(mine);
  for (const { id, email } of [giver, coordinator]) for (const other of [id, email]) expect(text).not.toContain(other);
});

test("the schedule erases nothing while an event is not 30 days over", async () => {
  const { person, said } = await stoodAt(world);
  const words = Object.values(said);
  const before = await tracesOf(world, [person.id, ...words]);
  await schedule("2026-02-22T20:59:59Z");
  expect(await tracesOf(world, [person.id, ...words])).toEqual(before);
});

test("leaves of somebody, after the schedule, what is said to stay, and counts", async () => {
  const { person, said, signup, callOut, own, dispatch, admin } = await stoodAt(world);
  await query("UPDATE shift_signups SET status = 'COMPLETED' WHERE id = $1", [
    fromGlobalId("ShiftSignup", signup.id, "id"),
  ]);
  await schedule("2026-02-23T21:00:01Z");
  expect(await tracesOf(world, [person.id])).toEqual([
    "kept_hours.person_id",
    "known_peacekeepers.person_id",
    "letters.person_id",
    "peacekeepers.person_id",
    "people.id",
    "qualifications.person_id",
    "sessions.person_id",
  ]);
  expect(await tracesOf(world, Object.values(said))).toEqual([
    "peacekeepers.name_sealed",
    "peacekeepers.phone_sealed",
    "qualifications.name_sealed",
  ]);
  // An entry of the trail that names neither them nor anything that leads to them.
  expect(await tracesOf(world, [fromGlobalId("ShiftSignup", signup.id, "id")])).toEqual(["audit_entries.subject_id"]);
  for (const table of ["duty_times", "shift_swaps", "signup_steps", "check_in_codes", "cover_requests"])
    expect([table, await query(`SELECT 1 FROM ${table} LIMIT 1`)]).toEqual([table, []]);
  expect(await counts(callOut.id)).toEqual([{ erased_asked: 1, erased_accepted: 0, erased_declined: 0 }]);
  const shift = await query("SELECT completed FROM shift_tallies WHERE shift_id = $1", [
    fromGlobalId("Shift", own, "id"),
  ]);
  expect(shift).toEqual([{ completed: 1 }]);
  const written = await query("SELECT recipients FROM peacekeeper_messages ORDER BY sent_at LIMIT 1");
  expect(written).toEqual([{ recipients: 1 }]);
  clock.now = new Date("2026-01-24T12:00:00Z");
  const promise = await as(admin).run(
    `{ node(id: "${dispatch.id}") { ... on DispatchPledge { count named confirmed } } }`,
  );
  expect(promise.data.node).toEqual({ count: 3, named: 1, confirmed: 1 });
});

test("leaves of somebody who erases themselves an id in the audit trail, and nothing that they said", async () => {
  const { person, said, callOut } = await stoodAt(world);
  const own = await query<{ id: string }>("SELECT id FROM shift_signups WHERE person_id = $1", [person.id]);
  expect((await as(person).call("eraseMyData", { confirm: "erase everything" }, "erased")).code).toBe("OK");
  expect(await tracesOf(world, [person.id])).toEqual([
    "audit_entries.actor_id",
    "audit_entries.scopes",
    "audit_entries.subject_id",
    "changes.scopes",
    "changes.subject_id",
  ]);
  expect(await tracesOf(world, Object.values(said))).toEqual([]);
  expect(
    await tracesOf(
      world,
      own.map(({ id }) => id),
    ),
  ).toEqual(["audit_entries.subject_id"]);
  expect(await counts(callOut.id)).toEqual([{ erased_asked: 1, erased_accepted: 0, erased_declined: 0 }]);
});
