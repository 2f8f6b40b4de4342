import { fromGlobalId } from "../../src/platform/database/ids.js";
import { dutyIn } from "../support/duty.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server } = world;
const { at, known, place, rally } = dutyIn(world);
beforeEach(() => at("12:00:00"));

type Caller = ReturnType<typeof as>;
const look = (by: Caller, id: string) =>
  by.run("query($id: ID!) { peacekeeperContact(signupId: $id) { name phone } }", { id });
const showings = async (by: Caller) =>
  (await by.run("{ viewer { contactShowings { nodes { at event { id } } } } }")).data.viewer.contactShowings.nodes;

test("is refused to everybody but those who coordinate the shift", async () => {
  const { shift } = await rally();
  const { person, signupId } = await place(shift);
  expect((await look(as(), signupId)).code).toBe("UNAUTHENTICATED");
  expect((await look(as(person), signupId)).code).toBe("FORBIDDEN");
  for (const other of [
    await a.person(),
    (await place(shift)).person,
    await a.coordinator(await a.event()),
    await a.siteStaff(),
  ])
    expect((await look(as(other), signupId)).code).toBe("NOT_FOUND");
  expect(await look(as(person), "nonsense")).toMatchObject({ reason: "ID_INVALID", fields: [{ path: "signupId" }] });
  expect(await showings(as(person))).toEqual([]);
});

test.each(["REQUESTED", "OFFERED", "WAITLISTED", "RELEASED", "LAPSED", "NO_SHOW", "EXCUSED"])(
  "is refused of who is %s",
  async (status) => {
    const { shift, coordinator } = await rally();
    const { signupId } = await place(shift, status);
    expect((await look(coordinator, signupId)).code).toBe("FORBIDDEN");
  },
);

test("is shown from a day before the shift until four hours after it, and says so outside", async () => {
  const { shift, coordinator } = await rally();
  const { person, signupId } = await place(shift);
  await known(person, "Ada", "+16125550123");
  for (const [time, code] of [
    ["2026-01-22T17:59:59Z", "FORBIDDEN"],
    ["2026-01-22T18:00:00Z", "OK"],
    ["2026-01-23T23:59:59Z", "OK"],
    ["2026-01-24T00:00:00Z", "FORBIDDEN"],
  ] as const) {
    clock.now = new Date(time);
    const reply = await look(coordinator, signupId);
    expect(reply.code).toBe(code);
    if (code === "OK") expect(reply.data.peacekeeperContact).toEqual({ name: "Ada", phone: "+16125550123" });
    else expect(reply.message).toContain("from 2026-01-22T18:00:00.000Z until 2026-01-24T00:00:00.000Z");
  }
});

test("is kept in the audit trail, and told to the person, who may not learn who looked", async () => {
  const { event, shift, coordinator } = await rally();
  const { person, signupId } = await place(shift);
  await look(coordinator, signupId);
  at("13:00:00");
  await look(coordinator, signupId);
  expect(await showings(as(person))).toEqual([
    { at: "2026-01-23T13:00:00+00:00", event: { id: event.id } },
    { at: "2026-01-23T12:00:00+00:00", event: { id: event.id } },
  ]);
  expect(await showings(coordinator)).toEqual([]);
  const looks = await server().services.db.query(
    "SELECT fields FROM audit_entries WHERE action = 'peacekeeperContact' AND subject_id = $1",
    [fromGlobalId("ShiftSignup", signupId, "id")],
  );
  expect(looks).toEqual([{ fields: ["contact"] }, { fields: ["contact"] }]);
});

test("is of nobody who said nothing, and of nobody's e-mail address", async () => {
  const { shift, coordinator } = await rally();
  const { person, signupId } = await place(shift, "CHECKED_IN");
  const reply = await look(coordinator, signupId);
  expect(reply.data.peacekeeperContact).toEqual({ name: null, phone: null });
  expect(JSON.stringify(reply.body)).not.toContain(person.email);
});
