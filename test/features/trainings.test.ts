import { fromGlobalId } from "../../src/platform/database/ids.js";
import { day, inDays, qualificationsIn } from "../support/qualifications.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server, clock } = world;
const { start, pass, kind, revoke, clear, asked, clearing, ownOf, rowOf, subjectsTo } = qualificationsIn(world);

/** The event ends at 21:00 on its day. */
const end = new Date("2026-01-23T21:00:00Z");
const printed = (instant: Date): string => `${instant.toISOString().slice(0, 19)}+00:00`;
const training = { type: "TRAINING" as never };

/** A training of a verified organization, with its people. */
async function trained(fields: object = {}, validDays = 365) {
  const { organization, admin } = await clearing();
  const campaign = await a.campaign();
  const event = await a.event({ ...training, campaign, host: organization, ...fields });
  const set = await setTraining(admin, event, organization, validDays);
  return { organization, admin, campaign, event, set, coordinator: await a.coordinator(event) };
}

const ofEvent = "event { id training { kind validDays organization { id } } }";
const setTraining = (by: Person | undefined, event: { id: string }, of: { id: string }, validDays = 365) =>
  as(by).call("setTraining", { eventId: event.id, kind, organizationId: of.id, validDays }, ofEvent);
const record = (by: Person | undefined, event: { id: string }, rsvpId: string) =>
  as(by).call("recordAttendance", { eventId: event.id, rsvpId }, "attended event { id }");
const undo = (by: Person | undefined, event: { id: string }, rsvpId: string) =>
  as(by).call("undoAttendance", { eventId: event.id, rsvpId }, "attended event { id }");

/** Somebody who comes, and their RSVP. */
async function comer(event: { id: string }, more: object = {}, who?: Person) {
  const person = who ?? (await a.person());
  const rsvpId: string = (await as(person).rsvp({ eventId: event.id, ...more })).data.rsvp.rsvp.id;
  return { person, rsvpId };
}

describe("what a training clears for", () => {
  test("is said by nobody but admins of the organization who manage the event", async () => {
    const { organization, admin } = await clearing();
    const event = await a.event({ ...training, host: organization });
    const { organization: other, admin: stranger } = await clearing();
    const creator = await a.member(organization);
    expect((await setTraining(undefined, event, organization)).code).toBe("UNAUTHENTICATED");
    for (const by of [stranger, creator, await a.coordinator(event), await a.siteStaff()])
      expect((await setTraining(by, event, organization)).code).toBe("FORBIDDEN");
    expect((await setTraining(stranger, event, other)).code).toBe("FORBIDDEN");
    const { organization: second } = await clearing();
    await a.admin(second, admin);
    expect((await setTraining(admin, event, second)).fields).toMatchObject([{ path: "input.organizationId" }]);
    await a.invited(event, second);
    expect((await setTraining(admin, event, second)).fields).toMatchObject([{ path: "input.organizationId" }]);
    for (const days of [0, 3_651, -1])
      expect((await setTraining(admin, event, organization, days)).fields).toMatchObject([{ path: "input.validDays" }]);
  });

  test("is refused of a rally, of what is not approved, and for an organization that is not verified", async () => {
    const { organization, admin } = await clearing();
    const at = async (fields: object) =>
      setTraining(admin, await a.event({ host: organization, ...fields }), organization);
    expect((await at({})).reason).toBe("EVENT_NOT_TRAINING");
    expect((await at({ ...training, review: "DRAFT" })).reason).toBe("EVENT_NOT_APPROVED");
    const { organization: unverified, admin: by } = await clearing(false);
    const event = await a.event({ ...training, host: unverified });
    expect((await setTraining(by, event, unverified)).reason).toBe("ORGANIZATION_NOT_VERIFIED");
  });

  test("is read by everybody, changed by setting it again, and nothing once the organization hosts no more", async () => {
    const { organization, admin, event, set } = await trained();
    const told = { kind, validDays: 365, organization: { id: organization.id } };
    expect(set.data.setTraining.event.training).toEqual(told);
    const read = async () =>
      (await as().run(`{ event(id: "${event.id}") { training { kind validDays organization { id } } } }`)).data.event
        .training as unknown;
    await setTraining(admin, event, organization, 30);
    expect(await read()).toEqual({ ...told, validDays: 30 });
    const { organization: lead } = await clearing();
    const { db } = server().services;
    const eventId = fromGlobalId("Event", event.id, "id");
    await db.query("UPDATE event_hosts SET organization_id = $2 WHERE event_id = $1", [
      eventId,
      fromGlobalId("Organization", lead.id, "id"),
    ]);
    expect(await read()).toBeNull();
    const manager = await a.admin(lead);
    const { rsvpId } = await comer(event);
    expect((await record(manager, event, rsvpId)).reason).toBe("EVENT_NOT_TRAINING");
    for (let time = 0; time < 2; time++)
      expect((await as(manager).call("removeTraining", { eventId: event.id }, ofEvent)).code).toBe("OK");
    expect(await db.query("SELECT 1 FROM trainings WHERE event_id = $1", [eventId])).toEqual([]);
  });
});

describe("attendance is refused", () => {
  test("to whoever neither manages nor coordinates the event, also to attendees themselves", async () => {
    const { event } = await trained();
    const { person, rsvpId } = await comer(event);
    for (const act of [record, undo]) {
      expect((await act(undefined, event, rsvpId)).code).toBe("UNAUTHENTICATED");
      for (const by of [person, await a.reporter(event), (await clearing()).admin])
        expect((await act(by, event, rsvpId)).code).toBe("FORBIDDEN");
    }
    expect(await ownOf(person)).toEqual([]);
  });

  test("of an RSVP of another event, or one that holds no place", async () => {
    const { event, admin } = await trained();
    const { event: other } = await trained();
    const [elsewhere, cancelled, here] = [await comer(other), await comer(event), await comer(event)];
    await as(cancelled.person).cancelRsvp({ rsvpId: cancelled.rsvpId });
    await as(admin).setRsvpLimit(event.id, 1);
    const waiting = await comer(event);
    const none = here.rsvpId.replace(/.{8}$/, "00000000");
    for (const id of [elsewhere.rsvpId, cancelled.rsvpId, waiting.rsvpId, none])
      expect((await record(admin, event, id)).code).toBe("NOT_FOUND");
  });

  test("before it begins, of one that is cancelled, and without being verified", async () => {
    const { event: later, admin } = await trained({ startsAt: inDays(start, 0.01), endsAt: inDays(start, 0.1) });
    const { rsvpId } = await comer(later);
    expect((await record(admin, later, rsvpId)).reason).toBe("EVENT_NOT_BEGUN");
    const { event: off, admin: by, organization } = await trained();
    const comes = await comer(off);
    await as(await a.siteStaff()).call("unverifyOrganization", { organizationId: organization.id }, "__typename");
    expect((await record(by, off, comes.rsvpId)).reason).toBe("ORGANIZATION_NOT_VERIFIED");
    await as(by).call("cancelEvent", { eventId: off.id, reason: "Nobody comes" });
    expect((await record(by, off, comes.rsvpId)).reason).toBe("EVENT_CANCELLED");
  });

  test("of somebody whose clearance was revoked: only the organization's admins clear them anew", async () => {
    const { event, admin, organization, coordinator } = await trained();
    const { person, rsvpId } = await comer(event);
    const id = await asked(person, organization);
    await clear(admin, id);
    await revoke(admin, id);
    expect((await record(coordinator, event, rsvpId)).reason).toBe("QUALIFICATION_REVOKED");
    expect((await clear(admin, id)).code).toBe("OK");
    expect((await record(coordinator, event, rsvpId)).code).toBe("OK");
  });
});

describe("attendance", () => {
  test("clears by a coordinator's word until so many days after the event, once, and tells the person", async () => {
    const { event, coordinator, organization, admin } = await trained({}, 30);
    const { person, rsvpId } = await comer(event);
    const sent = await Promise.all([1, 2, 3].map(() => record(coordinator, event, rsvpId)));
    expect(sent.map(({ data }) => data.recordAttendance.attended as boolean)).toEqual([true, true, true]);
    expect(await ownOf(person)).toMatchObject([
      { kind, status: "CLEARED", expiresAt: printed(inDays(end, 30)), counts: true },
    ]);
    expect((await subjectsTo(person)).filter((subject) => subject === "Cleared: first aid")).toHaveLength(1);
    const list = `{ organizationQualifications(organizationId: "${organization.id}") { nodes { qualification { status } } } }`;
    expect((await as(admin).run(list)).data.organizationQualifications.nodes).toHaveLength(1);
  });

  test("answers a request, and undone leaves the request waiting as before", async () => {
    const { event, coordinator, organization } = await trained();
    const { person, rsvpId } = await comer(event);
    await asked(person, organization, { name: "Ana" });
    const before = await ownOf(person);
    await record(coordinator, event, rsvpId);
    expect(await ownOf(person)).toMatchObject([{ status: "CLEARED", requestedAt: null }]);
    for (let time = 0; time < 2; time++)
      expect((await undo(coordinator, event, rsvpId)).data.undoAttendance.attended).toBe(false);
    expect(await ownOf(person)).toEqual(before);
  });

  test("undone leaves nothing where there was nothing", async () => {
    const { event, coordinator } = await trained();
    const { person, rsvpId } = await comer(event);
    await record(coordinator, event, rsvpId);
    await undo(coordinator, event, rsvpId);
    expect(await ownOf(person)).toEqual([]);
  });

  test("never shortens a clearance, and undone leaves what the organization has decided since", async () => {
    const { event, coordinator, organization, admin } = await trained({}, 30);
    const { person, rsvpId } = await comer(event);
    const id = await asked(person, organization);
    await clear(admin, id, inDays(end, 40));
    await record(coordinator, event, rsvpId);
    expect(await ownOf(person)).toMatchObject([{ expiresAt: printed(inDays(end, 40)) }]);
    await undo(coordinator, event, rsvpId);
    await clear(admin, id, inDays(end, 20));
    await record(coordinator, event, rsvpId);
    expect(await ownOf(person)).toMatchObject([{ expiresAt: printed(inDays(end, 30)) }]);
    await clear(admin, id, inDays(end, 25));
    await undo(coordinator, event, rsvpId);
    expect(await ownOf(person)).toMatchObject([{ expiresAt: printed(inDays(end, 25)), counts: true }]);
    expect((await rowOf(id)).id).toBeDefined();
  });

  test.each([
    ["the longer one first", [0, 1], [30, null]],
    ["the shorter one first", [1, 0], [60, null]],
  ])("at two trainings clears for the longer, and undone, %s, for the one that is left", async (_name, order, left) => {
    const { event, admin, campaign, organization } = await trained({}, 60);
    const other = await a.event({ ...training, campaign, host: organization });
    await setTraining(admin, other, organization, 30);
    const first = await comer(event);
    const second = await comer(other, {}, first.person);
    const attended = [
      { event, rsvpId: first.rsvpId },
      { event: other, rsvpId: second.rsvpId },
    ];
    for (const one of attended.toReversed()) {
      await record(admin, one.event, one.rsvpId);
      clock.now = new Date(clock.now.getTime() + 1_000);
    }
    const until = async (): Promise<unknown> => (await ownOf(first.person))[0]?.["expiresAt"] ?? null;
    expect(await until()).toBe(printed(inDays(end, 60)));
    for (const [step, which] of order.entries()) {
      const one = attended[which]!;
      await undo(admin, one.event, one.rsvpId);
      const days = left[step];
      expect(await until()).toBe(days ? printed(inDays(end, days)) : null);
    }
  });

  test("goes with its training to the event that stays when two are made one", async () => {
    const { event, admin, campaign, organization, coordinator } = await trained();
    const into = await a.event({ ...training, campaign, host: organization });
    const { person, rsvpId } = await comer(event);
    await record(coordinator, event, rsvpId);
    const merged = await as(admin).call("mergeEvent", { eventId: event.id, intoEventId: into.id }, ofEvent);
    expect(merged.data.mergeEvent.event).toMatchObject({ id: into.id, training: { kind } });
    await undo(admin, into, rsvpId);
    expect(await ownOf(person)).toEqual([]);
  });
});

test("those who record attendance see who comes and who was there; names those alone who manage the event", async () => {
  const { event, admin, coordinator } = await trained();
  const { rsvpId } = await comer(event, { name: "Ana", showName: true });
  await pass(1_000 / day);
  await comer(event, { name: "Ben", showName: false });
  await record(coordinator, event, rsvpId);
  const list = (of: { id: string }) => `{ trainingAttendees(eventId: "${of.id}") { nodes { rsvpId name attended } } }`;
  const read = async (by?: Person) => (await as(by).run(list(event))).data.trainingAttendees.nodes as object[];
  expect(await read(admin)).toMatchObject([
    { rsvpId, name: "Ana", attended: true },
    { name: null, attended: false },
  ]);
  expect(await read(coordinator)).toMatchObject([{ rsvpId, name: null, attended: true }, { attended: false }]);
  for (const by of [await a.person(), await a.reporter(event)])
    expect((await as(by).run(list(event))).code).toBe("FORBIDDEN");
  const rally = await a.event();
  const other = await a.coordinator(rally);
  await comer(rally);
  expect((await as(other).run(list(rally))).data.trainingAttendees.nodes).toEqual([]);
  const trail = await server().services.db.query(
    "SELECT actor_id FROM audit_entries WHERE action = 'trainingAttendees' AND subject_id = $1",
    [fromGlobalId("Event", event.id, "id")],
  );
  expect(trail).toHaveLength(2);
});
