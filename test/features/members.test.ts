import { toGlobalId } from "../../src/platform/database/ids.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server } = openWorld();

const idOf = (person: Person): string => toGlobalId("Person", person.id);
const change = (person: Person | undefined, organizationId: string, of: Person, role: string) =>
  as(person).call("changeMemberRole", { organizationId, personId: idOf(of), role }, "organization { id }");
const remove = (person: Person | undefined, organizationId: string, of: Person) =>
  as(person).call("removeMember", { organizationId, personId: idOf(of) }, "organization { id }");
const leave = (person: Person | undefined, organizationId: string) =>
  as(person).call("leaveOrganization", { organizationId }, "organization { id viewerRole }");
const list = (person: Person | undefined, organizationId: string, page: object = {}) =>
  as(person).run(
    `query($organizationId: ID!, $first: Int, $after: String) {
       organizationMembers(organizationId: $organizationId, first: $first, after: $after) {
         edges { cursor } nodes { personId email role since } pageInfo { hasNextPage endCursor } } }`,
    { organizationId, ...page },
  );

test("tells the viewer what they belong to, also what is not listed, and nothing else", async () => {
  const union = await a.organization({ name: "Ushers Local 1", status: "IN_REVIEW" as never });
  const owner = await a.owner(union);
  const ask = "{ viewer { organizations { nodes { id status viewerRole } } } }";
  const belongs = async (person: Person) => (await as(person).run(ask)).data.viewer.organizations.nodes;
  expect(await belongs(owner)).toEqual([{ id: union.id, status: "IN_REVIEW", viewerRole: "OWNER" }]);
  expect(await belongs(await a.siteStaff())).toEqual([]);
});

test("lets owners change roles, and nobody else", async () => {
  const union = await a.organization();
  const [owner, member] = [await a.owner(union), await a.member(union)];
  expect((await change(undefined, union.id, member, "ADMIN")).code).toBe("UNAUTHENTICATED");
  for (const person of [await a.person(), await a.admin(union), member, await a.siteStaff()])
    expect((await change(person, union.id, member, "ADMIN")).code).toBe("FORBIDDEN");
  expect(await change(owner, union.id, await a.person(), "ADMIN")).toMatchObject({ code: "NOT_FOUND" });
  for (const role of ["ADMIN", "ADMIN", "OWNER"]) expect((await change(owner, union.id, member, role)).code).toBe("OK");
  expect((await change(member, union.id, owner, "MEMBER")).code).toBe("OK");
});

test("lets owners remove anybody, admins members only; again is harmless", async () => {
  const union = await a.organization();
  const [owner, other, admin] = [await a.owner(union), await a.owner(union), await a.admin(union)];
  const [one, two] = [await a.member(union), await a.member(union)];
  for (const person of [await a.person(), two, await a.siteStaff()])
    expect((await remove(person, union.id, one)).code).toBe("FORBIDDEN");
  for (const person of [owner, admin]) expect((await remove(admin, union.id, person)).code).toBe("FORBIDDEN");
  for (let again = 0; again < 2; again++) expect((await remove(admin, union.id, one)).code).toBe("OK");
  for (const person of [two, admin, other]) expect((await remove(owner, union.id, person)).code).toBe("OK");
  expect((await list(owner, union.id)).data.organizationMembers.nodes).toHaveLength(1);
});

test("refuses a former member at once, and ends their subscriptions", async () => {
  const union = await a.organization({ status: "IN_REVIEW" as never });
  const [owner, member, campaign] = [await a.owner(union), await a.member(union), await a.campaign()];
  const draft = await a.event({ campaign, host: union, review: "DRAFT" as never });
  const ask = "query($u: ID!, $e: ID!) { union: node(id: $u) { id } event(id: $e) { id } }";
  const seen = async () => (await as(member).run(ask, { u: union.id, e: draft.id })).data;
  expect(await seen()).toEqual({ union: { id: union.id }, event: { id: draft.id } });
  const listening = await as(member).listen("subscription($id: ID!) { eventChanged(campaignId: $id) { position } }", {
    id: campaign.id,
  });
  await remove(owner, union.id, member);
  expect(await seen()).toEqual({ union: null, event: null });
  expect(await listening.ended).toMatchObject({ code: 4403 });
});

test("ends the subscriptions of one who is demoted, and takes the rights at once", async () => {
  const union = await a.organization();
  const [owner, admin] = [await a.owner(union), await a.admin(union)];
  const listening = await as(admin).listen("subscription($id: ID!) { eventChanged(campaignId: $id) { position } }", {
    id: (await a.campaign()).id,
  });
  await change(owner, union.id, admin, "MEMBER");
  expect(await listening.ended).toMatchObject({ code: 4403 });
  expect((await list(admin, union.id)).code).toBe("FORBIDDEN");
});

test("lets a member leave; again is harmless, and what only members see is gone", async () => {
  const [union, hidden] = [await a.organization(), await a.organization({ status: "REJECTED" as never })];
  const [member, insider] = [await a.member(union), await a.member(hidden)];
  expect((await leave(undefined, union.id)).code).toBe("UNAUTHENTICATED");
  for (let again = 0; again < 2; again++)
    expect((await leave(member, union.id)).data.leaveOrganization.organization).toEqual({
      id: union.id,
      viewerRole: null,
    });
  expect((await leave(insider, hidden.id)).data.leaveOrganization.organization).toBeNull();
  expect((await leave(insider, hidden.id)).code).toBe("NOT_FOUND");
});

test("keeps the last owner from leaving, being removed and being demoted", async () => {
  const union = await a.organization();
  const [owner, admin] = [await a.owner(union), await a.admin(union)];
  for (const reply of [
    await leave(owner, union.id),
    await remove(owner, union.id, owner),
    await change(owner, union.id, owner, "ADMIN"),
  ])
    expect(reply).toMatchObject({ code: "CONFLICT", reason: "LAST_OWNER" });
  await change(owner, union.id, admin, "OWNER");
  expect((await leave(owner, union.id)).code).toBe("OK");
});

test("keeps one of two owners who leave, or remove each other, at the same moment", async () => {
  for (let round = 0; round < 5; round++) {
    const [left, removed] = [await a.organization(), await a.organization()];
    const [one, two] = [await a.owner(left), await a.owner(left)];
    const [three, four] = [await a.owner(removed), await a.owner(removed)];
    const leaving = await Promise.all([leave(one, left.id), leave(two, left.id)]);
    expect(leaving.map(({ reason }) => reason).sort()).toEqual(["LAST_OWNER", undefined]);
    const removing = await Promise.all([remove(three, removed.id, four), remove(four, removed.id, three)]);
    expect(removing.map(({ code }) => code).sort()).toEqual(["FORBIDDEN", "OK"]);
  }
});

test("shows members to owners, admins and the site's staff only, and keeps each look in the trail", async () => {
  const union = await a.organization();
  const [owner, member] = [await a.owner(union), await a.member(union)];
  expect((await list(undefined, union.id)).code).toBe("UNAUTHENTICATED");
  for (const person of [await a.person(), member, await a.staff(await a.campaign())])
    expect((await list(person, union.id)).code).toBe("FORBIDDEN");
  const nodes = [
    {
      personId: idOf(owner),
      email: owner.email,
      role: "OWNER",
      since: clock.now.toISOString().replace(".000Z", "+00:00"),
    },
    {
      personId: idOf(member),
      email: member.email,
      role: "MEMBER",
      since: clock.now.toISOString().replace(".000Z", "+00:00"),
    },
  ];
  for (const person of [owner, await a.admin(union), await a.siteStaff()]) {
    expect((await list(person, union.id)).data.organizationMembers.nodes).toEqual(expect.arrayContaining(nodes));
    const looks = await server().services.db.query("SELECT action, fields FROM audit_entries WHERE actor_id = $1", [
      person.id,
    ]);
    expect(looks).toEqual([{ action: "organizationMembers", fields: ["members.email"] }]);
  }
  const hidden = await a.organization({ status: "IN_REVIEW" as never });
  for (const id of [hidden.id, toGlobalId("Organization", member.id)])
    expect((await list(member, id)).body).toEqual({ data: { organizationMembers: null } });
  expect((await as(owner).run("query($id: ID!) { node(id: $id) { id } }", { id: idOf(member) })).data.node).toBeNull();
});

test("pages through members without a gap while some come and go", async () => {
  const [union, before] = [await a.organization(), clock.now];
  const owner = await a.owner(union);
  const people: Person[] = [];
  for (let hour = 1; hour <= 6; hour++) {
    clock.now = new Date(before.getTime() + Math.ceil(hour / 2) * 1_000);
    people.push(await a.member(union));
  }
  clock.now = before;
  const found: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 4; page++) {
    const { nodes, pageInfo } = (await list(owner, union.id, { first: 2, after })).data.organizationMembers;
    found.push(...nodes.map(({ email }: { email: string }) => email));
    expect(pageInfo.hasNextPage).toBe(page < 3);
    after = pageInfo.endCursor;
    if (page === 0)
      await remove(
        owner,
        union.id,
        people.find(({ email }) => found.includes(email))!,
      );
  }
  expect(new Set(found)).toEqual(new Set([owner.email, ...people.map(({ email }) => email)]));
  expect(found).toHaveLength(7);
});

test("refuses a cursor of another list, a forged one, and a page of 101", async () => {
  const [union, other] = [await a.organization(), await a.organization()];
  const owner = await a.owner(union);
  const forge = (...parts: string[]): string => Buffer.from(parts.join("~")).toString("base64");
  const endOf = async (owns: Person, id: string) => (await list(owns, id)).data.organizationMembers.pageInfo.endCursor;
  const endCursor = await endOf(await a.owner(other), other.id);
  const [hash] = Buffer.from(await endOf(owner, union.id), "base64")
    .toString()
    .split("~") as [string];
  for (const after of [
    endCursor,
    "x",
    forge(hash, "soon", owner.id),
    forge(hash, "2026-01-23T18:00:00+00:00", "-".repeat(36)),
  ])
    expect(await list(owner, union.id, { after })).toMatchObject({ code: "BAD_USER_INPUT", reason: "CURSOR_INVALID" });
  expect((await list(owner, union.id, { first: 101 })).reason).toBe("PAGE_SIZE");
});
