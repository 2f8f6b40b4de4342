import { randomUUID } from "node:crypto";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server } = openWorld();

const fields = "id slug name kind website description status verified version reviewReason viewerRole";
const register = (person: Person | undefined, name: string, more: object = {}) =>
  as(person).call("registerOrganization", { name, kind: "UNION", ...more }, `organization { ${fields} }`);
const registered = async (person: Person, name: string, more: object = {}) =>
  (await register(person, name, more)).data.registerOrganization.organization;
const edit = (person: Person | undefined, organizationId: string, input: object) =>
  as(person).call("editOrganization", { organizationId, version: 1, ...input }, `organization { ${fields} }`);
const decide = (person: Person | undefined, name: string, organizationId: string, more: object = {}) =>
  as(person).call(name, { organizationId, ...more }, `organization { ${fields} }`);
/** A name that no other test has. */
const fresh = (name: string): string => `${name} ${randomUUID()}`;

test.each([
  ["a name of one character", { name: "U" }, "input.name", "must be 2 to 120 characters"],
  ["a name of 121 characters", { name: "é".repeat(121) }, "input.name", "must be 2 to 120 characters"],
  ["a name with NUL", { name: "Uni\0n" }, "input.name", "holds the character NUL"],
  ["a name of pictures only", { name: "🎉 — ✊" }, "input.name", "must have a letter or a digit"],
  ["a website without encryption", { website: "http://example.org" }, "input.website", "must be an https address"],
  ["a script for a website", { website: "javascript:alert(1)" }, "input.website", "must be an https address"],
  ["a description of 2,001", { description: "x".repeat(2_001) }, "input.description", "must be 0 to 2000 characters"],
])("refuses to register with %s, naming the field and what would be right", async (_what, more, path, reason) => {
  const reply = await register(await a.person(), fresh("Union"), more);
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields).toEqual([{ path, reason: expect.stringContaining(reason) }]);
});

test("makes the one who registers an owner, and shows the organization to everybody", async () => {
  expect((await register(undefined, fresh("Union"))).code).toBe("UNAUTHENTICATED");
  const owner = await a.person();
  const made = await registered(owner, "  Sindicato del Café № 7 ", { website: "https://cafe.example.org" });
  expect(made).toMatchObject({
    slug: "sindicato-del-cafe-no-7",
    name: "Sindicato del Café № 7",
    website: "https://cafe.example.org",
    status: "LISTED",
    verified: false,
    version: 1,
    viewerRole: "OWNER",
  });
  const { data } = await as().run("query($s: String!) { organization(slug: $s) { name viewerRole } }", {
    s: made.slug,
  });
  expect(data.organization).toEqual({ name: "Sindicato del Café № 7", viewerRole: null });
});

test("gives names in other scripts a slug by their id, and a second of a name another one", async () => {
  const owner = await a.person();
  expect((await registered(owner, "اتحاد المعلمين")).slug).toMatch(/^organization-[0-9a-f]{8}$/);
  await registered(owner, "Slug Workers");
  expect((await registered(owner, "Slug Workers")).slug).toMatch(/^slug-workers-[0-9a-f]{8}$/);
});

test.each([
  ["the same name", "Alpha Guild lI1"],
  ["another case", "ALPHA guild LI1"],
  ["a Cyrillic а", "Alphа Guild lI1"],
  ["a composed accent", "Alphá Guild lI1"],
  ["a decomposed accent", "Alpha\u0301 Guild lI1"],
  ["I, l and 1 exchanged", "AIpha GuiId 1l1"],
  ["hidden characters", "Alpha\u200b Guild lI1"],
])("refuses %s of a verified organization", async (_what, name) => {
  await server().services.db.query("DELETE FROM organizations WHERE name = 'Alpha Guild lI1'");
  await a.organization({ name: "Alpha Guild lI1", verified: true });
  const reply = await register(await a.person(), name);
  expect(reply).toMatchObject({ code: "CONFLICT", reason: "NAME_TAKEN" });
  expect(reply.fields).toEqual([
    { path: "input.name", reason: "must not look like the name of a verified organization" },
  ]);
});

test("hides an organization whose name looks like another's until the site's staff list it", async () => {
  const name = fresh("Twin");
  await a.organization({ name });
  const [owner, staff] = [await a.person(), await a.siteStaff()];
  const twin = await registered(owner, name.toUpperCase());
  expect(twin.status).toBe("IN_REVIEW");
  const member = await a.member(twin);
  const campaign = await a.campaign();
  const event = await a.event({ campaign, host: twin });
  await server().services.db.query(
    `INSERT INTO endorsements (id, campaign_id, organization_id, status)
     SELECT gen_random_uuid(), (SELECT id FROM campaigns WHERE slug = $1), (SELECT id FROM organizations WHERE slug = $2), 'ENDORSED'`,
    [campaign.slug, twin.slug],
  );
  const ask = `query($id: ID!, $s: String!, $c: String!, $e: ID!) {
    node(id: $id) { id }
    organization(slug: $s) { id }
    organizations(first: 100) { nodes { id } }
    campaign(slug: $c) { endorsements { totalCount nodes { organization { id } } } }
    event(id: $e) { hosts { organization { id } } }
  }`;
  const paths = async (person?: Person) => {
    const { data } = await as(person).run(ask, { id: twin.id, s: twin.slug, c: campaign.slug, e: event.id });
    return [
      data.node !== null,
      data.organization !== null,
      data.organizations.nodes.some(({ id }: { id: string }) => id === twin.id),
      data.campaign.endorsements.nodes.length === 1 && data.campaign.endorsements.totalCount === 1,
      data.event.hosts.length === 1,
    ];
  };
  const [all, none] = [Array(5).fill(true), Array(5).fill(false)];
  for (const person of [undefined, await a.person(), await a.staff(campaign)])
    expect(await paths(person)).toEqual(none);
  for (const person of [owner, member, staff]) expect(await paths(person)).toEqual(all);
  for (const mutation of ["verifyOrganization", "listOrganization"])
    expect((await decide(await a.person(), mutation, twin.id)).code).toBe("NOT_FOUND");
  expect((await decide(owner, "listOrganization", twin.id)).code).toBe("FORBIDDEN");
  expect((await decide(staff, "listOrganization", twin.id)).data.listOrganization.organization.status).toBe("LISTED");
  expect(await paths()).toEqual(all);
});

test("lets only one of two who take a name at the same moment be listed", async () => {
  const name = fresh("Racers");
  const people = await Promise.all(Array.from({ length: 6 }, () => a.person()));
  const made = await Promise.all(people.map((person) => registered(person, name)));
  expect(made.filter(({ status }) => status === "LISTED")).toHaveLength(1);
});

test("refuses the 21st organization that a person registers within a day", async () => {
  const [eager, before] = [await a.person(), clock.now];
  for (let made = 0; made < 20; made++) expect((await register(eager, fresh("Many"))).code).toBe("OK");
  expect(await register(eager, fresh("Many"))).toMatchObject({ code: "CONFLICT", reason: "LIMIT_REACHED" });
  clock.now = new Date(before.getTime() + 24 * 3_600_000 + 1);
  expect((await register(eager, fresh("Many"))).code).toBe("OK");
  clock.now = before;
});

test("registers once for one key, however often it is sent", async () => {
  const [owner, name, idempotencyKey] = [await a.person(), fresh("Once"), randomUUID()];
  const replies = [
    await registered(owner, name, { idempotencyKey }),
    await registered(owner, name, { idempotencyKey }),
  ];
  expect(replies[1]).toEqual(replies[0]);
});

test("lets owners and admins edit, and nobody else", async () => {
  const union = await a.organization();
  const description = "We load and unload.";
  expect((await edit(undefined, union.id, { description })).code).toBe("UNAUTHENTICATED");
  for (const person of [await a.person(), await a.member(union), await a.siteStaff()])
    expect((await edit(person, union.id, { description })).code).toBe("FORBIDDEN");
  expect((await edit(await a.admin(union), union.id, { description })).code).toBe("OK");
  const reply = await edit(await a.owner(union), union.id, { description: null, website: null, version: 2 });
  expect(reply.data.editOrganization.organization).toMatchObject({ description: null, version: 3, kind: "UNION" });
});

test("refuses an edit made on a stale version, saying which is the present one", async () => {
  const union = await a.organization();
  const admin = await a.admin(union);
  const replies = await Promise.all(["UNION", "OTHER"].map((kind) => edit(admin, union.id, { kind, website: null })));
  expect((await edit(admin, union.id, { kind: "BUSINESS" })).reason).toBe("STALE_VERSION");
  expect(replies.map(({ reason }) => reason)).toContain(undefined);
  const stale = await edit(admin, union.id, { kind: "BUSINESS" });
  expect(stale).toMatchObject({ code: "CONFLICT", reason: "STALE_VERSION" });
  expect(stale.fields).toEqual([{ path: "input.version", reason: "is not the present version; read it again" }]);
});

test.each(["name", "kind"])("refuses to clear the %s", async (field) => {
  const union = await a.organization();
  const reply = await edit(await a.admin(union), union.id, { [field]: null });
  expect(reply.fields).toEqual([{ path: `input.${field}`, reason: "cannot be cleared; leave it out to keep it" }]);
});

test("judges a new name like that of a new organization, and ends what was verified of the old one", async () => {
  const [taken, common] = [fresh("Taken"), fresh("Common")];
  await a.organization({ name: taken, verified: true });
  await a.organization({ name: common });
  const name = fresh("Mine");
  const mine = await a.organization({ name, verified: true });
  const admin = await a.admin(mine);
  expect(await edit(admin, mine.id, { name: taken.toLowerCase() })).toMatchObject({ reason: "NAME_TAKEN" });
  const shouted = (await edit(admin, mine.id, { name: name.toUpperCase() })).data.editOrganization.organization;
  expect(shouted).toMatchObject({ name: name.toUpperCase(), verified: true, status: "LISTED", version: 2 });
  const renamed = (await edit(admin, mine.id, { name: common, version: 2 })).data.editOrganization.organization;
  expect(renamed).toMatchObject({ name: common, verified: false, status: "IN_REVIEW" });
  expect((await as().run("query($id: ID!) { node(id: $id) { id } }", { id: mine.id })).data.node).toBeNull();
});

test("lets an organization that staff listed beside its double write its name otherwise", async () => {
  const name = fresh("Double");
  await a.organization({ name, verified: true });
  const mine = await a.organization({ name });
  const reply = await edit(await a.admin(mine), mine.id, { name: name.toUpperCase() });
  expect(reply.data.editOrganization.organization).toMatchObject({ name: name.toUpperCase(), status: "LISTED" });
});

test("lets the site's staff alone verify, and take it back", async () => {
  const union = await a.organization();
  const staff = await a.siteStaff();
  for (const person of [await a.person(), await a.owner(union), await a.staff(await a.campaign())])
    for (const mutation of ["verifyOrganization", "unverifyOrganization", "listOrganization"])
      expect((await decide(person, mutation, union.id)).code).toBe("FORBIDDEN");
  for (let again = 0; again < 2; again++)
    expect((await decide(staff, "verifyOrganization", union.id)).data.verifyOrganization.organization.verified).toBe(
      true,
    );
  const back = await decide(staff, "unverifyOrganization", union.id);
  expect(back.data.unverifyOrganization.organization.verified).toBe(false);
});

test("refuses to verify what is not listed, and a name that another verified organization has", async () => {
  const staff = await a.siteStaff();
  const name = fresh("Double");
  await a.organization({ name, verified: true });
  const other = await a.organization({ name });
  expect(await decide(staff, "verifyOrganization", other.id)).toMatchObject({ code: "CONFLICT", reason: "NAME_TAKEN" });
  await decide(staff, "rejectOrganization", other.id, { reason: "It is not the one." });
  expect(await decide(staff, "verifyOrganization", other.id)).toMatchObject({ reason: "ORGANIZATION_NOT_LISTED" });
});

test("tells members why their organization was rejected, and reviews it again when they edit it", async () => {
  const union = await a.organization();
  const [staff, admin] = [await a.siteStaff(), await a.admin(union)];
  expect((await decide(admin, "rejectOrganization", union.id, { reason: "No." })).code).toBe("FORBIDDEN");
  expect((await decide(staff, "rejectOrganization", union.id, { reason: " " })).fields[0]!.path).toBe("input.reason");
  await decide(staff, "rejectOrganization", union.id, { reason: "Nobody answers there." });
  const ask = "query($id: ID!) { node(id: $id) { ... on Organization { status reviewReason } } }";
  const seen = async (person?: Person) => (await as(person).run(ask, { id: union.id })).data.node;
  expect(await seen(admin)).toEqual({ status: "REJECTED", reviewReason: "Nobody answers there." });
  expect(await seen(await a.person())).toBeNull();
  const again = (await edit(admin, union.id, { description: "Call 612." })).data.editOrganization.organization;
  expect(again).toMatchObject({ status: "IN_REVIEW", reviewReason: null });
});

test("shows what waits for review to the site's staff alone, the oldest first", async () => {
  const staff = await a.siteStaff();
  const ask = "{ organizationsInReview(first: 100) { nodes { id status } } }";
  for (const [person, code] of [
    [undefined, "UNAUTHENTICATED"],
    [await a.staff(await a.campaign()), "FORBIDDEN"],
  ] as const)
    expect((await as(person).run(ask)).code).toBe(code);
  const at = (hours: number) => ({ status: "IN_REVIEW" as never, createdAt: new Date(Date.UTC(2026, 0, 1, hours)) });
  const [later, earlier] = [await a.organization(at(9)), await a.organization(at(8))];
  const { nodes } = (await as(staff).run(ask)).data.organizationsInReview;
  expect(nodes.slice(0, 2)).toEqual([earlier, later].map(({ id }) => ({ id, status: "IN_REVIEW" })));
  expect(new Set(nodes.map(({ status }: { status: string }) => status))).toEqual(new Set(["IN_REVIEW"]));
});

test("keeps in the trail who decided what, without texts", async () => {
  const union = await a.organization();
  const staff = await a.siteStaff();
  await decide(staff, "rejectOrganization", union.id, { reason: "A secret reason." });
  const rows = await server().services.db.query("SELECT * FROM audit_entries WHERE actor_id = $1", [staff.id]);
  expect(rows).toMatchObject([{ action: "rejectOrganization", fields: ["status", "reviewReason"] }]);
  expect(JSON.stringify(rows)).not.toContain("secret");
});
