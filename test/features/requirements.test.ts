import { fromGlobalId } from "../../src/platform/database/ids.js";
import { type Clearance, clearing } from "../support/qualifications.js";
import { signupsIn } from "../support/signups.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server } = world;
const { claim, line, reads, at } = signupsIn(world);
const clear = clearing(world);

const end = new Date("2026-01-23T20:00:00Z");
const before = (date: Date): Date => new Date(date.getTime() - 1);
const firstAid = "FIRST_AID" as never;
const needing = (...requires: string[]) => ({ requires: requires as never[] });

const known = async (clearance?: Clearance): Promise<Person> => {
  const person = await a.peacekeeper();
  if (clearance) await clear(person, clearance);
  return person;
};

/** What is read before, and said after. */
async function expectRefused(person: Person, shift: string, ...reasons: string[]): Promise<void> {
  expect((await reads(person, shift)).eligibility).toEqual(reasons);
  expect(await claim(person, shift)).toMatchObject({ code: "CONFLICT", reason: reasons[0] });
}

const requirement = (name: string) => (by: Person | undefined, input: object) =>
  as(by).call(
    name,
    input,
    name.includes("Role") ? "campaign { id roleRequirements { role kinds } }" : "shift { version requires }",
  );
const [addToRole, removeFromRole] = [requirement("addRoleRequirement"), requirement("removeRoleRequirement")];
const [addToShift, removeFromShift] = [requirement("addShiftRequirement"), requirement("removeShiftRequirement")];

describe("refuses", () => {
  test("a requirement from anybody but the campaign's staff, and the event's coordinators", async () => {
    const campaign = await a.campaign();
    const event = await a.event({ campaign });
    const [stranger, coordinator, staff] = [await a.person(), await a.coordinator(event), await a.staff(campaign)];
    const [ofRole, ofShift] = [
      { campaignId: campaign.id, role: "MEDIC", kind: firstAid },
      { shiftId: await a.shift({ event }), kind: firstAid },
    ];
    for (const call of [addToRole, removeFromRole]) {
      for (const by of [stranger, coordinator]) expect((await call(by, ofRole)).code).toBe("FORBIDDEN");
      expect((await call(undefined, ofRole)).code).toBe("UNAUTHENTICATED");
      expect((await call(staff, { ...ofRole, kind: "JUGGLING" })).code).toBe("BAD_USER_INPUT");
    }
    for (const call of [addToShift, removeFromShift]) {
      expect((await call(stranger, ofShift)).code).toBe("FORBIDDEN");
      expect((await call(staff, ofShift)).code).toBe("OK");
    }
  });

  test("to change what a shift requires that is cancelled or over", async () => {
    const event = await a.event();
    const coordinator = await a.coordinator(event);
    const [cancelled, over] = [await a.shift({ event, status: "CANCELLED" as never }), await at(-80, -79, { event })];
    for (const call of [addToShift, removeFromShift]) {
      expect((await call(coordinator, { shiftId: cancelled, kind: firstAid })).reason).toBe("SHIFT_CANCELLED");
      expect((await call(coordinator, { shiftId: over, kind: firstAid })).reason).toBe("SHIFT_ENDED");
    }
  });

  test.each<[string, Clearance | undefined, string]>([
    ["never cleared", undefined, "NOT_QUALIFIED"],
    ["cleared for something else", { kind: "LEGAL_OBSERVER" }, "NOT_QUALIFIED"],
    ["revoked", { status: "REVOKED" }, "NOT_QUALIFIED"],
    ["declined", { status: "DECLINED" }, "NOT_QUALIFIED"],
    ["expired", { expiresAt: new Date("2026-01-19T00:00:00Z") }, "QUALIFICATION_EXPIRED"],
    ["cleared until a moment before the shift ends", { expiresAt: before(end) }, "QUALIFICATION_EXPIRED"],
  ])("a claim of somebody who was %s", async (_who, clearance, reason) => {
    const person = await known(clearance);
    await expectRefused(person, await a.shift(needing("FIRST_AID")), reason);
  });

  test("whoever lacks one of several, also in the line of a full shift", async () => {
    const person = await known({ kind: "FIRST_AID", expiresAt: before(end) });
    const full = { ...needing("DE_ESCALATION", "FIRST_AID"), capacity: 1, taken: 1, confirmed: 1 };
    const shift = await a.shift(full);
    await expectRefused(person, shift, "NOT_QUALIFIED", "SHIFT_FULL");
    expect((await line(person, shift)).reason).toBe("NOT_QUALIFIED");
    await clear(person, { kind: "DE_ESCALATION" });
    await expectRefused(person, shift, "QUALIFICATION_EXPIRED", "SHIFT_FULL");
  });

  test("whoever is cleared by an organization that is verified no longer, or never was", async () => {
    const [person, other, shift] = [await known(), await known(), await a.shift(needing("FIRST_AID"))];
    await clear(other, { by: await a.organization() });
    await expectRefused(other, shift, "NOT_QUALIFIED");
    const organization = await clear(person);
    expect((await reads(person, shift)).eligibility).toEqual([]);
    const [input, siteStaff] = [{ organizationId: organization.id }, await a.siteStaff()];
    await as(siteStaff).call("unverifyOrganization", input, "__typename");
    await expectRefused(person, shift, "NOT_QUALIFIED");
    await as(siteStaff).call("verifyOrganization", input, "__typename");
    expect((await claim(person, shift)).code).toBe("OK");
  });
});

test.each([null, end])("takes whoever is cleared until %s, the long way and the short one", async (expiresAt) => {
  const shift = await a.shift(needing("FIRST_AID"));
  for (const more of [{}, { idempotencyKey: "the-long-way" }])
    expect((await claim(await known({ expiresAt }), shift, more)).signup.status).toBe("CONFIRMED");
});

test("says nothing of it to nobody, and asks nothing where nothing is required", async () => {
  expect((await reads(undefined, await a.shift(needing("FIRST_AID")))).eligibility).toEqual([]);
  expect((await claim(await known(), await a.shift())).code).toBe("OK");
});

test("knows somebody while a verified organization clears them, for whatever it is", async () => {
  const shift = await a.shift();
  const claims = async (clearance: Clearance) => {
    const person = await a.person();
    await clear(person, clearance);
    return (await claim(person, shift)).signup.status;
  };
  expect(await claims({ by: await a.organization() })).toBe("REQUESTED");
  expect(await claims({ expiresAt: before(clock.now) })).toBe("REQUESTED");
  expect(await claims({ status: "REVOKED" })).toBe("REQUESTED");
  expect(await claims({ expiresAt: clock.now })).toBe("CONFIRMED");
});

test("gives new shifts what the campaign requires then, and leaves those that are there", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const [staff, coordinator] = [await a.staff(campaign), await a.coordinator(event)];
  const of = (role: string, kind: string) => ({ campaignId: campaign.id, role, kind });
  const hours = { startsAt: "2026-01-23T12:00", endsAt: "2026-01-23T13:00" };
  const open = async (role: string) =>
    (
      await as(coordinator).call(
        "openShift",
        { eventId: event.id, role, capacity: 5, ...hours },
        "shift { id requires }",
      )
    ).data.openShift.shift;
  const first = await open("LEAD");
  expect(first.requires).toEqual([]);
  for (const kind of ["MARSHAL_TRAINING", "DE_ESCALATION", "DE_ESCALATION"]) await addToRole(staff, of("LEAD", kind));
  const { data } = await addToRole(staff, of("DE_ESCALATOR", "DE_ESCALATION"));
  const all = [
    { role: "DE_ESCALATOR", kinds: ["DE_ESCALATION"] },
    { role: "LEAD", kinds: ["DE_ESCALATION", "MARSHAL_TRAINING"] },
  ];
  expect(data.addRoleRequirement.campaign.roleRequirements).toEqual(all);
  const asNobody = await as().run(
    `{ node(id: "${campaign.id}") { ... on Campaign { roleRequirements { role kinds } } } }`,
  );
  expect(asNobody.data.node.roleRequirements).toEqual(all);
  const second = await open("LEAD");
  expect(second.requires).toEqual(["DE_ESCALATION", "MARSHAL_TRAINING"]);
  expect((await open("MARSHAL")).requires).toEqual([]);
  const run = { eventId: event.id, template: "SMALL", ...hours };
  const made = await as(coordinator).call("applyShiftTemplate", run, "shifts { role requires }");
  expect(made.data.applyShiftTemplate.shifts).toEqual([
    { role: "LEAD", requires: ["DE_ESCALATION", "MARSHAL_TRAINING"] },
    { role: "MARSHAL", requires: [] },
    { role: "DE_ESCALATOR", requires: ["DE_ESCALATION"] },
  ]);
  for (let again = 0; again < 2; again++) await removeFromRole(staff, of("LEAD", "MARSHAL_TRAINING"));
  expect((await open("LEAD")).requires).toEqual(["DE_ESCALATION"]);
  const now = await as().run(`{ nodes(ids: ["${first.id}", "${second.id}"]) { ... on Shift { requires } } }`);
  expect(now.data.nodes).toEqual([{ requires: [] }, { requires: ["DE_ESCALATION", "MARSHAL_TRAINING"] }]);
});

test("leaves places to those who hold them when a shift requires more, and offers them to others when it requires less", async () => {
  const event = await a.event();
  const shiftId = await a.shift({ event, capacity: 1 });
  const [coordinator, holder, waiting] = [await a.coordinator(event), await known(), await known()];
  await claim(holder, shiftId);
  await line(waiting, shiftId);
  const input = { shiftId, kind: firstAid };
  for (let again = 0; again < 2; again++)
    expect((await addToShift(coordinator, input)).data.addShiftRequirement.shift).toEqual({
      version: 2,
      requires: [firstAid],
    });
  const statusOf = async (who: Person) => (await reads(who, shiftId)).viewerSignup.status;
  const raise = { shiftId, version: 2, capacity: 2 };
  await as(coordinator).call("editShift", raise, "__typename");
  expect([await statusOf(holder), await statusOf(waiting)]).toEqual(["CONFIRMED", "WAITLISTED"]);
  await expectRefused(waiting, shiftId, "NOT_QUALIFIED");
  expect((await removeFromShift(coordinator, input)).data.removeShiftRequirement.shift.requires).toEqual([]);
  expect([await statusOf(holder), await statusOf(waiting)]).toEqual(["CONFIRMED", "OFFERED"]);
});

test("offers a free place to the first in line who is cleared", async () => {
  const shift = await a.shift({ ...needing("FIRST_AID"), capacity: 1 });
  const organization = await a.organization({ verified: true });
  const [holder, first, second] = [await known({}), await known({ by: organization }), await known({})];
  await claim(holder, shift);
  await line(first, shift);
  await line(second, shift);
  await as(await a.siteStaff()).call("unverifyOrganization", { organizationId: organization.id }, "__typename");
  await as(holder).releaseShift(shift);
  expect((await reads(first, shift)).viewerSignup.status).toBe("WAITLISTED");
  expect((await reads(second, shift)).viewerSignup.status).toBe("OFFERED");
});

test("a place that is offered to others goes to whoever is cleared, also when a coordinator says yes later", async () => {
  const event = await a.event();
  const shiftId = await a.shift({ event, ...needing("FIRST_AID"), capacity: 1, swapNeedsApproval: true });
  const organization = await a.organization({ verified: true });
  const [giver, taker, coordinator] = [await known({}), await known({ by: organization }), await a.coordinator(event)];
  for (const name of ["claimShift", "offerSwap"]) await as(giver).call(name, { shiftId }, "__typename");
  const accept = (by: Person) => as(by).call("acceptSwap", { shiftId }, "swap { id status }");
  expect((await accept(await known())).reason).toBe("NOT_QUALIFIED");
  expect((await accept(await known({ expiresAt: before(end) }))).reason).toBe("QUALIFICATION_EXPIRED");
  const { id: swapId } = (await accept(taker)).data.acceptSwap.swap;
  const [input, siteStaff] = [{ organizationId: organization.id }, await a.siteStaff()];
  await as(siteStaff).call("unverifyOrganization", input, "__typename");
  const approve = () => as(coordinator).call("approveSwap", { swapId }, "swap { status }");
  expect((await approve()).reason).toBe("NOT_QUALIFIED");
  await as(siteStaff).call("verifyOrganization", input, "__typename");
  expect((await approve()).data.approveSwap.swap.status).toBe("DONE");
});

test("asks those alone to help out who are cleared", async () => {
  const event = await a.event();
  const shiftId = await a.shift({ event, ...needing("FIRST_AID") });
  const [cleared, not, { globalId: cityId }] = [await known({}), await known(), await a.city()];
  for (const by of [cleared, not]) await as(by).call("updatePeacekeeper", { cityId, onCall: true }, "__typename");
  const { data } = await as(await a.coordinator(event)).call("callOut", { shiftId }, "callOut { asked }");
  expect(data.callOut.callOut.asked).toBe(1);
  const asked = (await as(cleared).run("{ viewer { coverRequests { nodes { id } } } }")).data.viewer.coverRequests
    .nodes;
  expect(asked).toHaveLength(1);
});

test("can be set aside by a coordinator, who learns of it only where nothing else is in the way", async () => {
  const event = await a.event();
  const shiftId = await a.shift({ event, ...needing("FIRST_AID") });
  const [coordinator, person] = [await a.coordinator(event), await known()];
  const assign = (more: object = {}, of = shiftId) =>
    as(coordinator).call("assignShift", { shiftId: of, email: person.email, ...more }, "signup { status }");
  const reason = "A nurse, whom I know";
  expect(await assign()).toMatchObject({ code: "CONFLICT", reason: "NOT_QUALIFIED" });
  const full = await a.shift({ event, ...needing("FIRST_AID"), capacity: 1, taken: 1, confirmed: 1 });
  const { message } = await assign({}, full);
  expect(message).toBe("This person cannot have a place on this shift: SHIFT_FULL.");
  expect((await assign({ overrides: ["QUALIFICATION_EXPIRED"], reason })).reason).toBe("NOT_QUALIFIED");
  const done = await assign({ overrides: ["NOT_QUALIFIED"], reason });
  expect(done.data.assignShift.signup.status).toBe("OFFERED");
  expect((await claim(person, shiftId)).signup.status).toBe("CONFIRMED");
});

test("the database takes no requirement that there is not, and each once for a role", async () => {
  const { db } = server().services;
  await expect(a.shift(needing("JUGGLING"))).rejects.toThrow("shifts_requires_check");
  const id = fromGlobalId("Campaign", (await a.campaign()).id, "id");
  const add = (role: string, kind: string) =>
    db.query("INSERT INTO role_requirements (campaign_id, role, kind) VALUES ($1, $2, $3)", [id, role, kind]);
  await add("MEDIC", "FIRST_AID");
  await expect(add("MEDIC", "FIRST_AID")).rejects.toThrow("role_requirements_pkey");
  await expect(add("MEDIC", "JUGGLING")).rejects.toThrow("role_requirements_kind_check");
  await expect(add("JUGGLER", "FIRST_AID")).rejects.toThrow("role_requirements_role_check");
});
