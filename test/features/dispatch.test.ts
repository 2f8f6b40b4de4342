import { randomUUID } from "node:crypto";
import { forgetSignups } from "../../src/features/shifts/index.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { jobsDone } from "../support/jobs.js";
import { mailsTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server, folder } = openWorld();
const start = new Date("2026-01-20T12:00:00Z");
beforeEach(() => {
  clock.now = start;
});

type Made = Awaited<ReturnType<typeof a.event>>;
const fields = "id count named confirmed status note vouched";

/** An organization's admin, and an event that it has nothing to do with but for its promise. */
async function federation(of: object = { verified: true }, at: object = {}) {
  const [organization, event] = [await a.organization(of), await a.event(at)];
  const admin = await a.admin(organization);
  const promise = async (more: object = {}, by: Person = admin) => {
    const input = { organizationId: organization.id, eventId: event.id, count: 2, ...more };
    return as(by).call("promisePeacekeepers", input, `dispatch { ${fields} }`);
  };
  return { organization, event, admin, promise };
}

/** The same, with its promise of two. */
async function promised(of?: object, at?: object) {
  const made = await federation(of, at);
  const id = (await made.promise()).data.promisePeacekeepers.dispatch.id as string;
  const act = (name: string, more: object = {}, by = made.admin) =>
    as(by).call(name, { dispatchId: id, ...more }, `dispatch { ${fields} }`);
  const name = (email: string, by?: Person) => act("namePeacekeeper", { email }, by);
  const read = async (by: Person) =>
    (await as(by).run(`query($id: ID!) { node(id: $id) { ... on DispatchPledge { ${fields} } } }`, { id })).data.node;
  return { ...made, id, act, name, read };
}

const address = (): string => `named-${randomUUID()}@rallygraph.example`;
const claims = async (person: Person, event: Made, times: object = {}): Promise<string> =>
  (await as(person).claimShift(await a.shift({ event, ...times }))).data.claimShift.signup.status;

describe("promising", () => {
  test("is refused to an organization that is not listed, for what is over or cancelled, and below those named", async () => {
    expect((await (await federation({ status: "IN_REVIEW" as never })).promise()).reason).toBe(
      "ORGANIZATION_NOT_LISTED",
    );
    expect((await (await federation({}, { occurrence: "CANCELLED" })).promise()).reason).toBe("EVENT_CANCELLED");
    const { promise, name } = await promised();
    for (const email of [address(), address()]) await name(email);
    expect((await promise({ count: 1 })).reason).toBe("MORE_ARE_NAMED");
    clock.now = new Date("2026-02-01T00:00:00Z");
    expect((await promise({ count: 3 })).reason).toBe("EVENT_ENDED");
  });

  test.each([
    [0, "must be at least 1"],
    [1_001, "must be at most 1,000"],
  ])("is refused for %d peacekeepers", async (count, reason) => {
    const { promise } = await federation();
    expect((await promise({ count })).fields).toEqual([{ path: "input.count", reason }]);
  });

  test("is refused to members, and for an event that they may not see says that there is none", async () => {
    const { organization, promise } = await federation();
    expect((await promise({}, await a.member(organization))).code).toBe("FORBIDDEN");
    const hidden = await federation({}, { visibility: "PRIVATE" });
    expect((await hidden.promise()).code).toBe("NOT_FOUND");
  });

  test("again says another number, keeps what was said, and twice at once makes one promise", async () => {
    const { promise, event } = await federation();
    await Promise.all([promise({ note: "With vests" }), promise({ note: "With vests" })]);
    expect((await promise({ count: 20 })).data.promisePeacekeepers.dispatch).toMatchObject({
      count: 20,
      named: 0,
      confirmed: 0,
      note: "With vests",
    });
    const { data } = await as(await a.coordinator(event)).run(
      `query($id: ID!) { event(id: $id) { dispatches { nodes { count } } } }`,
      { id: event.id },
    );
    expect(data.event.dispatches.nodes).toEqual([{ count: 20 }]);
  });
});

describe("naming", () => {
  test("counts promised, named and confirmed apart, and each person once", async () => {
    const { event, admin, name, read, act } = await promised();
    const [one, two] = [await a.person(), await a.person()];
    await name(one.email);
    await name(one.email.toUpperCase());
    expect(await read(admin)).toMatchObject({ count: 2, named: 1, confirmed: 0 });
    await name(two.email);
    expect((await name(address())).reason).toBe("DISPATCH_FULL");
    expect(await claims(one, event)).toBe("CONFIRMED");
    expect(await read(await a.coordinator(event))).toMatchObject({ count: 2, named: 2, confirmed: 1 });
    expect((await act("unnamePeacekeeper", { email: one.email })).data.unnamePeacekeeper.dispatch).toMatchObject({
      named: 1,
      confirmed: 0,
    });
  });

  test("says the same of an address with an account as of one without", async () => {
    const { name } = await promised();
    const known = (await name((await a.person()).email)).data.namePeacekeeper;
    expect((await name(address())).data.namePeacekeeper.dispatch).toEqual({ ...known.dispatch, named: 2 });
  });

  test("by an organization that nobody vouches for makes nobody known, and tells nothing of who stands there", async () => {
    const { event, admin, name, read } = await promised({ verified: false });
    const person = await a.peacekeeper();
    await claims(person, event);
    await name(person.email);
    expect(await read(admin)).toMatchObject({ vouched: false, named: 1, confirmed: null });
    expect(await read(await a.coordinator(event))).toMatchObject({ confirmed: 1 });
    const newcomer = await a.person();
    await name(newcomer.email);
    expect(await claims(newcomer, event)).toBe("REQUESTED");
  });

  test("by a host makes people known at that event, and at no other", async () => {
    const { event, organization, name } = await promised({ verified: false });
    await a.coHost(event, organization);
    const person = await a.person();
    await name(person.email);
    expect(await claims(person, event)).toBe("CONFIRMED");
    const later = { startsAt: new Date("2026-01-23T20:00:00Z"), endsAt: new Date("2026-01-23T21:00:00Z") };
    expect(await claims(person, await a.event(), later)).toBe("REQUESTED");
  });

  test("ends with the name: whoever is taken back is a newcomer again", async () => {
    const { event, name, act } = await promised();
    const person = await a.person();
    await name(person.email);
    await act("unnamePeacekeeper", { email: person.email });
    expect(await claims(person, event)).toBe("REQUESTED");
  });

  test("tells the person once who named them and for what, and nothing of an event that they may not see", async () => {
    const called = `Federation ${randomUUID()}`;
    const { name, act } = await promised({ verified: true, name: called });
    const email = address();
    for (const again of ["namePeacekeeper", "unnamePeacekeeper", "namePeacekeeper"]) await act(again, { email });
    const [organization, event] = [await a.organization(), await a.event({ visibility: "PRIVATE" as never })];
    await a.invited(event, organization);
    const admin = as(await a.admin(organization));
    const input = { organizationId: organization.id, eventId: event.id, count: 2 };
    const { dispatch } = (await admin.call("promisePeacekeepers", input, "dispatch { id }")).data.promisePeacekeepers;
    const untold = address();
    const hidden = { dispatchId: dispatch.id, email: untold };
    expect((await admin.call("namePeacekeeper", hidden, "dispatch { named }")).code).toBe("OK");
    await name(address());
    await jobsDone(server().services);
    expect(await mailsTo(folder(), untold)).toEqual([]);
    const [mail, ...more] = await mailsTo(folder(), email);
    expect(more).toEqual([]);
    expect(mail!.replaceAll("=\r\n", "").replaceAll("\r\n", " ")).toContain(`${called} has named you`);
  });

  test("stops at 200 names a day, also where they are taken back", async () => {
    const { id, admin, name } = await promised();
    await server().services.db.query(
      `WITH made AS (INSERT INTO people (id, email_hash, email_sealed, created_at)
         SELECT gen_random_uuid(), ('many' || n)::bytea, '', now() FROM generate_series(1, 200) n RETURNING id)
       INSERT INTO dispatch_names (pledge_id, person_id, named_at, named_by, removed_at)
       SELECT $1, id, $2, $3, $2 FROM made`,
      [fromGlobalId("DispatchPledge", id, "id"), clock.now, admin.id],
    );
    expect((await name(address())).reason).toBe("LIMIT_REACHED");
    clock.now = new Date(start.getTime() + 25 * 3_600_000);
    expect((await name(address())).code).toBe("OK");
  });
});

describe("who sees what", () => {
  test("is the organization's admins and the event's coordinators; names are the admins' alone", async () => {
    const { event, organization, admin, id, name, read } = await promised();
    const email = address();
    await name(email);
    const coordinator = await a.coordinator(event);
    for (const person of [admin, coordinator]) expect(await read(person)).toMatchObject({ id });
    for (const person of [await a.member(organization), await a.reporter(event), await a.person()])
      expect(await read(person)).toBeNull();
    const names = "query($id: ID!) { dispatchNames(dispatchId: $id) { nodes { email } } }";
    expect((await as(admin).run(names, { id })).data.dispatchNames.nodes).toEqual([{ email }]);
    expect((await as(coordinator).run(names, { id })).code).toBe("FORBIDDEN");
    expect((await as(await a.person()).run(names, { id })).code).toBe("NOT_FOUND");
    const trail = `query($id: ID!) { auditTrail(of: $id) { nodes { action fields } } }`;
    expect((await as(admin).run(trail, { id: organization.id })).data.auditTrail.nodes).toContainEqual({
      action: "dispatchNames",
      fields: ["names.email"],
    });
  });

  test("coordinators decline a promise, and name nobody; who names after that is refused", async () => {
    const { event, admin, name, act, read, promise } = await promised();
    await name(address());
    const coordinator = await a.coordinator(event);
    expect((await name(address(), coordinator)).code).toBe("FORBIDDEN");
    expect((await act("withdrawDispatch", {}, coordinator)).code).toBe("OK");
    expect((await act("withdrawDispatch")).code).toBe("OK");
    expect(await read(admin)).toMatchObject({ status: "WITHDRAWN", named: 0 });
    expect((await name(address())).reason).toBe("DISPATCH_WITHDRAWN");
    expect((await promise()).data.promisePeacekeepers.dispatch).toMatchObject({ status: "PROMISED", named: 0 });
  });
});

test("joins both promises of an organization when two events are merged", async () => {
  const [lead, campaign] = [await a.person(), await a.campaign()];
  const { organization, admin, event, name, read } = await promised(undefined, { createdByPerson: lead, campaign });
  const into = await a.event({ createdByPerson: lead, campaign });
  const input = { organizationId: organization.id, eventId: into.id, count: 1 };
  const other = (await as(admin).call("promisePeacekeepers", input, "dispatch { id }")).data.promisePeacekeepers;
  const same = address();
  for (const email of [same, address()]) await name(email);
  await as(admin).call("namePeacekeeper", { dispatchId: other.dispatch.id, email: same }, "dispatch { id }");
  expect((await as(lead).call("mergeEvent", { eventId: event.id, intoEventId: into.id })).code).toBe("OK");
  expect(await read(admin)).toBeNull();
  const { data } = await as(admin).run(
    `query($id: ID!) { node(id: $id) { ... on Organization { dispatches { nodes { count named event { id } } } } } }`,
    { id: organization.id },
  );
  expect(data.node.dispatches.nodes).toEqual([{ count: 2, named: 2, event: { id: into.id } }]);
});

test("forgets who was named 30 days after the event, and keeps how many stood there", async () => {
  const { event, admin, name, read, id } = await promised();
  const row = fromGlobalId("DispatchPledge", id, "id");
  const person = await a.person();
  await name(person.email);
  await claims(person, event);
  const { services } = server();
  const { db } = services;
  await forgetSignups({ ...services, now: () => new Date("2026-02-22T20:00:00Z") });
  expect(await db.query(`SELECT stood FROM dispatch_pledges WHERE id = $1`, [row])).toEqual([{ stood: null }]);
  await forgetSignups({ ...services, now: () => new Date("2026-02-23T20:00:00Z") });
  expect(await db.query(`SELECT 1 FROM dispatch_names WHERE pledge_id = $1`, [row])).toEqual([]);
  expect(await read(admin)).toMatchObject({ named: 1, confirmed: 1 });
});
