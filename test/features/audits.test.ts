import { randomUUID } from "node:crypto";
import { canary } from "../support/audited/case.js";
import { auditCases, unaudited } from "../support/audited.js";
import { mutationNames } from "../support/mutations.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server } = world;
const cases = auditCases(world);

interface Entry {
  id: string;
  actor_id: string | null;
  fields: string[];
  scopes: string[];
}

const entriesOf = (action: string): Promise<Entry[]> =>
  server().services.db.query("SELECT * FROM audit_entries WHERE action = $1", [action]);

const trail = `query($of: ID!, $first: Int, $after: String) { auditTrail(of: $of, first: $first, after: $after) {
  nodes { at action actor actorIsYou subjectType subjectId fields } pageInfo { hasNextPage endCursor } } }`;
const read = (person: Person | undefined, of: string, page: object = {}) => as(person).run(trail, { of, ...page });
const actionsFor = async (person: Person | undefined, of: string): Promise<string[] | string> => {
  const { code, data } = await read(person, of);
  return code === "OK" ? data.auditTrail.nodes.map(({ action }: { action: string }) => action).sort() : code;
};
const announce = (person: Person, eventId: string) =>
  as(person).call("announce", { eventId, subject: canary, text: canary }, "announcement { id }");

test.each([
  ["UPDATE", "UPDATE audit_entries SET action = 'nothing'"],
  ["DELETE", "DELETE FROM audit_entries"],
  ["TRUNCATE", "TRUNCATE audit_entries"],
  ["DELETE of no row", "DELETE FROM audit_entries WHERE false"],
])("refuses %s of what is noted, also by the server's own role", async (_what, sql) => {
  await expect(server().services.db.query(sql)).rejects.toThrow("audit_entries is append-only");
});

test("has a case for every mutation, or a reason for none", () => {
  expect([...Object.keys(cases), ...unaudited].sort()).toEqual(mutationNames);
});

describe.each(Object.keys(cases))("%s", (name) => {
  test("is noted once with who did it when it changes something, and never when it is refused or changes nothing", async () => {
    const { by, input, refused: told, makes, open, unnamed } = await cases[name]!();
    const refused = told === "own" ? undefined : told;
    const count = async (): Promise<number> => (await entriesOf(name)).length;
    const known = new Set((await entriesOf(name)).map(({ id }) => id));
    const before = known.size;
    const stranger = refused?.by ?? (await a.person());
    const { code: anonymous } = await as().call(name, refused?.input ?? input, "__typename");
    expect(anonymous).toBe(open ? "NOT_FOUND" : "UNAUTHENTICATED");
    if (told !== "own") {
      const { code } = await as(stranger).call(name, refused?.input ?? input, "__typename");
      expect(["FORBIDDEN", "NOT_FOUND", "CONFLICT"]).toContain(code);
    }
    expect(await count()).toBe(before);
    const keyed = { ...input, idempotencyKey: randomUUID() };
    expect((await as(by).call(name, keyed, "__typename")).code).toBe("OK");
    const entries = (await entriesOf(name)).filter(({ id }) => !known.has(id));
    expect(entries.length).toBeGreaterThan(0);
    for (const { actor_id, scopes } of entries) {
      expect(actor_id).toBe(unnamed ? null : by.id);
      expect(scopes.length).toBeGreaterThan(0);
    }
    const after = await count();
    await as(by).call(name, keyed, "__typename");
    if (!makes) await as(by).call(name, input, "__typename");
    expect(await count()).toBe(after);
  });
});

test("holds nothing that anybody said: names of mutations, types and fields, and ids alone", async () => {
  const { db } = server().services;
  const [sent] = await db.query("SELECT count(*)::int AS n FROM announcements WHERE text LIKE $1", [`%${canary}%`]);
  expect(sent.n).toBeGreaterThan(0);
  const rows: { action: string; subject_type: string; fields: string[]; whole: string }[] = await db.query(
    "SELECT e.*, e::text AS whole FROM audit_entries e",
  );
  const known = new Set(mutationNames);
  for (const { action, subject_type, fields, whole } of rows) {
    expect(known).toContain(action);
    for (const name of [subject_type, ...fields]) expect(name).toMatch(/^[A-Za-z_]+$/);
    expect(whole).not.toMatch(/canary|@|example/);
  }
});

test("is read, of an event, by those who manage it, and by nobody else", async () => {
  const [campaign, host, invited] = [await a.campaign(), await a.organization(), await a.organization()];
  const creator = await a.member(host);
  const event = await a.event({ campaign, host, createdByPerson: creator });
  await a.invited(event, invited);
  await announce(creator, event.id);
  expect(await actionsFor(undefined, event.id)).toBe("UNAUTHENTICATED");
  for (const person of [
    await a.person(),
    await a.member(host),
    await a.admin(invited),
    await a.coordinator(event),
    await a.reporter(event),
    await a.staff(await a.campaign()),
  ])
    expect(await actionsFor(person, event.id)).toBe("NOT_FOUND");
  for (const person of [creator, await a.admin(host), await a.staff(campaign), await a.siteStaff()])
    expect(await actionsFor(person, event.id)).toEqual(["announce"]);
});

test("is read, of an organization, by its admins, and of a campaign, by its staff", async () => {
  const [campaign, host, invited] = [await a.campaign(), await a.organization(), await a.organization()];
  const [lead, staff, site] = [await a.admin(host), await a.staff(campaign), await a.siteStaff()];
  const event = await a.event({ campaign, host });
  await announce(lead, event.id);
  await as(lead).call("inviteCoHost", { eventId: event.id, organizationId: invited.id }, "__typename");
  for (const person of [await a.admin(invited), site])
    expect(await actionsFor(person, invited.id)).toEqual(["inviteCoHost"]);
  for (const person of [staff, site])
    expect(await actionsFor(person, campaign.id)).toEqual(["announce", "inviteCoHost"]);
  for (const person of [await a.member(invited), lead, staff])
    expect(await actionsFor(person, invited.id)).toBe("NOT_FOUND");
  for (const person of [lead, await a.staff(await a.campaign())])
    expect(await actionsFor(person, campaign.id)).toBe("NOT_FOUND");
});

test("answers for what doesn't exist as for what the reader may not read, and refuses other ids", async () => {
  const [stranger, site, event] = [await a.person(), await a.siteStaff(), await a.event()];
  const none = (type: string): string => `${type}_${"0".repeat(32)}`;
  const hidden = await read(stranger, event.id);
  for (const person of [stranger, site])
    for (const type of ["event", "organization", "campaign"]) {
      const { code, message } = await read(person, none(type));
      expect([code, message]).toEqual([hidden.code, hidden.message]);
    }
  expect((await read(site, event.id.replace("event", "campaign"))).code).toBe("NOT_FOUND");
  for (const id of [await a.shift(), none("person"), "nonsense", ""])
    expect(await read(site, id)).toMatchObject({
      code: "BAD_USER_INPUT",
      reason: "ID_INVALID",
      fields: [{ path: "of" }],
    });
});

test("stays, of a deleted or merged event, with the campaign's staff", async () => {
  const [campaign, host] = [await a.campaign(), await a.organization()];
  const [lead, staff] = [await a.admin(host), await a.staff(campaign)];
  const [gone, merged, into] = [
    await a.event({ campaign, host }),
    await a.event({ campaign, host }),
    await a.event({ campaign, host }),
  ];
  await as(lead).call("deleteEvent", { eventId: gone.id, reason: canary }, "__typename");
  await as(lead).call("mergeEvent", { eventId: merged.id, intoEventId: into.id }, "__typename");
  for (const person of [staff, await a.siteStaff()]) {
    expect(await actionsFor(person, gone.id)).toEqual(["deleteEvent"]);
    expect(await actionsFor(person, merged.id)).toEqual(["mergeEvent"]);
  }
  for (const { id } of [gone, merged]) expect(await actionsFor(lead, id)).toBe("NOT_FOUND");
  expect(await actionsFor(lead, into.id)).toEqual(["mergeEvent"]);
  expect(await actionsFor(staff, campaign.id)).toEqual(["deleteEvent", "mergeEvent"]);
});

test("says who did what to which, and when", async () => {
  const [lead, staff] = [await a.person(), await a.person()];
  const event = await a.event({ createdByPerson: lead });
  const { id } = (await announce(lead, event.id)).data.announce.announcement;
  await as(lead).call("editEvent", { eventId: event.id, version: 1, title: canary }, "__typename");
  const of = (person: Person) => `person_${person.id.replaceAll("-", "")}`;
  const entry = { actor: of(lead), actorIsYou: true, at: expect.stringContaining("2026-01-23T18:00:00") as string };
  const { nodes } = (await read(lead, event.id)).data.auditTrail;
  expect(nodes).toHaveLength(2);
  expect(nodes).toContainEqual({
    ...entry,
    action: "announce",
    subjectType: "Announcement",
    subjectId: id,
    fields: [],
  });
  expect(nodes).toContainEqual({
    ...entry,
    action: "editEvent",
    subjectType: "Event",
    subjectId: event.id,
    fields: ["title"],
  });
  const shift = (await as(lead).call("openShift", { eventId: event.id, ...hours }, "shift { id }")).data.openShift
    .shift;
  await as(staff).call("claimShift", { shiftId: shift.id }, "__typename");
  const { nodes: later } = (await read(lead, event.id)).data.auditTrail;
  expect(later.find(({ action }: { action: string }) => action === "claimShift")).toMatchObject({
    actor: null,
    actorIsYou: false,
    subjectType: "ShiftSignup",
    subjectId: expect.stringMatching(/^shift_signup_[0-9a-f]{32}$/) as string,
  });
});

const hours = { role: "MARSHAL", startsAt: "2026-01-23T13:00", endsAt: "2026-01-23T14:00", capacity: 5 };

test("comes in pages, the latest first, and says so of what the server did by itself", async () => {
  const lead = await a.person();
  const event = await a.event({ createdByPerson: lead });
  const before = clock.now;
  for (const subject of ["One", "Two", "Three"]) {
    clock.now = new Date(clock.now.getTime() + 1_000);
    await as(lead).call("announce", { eventId: event.id, subject, text: canary }, "__typename");
  }
  clock.now = before;
  await server().services.db.query(
    `INSERT INTO audit_entries SELECT gen_random_uuid(), $1, NULL, 'cleanUp', 'TurnoutReport', gen_random_uuid(), scopes, '{}'
     FROM audit_entries WHERE actor_id = $2 LIMIT 1`,
    [clock.now, lead.id],
  );
  const seen: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 4; page++) {
    const { nodes, pageInfo } = (await read(lead, event.id, { first: 1, after })).data.auditTrail;
    seen.push(nodes[0].at.slice(17, 19));
    after = pageInfo.endCursor;
    if (page < 3) continue;
    expect(nodes[0]).toMatchObject({ action: "cleanUp", actor: null, actorIsYou: false, subjectType: "TurnoutReport" });
    expect(nodes[0].subjectId).toMatch(/^turnout_report_[0-9a-f]{32}$/);
    expect(pageInfo.hasNextPage).toBe(false);
  }
  expect(seen).toEqual(["03", "02", "01", "00"]);
  const other = await a.event({ createdByPerson: lead });
  expect(await read(lead, other.id, { after })).toMatchObject({ reason: "CURSOR_INVALID" });
});

test("tells an organization what was drafted in its name, and with whom it hosts", async () => {
  const [campaign, host, other] = [await a.campaign(), await a.organization(), await a.organization()];
  const lead = await a.admin(host);
  const input = { campaignId: campaign.id, organizationId: host.id, cityId: (await a.city()).globalId, title: canary };
  const drafted = await as(lead).call(
    "draftEvent",
    { ...input, type: "RALLY", startsOn: "2026-01-23" },
    "event { id }",
  );
  const eventId = drafted.data.draftEvent.event.id;
  await as(lead).call("copyEvent", { eventId, startsOn: "2026-01-24" }, "__typename");
  await as(lead).call("inviteCoHost", { eventId, organizationId: other.id }, "__typename");
  expect(await actionsFor(lead, host.id)).toEqual(["copyEvent", "draftEvent", "inviteCoHost"]);
});

test("calls fields as the API does", async () => {
  const [campaign, person] = [await a.campaign(), await a.person()];
  const event = await a.event({ campaign, createdByPerson: person });
  await as(person).call("editEvent", { eventId: event.id, version: 1, contact: { name: "Ana" } }, "__typename");
  await as(person).call(
    "assignEventRole",
    { eventId: event.id, email: "ana@rallygraph.example", role: "REPORTER" },
    "__typename",
  );
  await as(person).call("deleteEvent", { eventId: event.id, reason: canary }, "__typename");
  const { nodes } = (await read(await a.staff(campaign), event.id)).data.auditTrail;
  const fields = nodes.map((entry: Entry & { action: string }) => [entry.action, entry.fields]);
  expect(Object.fromEntries(fields)).toEqual({
    editEvent: ["contact"],
    assignEventRole: ["role"],
    deleteEvent: ["contact"],
  });
});

test("answers a repeated call of somebody who may no longer see the thing as if it were not there", async () => {
  const event = await a.event({ visibility: "PRIVATE" as never });
  const coordinator = await a.coordinator(event);
  const input = { eventId: event.id, role: "MARSHAL", capacity: 5, idempotencyKey: randomUUID() };
  const open = () =>
    as(coordinator).call(
      "openShift",
      { ...input, startsAt: "2026-01-23T11:00", endsAt: "2026-01-23T13:00" },
      "shift { id }",
    );
  expect((await open()).code).toBe("OK");
  await server().services.db.query("DELETE FROM event_roles WHERE person_id = $1", [coordinator.id]);
  expect((await open()).code).toBe("NOT_FOUND");
});
