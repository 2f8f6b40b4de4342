import { forgetQualifications, holdsAny, onceQualified, qualified } from "../../src/features/qualifications/index.js";
import { runTask } from "../support/jobs.js";
import { inDays, qualificationsIn } from "../support/qualifications.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const { start, pass, kind, clearing, request, asked, clear, revoke, decline, cleared, call, ownOf, rowOf, subjectsTo } =
  qualificationsIn(world);

describe("is refused", () => {
  test("to ask without an account, an organization that is not verified, or one that one does not see", async () => {
    const [{ organization }, { organization: unverified }, person] = [
      await clearing(),
      await clearing(false),
      await a.person(),
    ];
    const hidden = await a.organization({ status: "IN_REVIEW" as never });
    expect((await request(undefined, organization)).code).toBe("UNAUTHENTICATED");
    expect((await request(person, unverified)).reason).toBe("ORGANIZATION_NOT_VERIFIED");
    expect((await request(person, hidden)).code).toBe("NOT_FOUND");
    expect(await ownOf(person)).toEqual([]);
  });

  test("to keep more than ten organizations busy; what is answered or withdrawn counts no more", async () => {
    const [person, { organization, admin }] = [await a.person(), await clearing()];
    const first = await asked(person, organization);
    for (let count = 0; count < 9; count++) await asked(person, (await clearing()).organization);
    const { organization: another } = await clearing();
    expect((await request(person, another)).reason).toBe("LIMIT_REACHED");
    expect((await request(person, organization)).code).toBe("OK");
    await clear(admin, first);
    expect((await request(person, another)).code).toBe("OK");
  });

  test("to decide for another organization, or on oneself; whoever may not know of it finds nothing", async () => {
    const [{ organization, admin }, { admin: other }, person] = [await clearing(), await clearing(), await a.person()];
    const id = await asked(person, organization);
    const member = await a.member(organization);
    for (const act of [clear, decline, revoke]) {
      expect((await act(undefined, id)).code).toBe("UNAUTHENTICATED");
      expect((await act(person, id)).code).toBe("FORBIDDEN");
      for (const stranger of [other, member, await a.person()])
        expect((await act(stranger, id)).code).toBe("NOT_FOUND");
    }
    const withdraw = (by: Person) => call(by, "withdrawQualificationRequest", { qualificationId: id });
    expect((await withdraw(admin)).code).toBe("FORBIDDEN");
    expect((await withdraw(other)).code).toBe("NOT_FOUND");
  });

  test("to clear until a time that is past or more than ten years away, or without being verified", async () => {
    const [{ organization, admin }, person] = [await clearing(), await a.person()];
    const id = await asked(person, organization);
    for (const wrong of [inDays(start, 0), inDays(start, -1), inDays(start, 3_654)])
      expect((await clear(admin, id, wrong)).fields).toEqual([
        { path: "input.expiresAt", reason: expect.stringMatching(/^must be/) as string },
      ]);
    await as(await a.siteStaff()).call("unverifyOrganization", { organizationId: organization.id }, "__typename");
    expect((await clear(admin, id)).reason).toBe("ORGANIZATION_NOT_VERIFIED");
    expect((await decline(admin, id)).code).toBe("OK");
  });

  test("to decline what is not asked for, and to revoke what is not cleared", async () => {
    const { admin, id } = await cleared();
    expect((await decline(admin, id)).reason).toBe("NOT_REQUESTED");
    const { admin: other, organization } = await clearing();
    expect((await revoke(other, await asked(await a.person(), organization))).reason).toBe("NOT_CLEARED");
  });
});

describe("a request", () => {
  test("waits, is made once however often it is sent at once, and is cleared", async () => {
    const [{ organization, admin }, person] = [await clearing(), await a.person()];
    const replies = await Promise.all(Array.from({ length: 5 }, () => request(person, organization)));
    const ids = new Set(replies.map(({ data }) => data.requestQualification.qualification.id as string));
    expect(ids.size).toBe(1);
    const [id] = ids;
    expect(await ownOf(person)).toMatchObject([{ status: "REQUESTED", decidedAt: null, counts: false }]);
    const until = inDays(start, 365);
    expect((await clear(admin, id!, until)).data.clearQualification.qualification).toMatchObject({
      status: "CLEARED",
      requestedAt: null,
      expiresAt: "2027-01-23T18:00:00+00:00",
      isExpired: false,
      renewalDue: false,
      counts: true,
    });
    // With the same date nothing happens, and nobody is told twice.
    await pass(1);
    expect((await clear(admin, id!, until)).code).toBe("OK");
    expect(await subjectsTo(person)).toEqual(["Cleared: first aid"]);
  });

  test("is withdrawn without a trace, and what was decided before stays", async () => {
    const [{ organization, admin }, person] = [await clearing(), await a.person()];
    const withdraw = (qualificationId: string) => call(person, "withdrawQualificationRequest", { qualificationId });
    const id = await asked(person, organization);
    expect((await withdraw(id)).data.withdrawQualificationRequest.qualification).toBeNull();
    expect(await ownOf(person)).toEqual([]);
    const again = await asked(person, organization);
    await decline(admin, again);
    expect(await asked(person, organization)).toBe(again);
    for (let time = 0; time < 2; time++)
      expect((await withdraw(again)).data.withdrawQualificationRequest.qualification).toMatchObject({
        status: "DECLINED",
        requestedAt: null,
        reason: "Not yet",
      });
  });

  test("tells the organization's admins, once an hour, and the person what comes of it", async () => {
    const [{ organization, admin }, person] = [await clearing(), await a.person()];
    const id = await asked(person, organization);
    expect(await subjectsTo(admin)).toEqual([expect.stringMatching(/^Somebody asks to be cleared by/)]);
    await asked(await a.person(), organization);
    expect(await subjectsTo(admin)).toHaveLength(1);
    await pass(1 / 24);
    await asked(await a.person(), organization);
    expect((await subjectsTo(admin)).at(-1)).toMatch(/^3 people ask to be cleared by/);
    await decline(admin, id);
    await clear(admin, id);
    await revoke(admin, id);
    expect((await subjectsTo(person)).at(-1)).toBe("No longer cleared: first aid");
  });

  test("for a renewal is taken from 30 days before the end on, and a no leaves the clearance as it is", async () => {
    const until = inDays(start, 100);
    const { organization, admin, person, id } = await cleared(until);
    expect((await request(person, organization)).data.requestQualification.qualification.requestedAt).toBeNull();
    await pass(71);
    expect(await ownOf(person)).toMatchObject([{ renewalDue: true, isExpired: false, counts: true }]);
    await asked(person, organization);
    expect(await ownOf(person)).toMatchObject([{ status: "CLEARED", requestedAt: expect.any(String) as string }]);
    await decline(admin, id);
    expect(await ownOf(person)).toMatchObject([{ status: "CLEARED", requestedAt: null, counts: true }]);
    expect((await subjectsTo(person)).at(-1)).toBe("Not cleared: first aid");
    await pass(30);
    expect(await ownOf(person)).toMatchObject([{ renewalDue: true, isExpired: true, counts: false }]);
    await clear(admin, id, inDays(start, 400));
    expect(await ownOf(person)).toMatchObject([{ renewalDue: false, isExpired: false, counts: true, reason: null }]);
  });
});

test("is revoked by the organization's admins or the site's staff, again is harmless, and no one else reads of it", async () => {
  for (const byStaff of [false, true]) {
    const { admin, person, id } = await cleared();
    const by = byStaff ? await a.siteStaff() : admin;
    for (let time = 0; time < 2; time++)
      expect((await revoke(by, id)).data.revokeQualification.qualification).toMatchObject({
        status: "REVOKED",
        reason: "Was rude",
        counts: false,
      });
    const read = async (who?: Person) => (await as(who).run(`{ node(id: "${id}") { id } }`)).data.node as unknown;
    for (const who of [person, admin, by]) expect(await read(who)).toEqual({ id });
    for (const who of [undefined, await a.person(), (await clearing()).admin]) expect(await read(who)).toBeNull();
  }
});

describe("the lists of an organization", () => {
  const list = (name: string, of: { id: string }, more = "") =>
    `{ ${name}(organizationId: "${of.id}"${more}) { nodes { name qualification { status } } pageInfo { endCursor } } }`;

  test("are its admins' alone: the oldest request first, names among them, and each look in the audit trail", async () => {
    const { organization, admin } = await clearing();
    const ids: string[] = [];
    for (const name of ["Ana", undefined, "Ben"]) {
      ids.push(await asked(await a.person(), organization, { name }));
      await pass(1);
    }
    const requests = list("qualificationRequests", organization);
    expect((await as().run(requests)).code).toBe("UNAUTHENTICATED");
    for (const who of [await a.member(organization), await a.siteStaff(), await a.person()])
      expect((await as(who).run(requests)).code).toBe("FORBIDDEN");
    const { nodes, pageInfo } = (await as(admin).run(requests)).data.qualificationRequests;
    expect(nodes.map(({ name }: { name: string }) => name)).toEqual(["Ana", null, "Ben"]);
    await clear(admin, ids[0]!);
    await pass(1);
    await decline(admin, ids[1]!);
    expect((await as(admin).run(requests)).data.qualificationRequests.nodes).toHaveLength(1);
    const decided = async (more?: string) =>
      (await as(admin).run(list("organizationQualifications", organization, more))).data.organizationQualifications
        .nodes as unknown;
    expect(await decided()).toEqual([
      { name: "Ana", qualification: { status: "CLEARED" } },
      { name: null, qualification: { status: "DECLINED" } },
    ]);
    expect(await decided(", status: DECLINED")).toHaveLength(1);
    const other = list("organizationQualifications", organization, `, after: "${pageInfo.endCursor}"`);
    expect((await as(admin).run(other)).reason).toBe("CURSOR_INVALID");
    const trail = `{ auditTrail(of: "${organization.id}") { nodes { action actorIsYou fields } } }`;
    const entries = (await as(admin).run(trail)).data.auditTrail.nodes as { action: string; actorIsYou: boolean }[];
    expect(entries.filter(({ action }) => action === "qualificationRequests")).toEqual([
      { action: "qualificationRequests", actorIsYou: true, fields: ["qualifications.name"] },
      { action: "qualificationRequests", actorIsYou: true, fields: ["qualifications.name"] },
    ]);
  });

  test("lose a name 30 days after the request was declined or the clearance ended, not before", async () => {
    const { id, admin } = await cleared(inDays(start, 10), { name: "Ana" });
    const { organization } = await clearing();
    const open = await asked(await a.person(), organization, { name: "Ben" });
    const named = async (of: string) => {
      await forgetQualifications(server().services);
      return ((await rowOf(of)) as unknown as { name_sealed: unknown }).name_sealed !== null;
    };
    await pass(39.9);
    expect(await named(id)).toBe(true);
    await pass(0.2);
    expect([await named(id), await named(open)]).toEqual([false, true]);
    expect((await clear(admin, id, inDays(start, 100))).code).toBe("OK");
  });
});

test("that expires is told of 30 days before, once, and again after it was renewed", async () => {
  const { admin, person, id } = await cleared(inDays(start, 60));
  const { person: soon } = await cleared(inDays(start, 20));
  const { person: gone, admin: other, id: revoked } = await cleared(inDays(start, 60));
  await revoke(other, revoked);
  const told = async (who: Person): Promise<number> => {
    await runTask(server().services, "qualification renewals");
    return (await subjectsTo(who)).filter((subject) => subject === "Soon to be renewed: first aid").length;
  };
  await pass(29);
  expect(await told(person)).toBe(0);
  await pass(1);
  for (let time = 0; time < 2; time++) expect(await told(person)).toBe(1);
  await clear(admin, id, inDays(start, 160));
  await pass(100);
  expect([await told(person), await told(soon), await told(gone)]).toEqual([2, 0, 0]);
});

describe("what a shift asks for", () => {
  /** What the front door says of a person in SQL, until so many days from the start. */
  async function says(person: Person, kinds: string[], days: number) {
    const until = inDays(start, days);
    const [row] = await server().services.db.query(
      `SELECT ${qualified("$1", "$2::text[]", "$3")} AS now, ${onceQualified("$1", "$2::text[]")} AS once, ${holdsAny("$1", "$3")} AS any`,
      [person.id, kinds, until],
    );
    return row as { now: boolean; once: boolean; any: boolean };
  }

  test("is each of the kinds, by a verified organization, until the end", async () => {
    const { organization, admin, person } = await cleared(inDays(start, 10));
    expect(await says(person, [], 1)).toEqual({ now: true, once: true, any: true });
    expect(await says(person, [kind], 10)).toEqual({ now: true, once: true, any: true });
    expect(await says(person, [kind], 11)).toEqual({ now: false, once: true, any: false });
    expect(await says(person, [kind, "DE_ESCALATION"], 1)).toEqual({ now: false, once: false, any: true });
    const also = await asked(person, organization, { kind: "DE_ESCALATION" });
    expect(await says(person, [kind, "DE_ESCALATION"], 1)).toMatchObject({ now: false, once: false });
    await clear(admin, also);
    expect(await says(person, [kind, "DE_ESCALATION"], 1)).toMatchObject({ now: true, once: true });
    await revoke(admin, also);
    expect(await says(person, ["DE_ESCALATION"], 1)).toMatchObject({ now: false, once: false });
    expect(await says(await a.person(), [kind], 1)).toEqual({ now: false, once: false, any: false });
  });

  test("is nothing any more by an organization that is verified no longer, and again when it is", async () => {
    const { organization, person } = await cleared();
    const [site, of] = [as(await a.siteStaff()), { organizationId: organization.id }];
    await site.call("unverifyOrganization", of, "__typename");
    expect(await says(person, [kind], 1)).toEqual({ now: false, once: false, any: false });
    expect(await ownOf(person)).toMatchObject([{ status: "CLEARED", counts: false }]);
    await site.call("verifyOrganization", of, "__typename");
    expect(await says(person, [kind], 1)).toEqual({ now: true, once: true, any: true });
  });
});
