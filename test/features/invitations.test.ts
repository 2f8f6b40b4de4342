import { randomUUID } from "node:crypto";
import { toGlobalId } from "../../src/platform/database/ids.js";
import { jobsDone } from "../support/jobs.js";
import { mailsTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server, folder } = openWorld();

const day = 24 * 3_600_000;
const invite = (
  person: Person | undefined,
  organizationId: string,
  email: string,
  role = "MEMBER",
  more: object = {},
) =>
  as(person).call(
    "inviteMember",
    { organizationId, email, role, ...more },
    "invitation { id kind role createdAt expiresAt subject { id } }",
  );
const invited = async (...args: Parameters<typeof invite>): Promise<string> =>
  (await invite(...args)).data.inviteMember.invitation.id;
const accept = (person: Person | undefined, invitationId: string) =>
  as(person).call("acceptInvitation", { invitationId }, "subject { id }");
const end = (person: Person | undefined, mutation: string, invitationId: string) =>
  as(person).call(mutation, { invitationId }, "invitationId");
const open = async (person: Person): Promise<{ id: string; role: string; subject: unknown }[]> =>
  (
    await as(person).run(
      "{ viewer { invitations { id kind role subject { __typename id ... on Organization { name } } } } }",
    )
  ).data.viewer.invitations;
const roleIn = async (person: Person, organizationId: string): Promise<string | null> =>
  (
    await as(person).run("query($id: ID!) { node(id: $id) { ... on Organization { viewerRole } } }", {
      id: organizationId,
    })
  ).data.node.viewerRole;

test("lets owners invite to any role, admins to MEMBER, and nobody else", async () => {
  const union = await a.organization();
  const outcome = async (person: Person | undefined, role: string) =>
    (await invite(person, union.id, `${randomUUID()}@rallygraph.example`, role)).code;
  const [owner, admin] = [await a.owner(union), await a.admin(union)];
  expect(await outcome(undefined, "MEMBER")).toBe("UNAUTHENTICATED");
  for (const person of [await a.person(), await a.member(union), await a.siteStaff()])
    expect(await outcome(person, "MEMBER")).toBe("FORBIDDEN");
  for (const role of ["OWNER", "ADMIN"]) expect(await outcome(admin, role)).toBe("FORBIDDEN");
  expect(await outcome(admin, "MEMBER")).toBe("OK");
  for (const role of ["OWNER", "ADMIN", "MEMBER"]) expect(await outcome(owner, role)).toBe("OK");
});

test("refuses an address that is none, and an organization that the viewer may not see", async () => {
  const union = await a.organization();
  const owner = await a.owner(union);
  expect((await invite(owner, union.id, "nobody")).fields).toEqual([
    { path: "input.email", reason: "must be an e-mail address, such as ana@example.org" },
  ]);
  const hidden = await a.organization({ status: "REJECTED" as never });
  for (const id of [hidden.id, toGlobalId("Organization", randomUUID())])
    expect(await invite(owner, id, "ana@rallygraph.example")).toMatchObject({
      code: "NOT_FOUND",
      message: "There is no such organization.",
    });
});

test("says the same for an address with and without an account", async () => {
  const union = await a.organization();
  const owner = await a.owner(union);
  const emails = [(await a.person()).email, "nobody-yet@rallygraph.example"];
  const answers = await Promise.all(emails.map((email) => invite(owner, union.id, email)));
  const [known, unknown] = answers.map((reply) => {
    const { id, ...rest } = reply.data.inviteMember.invitation;
    return { ...rest, prefix: id.slice(0, 11) };
  });
  expect(known).toEqual(unknown);
  expect(known).toEqual({
    prefix: "invitation_",
    kind: "ORGANIZATION",
    role: "MEMBER",
    createdAt: clock.now.toISOString().replace(".000Z", "+00:00"),
    expiresAt: new Date(clock.now.getTime() + 14 * day).toISOString().replace(".000Z", "+00:00"),
    subject: { id: union.id },
  });
});

test("shows an invitation to the invited only, with what it is to, and makes them a member when they accept", async () => {
  const union = await a.organization({ name: "Bakers Local 9" });
  const [owner, baker] = [await a.owner(union), await a.person()];
  const id = await invited(owner, union.id, baker.email.toUpperCase(), "ADMIN");
  expect(await open(baker)).toEqual([
    {
      id,
      kind: "ORGANIZATION",
      role: "ADMIN",
      subject: { __typename: "Organization", id: union.id, name: "Bakers Local 9" },
    },
  ]);
  expect(await open(owner)).toEqual([]);
  expect(await roleIn(baker, union.id)).toBeNull();
  for (let again = 0; again < 2; again++)
    expect((await accept(baker, id)).data.acceptInvitation.subject).toEqual({ id: union.id });
  expect(await roleIn(baker, union.id)).toBe("ADMIN");
  expect(await open(baker)).toEqual([]);
  expect(await invite(owner, union.id, baker.email)).toMatchObject({ code: "CONFLICT", reason: "ALREADY_MEMBER" });
});

test("answers an invitation of somebody else like one that doesn't exist", async () => {
  const union = await a.organization();
  const id = await invited(await a.owner(union), union.id, (await a.person()).email);
  const [stranger, none] = [await a.person(), toGlobalId("Invitation", randomUUID())];
  for (const mutation of ["acceptInvitation", "declineInvitation", "withdrawInvitation"]) {
    const selection = mutation === "acceptInvitation" ? "subject { id }" : "invitationId";
    const [theirs, missing] = [
      await as(stranger).call(mutation, { invitationId: id }, selection),
      await as(stranger).call(mutation, { invitationId: none }, selection),
    ];
    expect(theirs).toMatchObject({ code: "NOT_FOUND", message: missing.message });
    expect(missing.code).toBe("NOT_FOUND");
    expect((await as().call(mutation, { invitationId: id }, selection)).code).toBe("UNAUTHENTICATED");
  }
  expect((await as(stranger).run("query($id: ID!) { node(id: $id) { id } }", { id })).data.node).toBeNull();
});

test("lets the invited answer, and not those who invite", async () => {
  const union = await a.organization();
  const [owner, person] = [await a.owner(union), await a.person()];
  const id = await invited(owner, union.id, person.email);
  expect((await accept(owner, id)).code).toBe("FORBIDDEN");
  expect((await end(owner, "declineInvitation", id)).code).toBe("FORBIDDEN");
  expect((await end(person, "withdrawInvitation", id)).code).toBe("FORBIDDEN");
});

test("takes a no for an answer, again being harmless, until the person is invited anew", async () => {
  const union = await a.organization();
  const [owner, person] = [await a.owner(union), await a.person()];
  const id = await invited(owner, union.id, person.email);
  for (let again = 0; again < 2; again++)
    expect((await end(person, "declineInvitation", id)).data.declineInvitation.invitationId).toBe(id);
  expect(await accept(person, id)).toMatchObject({ code: "CONFLICT", reason: "INVITATION_CLOSED" });
  expect((await accept(person, await invited(owner, union.id, person.email))).code).toBe("OK");
});

test("lets those who may send an invitation withdraw it: owners any, admins those to MEMBER", async () => {
  const union = await a.organization();
  const [owner, admin, person] = [await a.owner(union), await a.admin(union), await a.person()];
  const id = await invited(owner, union.id, person.email, "ADMIN");
  expect((await end(admin, "withdrawInvitation", id)).code).toBe("NOT_FOUND");
  for (let again = 0; again < 2; again++) expect((await end(owner, "withdrawInvitation", id)).code).toBe("OK");
  expect(await open(person)).toEqual([]);
  expect(await accept(person, id)).toMatchObject({ reason: "INVITATION_CLOSED" });
  const other = await invited(owner, union.id, person.email);
  expect((await end(admin, "withdrawInvitation", other)).code).toBe("OK");
});

test("renews an open invitation instead of making a second, also for ten at once", async () => {
  const union = await a.organization();
  const [owner, admin, person] = [await a.owner(union), await a.admin(union), await a.person()];
  const ids = await Promise.all(Array.from({ length: 10 }, () => invited(owner, union.id, person.email)));
  expect(new Set(ids).size).toBe(1);
  expect(await invited(owner, union.id, person.email, "OWNER")).toBe(ids[0]);
  expect((await open(person)).map(({ role }) => role)).toEqual(["OWNER"]);
  // Else an admin could turn an owner's invitation into a member's.
  expect((await invite(admin, union.id, person.email)).code).toBe("FORBIDDEN");
});

test("refuses an invitation after 14 days, and takes it again once it is renewed", async () => {
  const union = await a.organization();
  const [owner, person, before] = [await a.owner(union), await a.person(), clock.now];
  const id = await invited(owner, union.id, person.email);
  clock.now = new Date(before.getTime() + 14 * day);
  expect(await open(person)).toEqual([]);
  expect(await accept(person, id)).toMatchObject({ code: "CONFLICT", reason: "INVITATION_EXPIRED" });
  expect(await invited(owner, union.id, person.email)).toBe(id);
  expect((await accept(person, id)).code).toBe("OK");
  clock.now = before;
});

test("lets invitations fall with the rights of the one who sent them", async () => {
  const union = await a.organization();
  const [owner, rogue, friend] = [await a.owner(union), await a.owner(union), await a.person()];
  const id = await invited(rogue, union.id, friend.email, "OWNER");
  const removal = { organizationId: union.id, personId: toGlobalId("Person", rogue.id) };
  expect((await as(owner).call("removeMember", removal, "organization { id }")).code).toBe("OK");
  expect(await accept(friend, id)).toMatchObject({ reason: "INVITATION_CLOSED" });
});

test("keeps the name of an organization that is not listed from the invited until they accept", async () => {
  const hidden = await a.organization({ status: "IN_REVIEW" as never });
  const [owner, person] = [await a.owner(hidden), await a.person()];
  const id = await invited(owner, hidden.id, person.email);
  expect(await open(person)).toMatchObject([{ id, subject: null }]);
  expect((await accept(person, id)).data.acceptInvitation.subject).toEqual({ id: hidden.id });
});

test("does not make a member again of one who accepted and was removed since", async () => {
  const union = await a.organization();
  const [owner, person] = [await a.owner(union), await a.person()];
  const id = await invited(owner, union.id, person.email);
  await accept(person, id);
  const removal = { organizationId: union.id, personId: toGlobalId("Person", person.id) };
  await as(owner).call("removeMember", removal, "organization { id }");
  expect((await accept(person, id)).code).toBe("OK");
  expect(await roleIn(person, union.id)).toBeNull();
});

test("keeps no address in the trail", async () => {
  const union = await a.organization();
  const owner = await a.owner(union);
  await invite(owner, union.id, "trail@rallygraph.example");
  const rows = await server().services.db.query("SELECT e::text AS row FROM audit_entries e WHERE actor_id = $1", [
    owner.id,
  ]);
  expect(rows).toHaveLength(1);
  expect(rows[0].row).not.toContain("trail@");
});

describe("invitations as mails", () => {
  const mails = async (email: string): Promise<number> => {
    await jobsDone(server().services);
    return (await mailsTo(folder(), email)).length;
  };

  test("come once a day, however often the same person is invited and the invitation withdrawn", async () => {
    const union = await a.organization();
    const [owner, { email }] = [await a.owner(union), await a.person()];
    for (let again = 0; again < 2; again++)
      await end(owner, "withdrawInvitation", await invited(owner, union.id, email));
    await invite(owner, union.id, email);
    expect(await mails(email)).toBe(1);
  });

  test("are 200 in 24 hours at most, of one person, also when they are withdrawn", async () => {
    const union = await a.organization();
    const [owner, other] = [await a.owner(union), await a.owner(union)];
    await server().services.db.query(
      `INSERT INTO invitations (id, kind, subject_id, person_id, role, invited_by, created_at, expires_at, status)
       SELECT gen_random_uuid(), 'ORGANIZATION', gen_random_uuid(), $1, 'MEMBER', $1, $2, $2, 'WITHDRAWN'
       FROM generate_series(1, 199)`,
      [owner.id, clock.now],
    );
    const outcome = async (person: Person) => {
      const { code, reason } = await invite(person, union.id, `${randomUUID()}@rallygraph.example`);
      return [code, reason];
    };
    expect(await outcome(owner)).toEqual(["OK", undefined]);
    expect(await outcome(owner)).toEqual(["CONFLICT", "LIMIT_REACHED"]);
    expect(await outcome(other)).toEqual(["OK", undefined]);
    clock.now = new Date(clock.now.getTime() + day + 1);
    expect(await outcome(owner)).toEqual(["OK", undefined]);
  });

  test("don't come in a name that staff have rejected", async () => {
    const union = await a.organization({ status: "REJECTED" as never });
    const [owner, { email }] = [await a.owner(union), await a.person()];
    expect((await invite(owner, union.id, email)).code).toBe("OK");
    expect(await mails(email)).toBe(0);
  });
});
