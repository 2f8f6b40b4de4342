import { fromGlobalId } from "../../src/platform/database/ids.js";
import { randomUUID } from "node:crypto";
import { rsvpsIn } from "../support/rsvps.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, as, server, url } = world;
const { newAddress, pass, managed, counts, consistent, mailsOf, asked, signedInAs } = rsvpsIn(world);

describe("refuses", () => {
  test.each([
    ["21 guests", { guests: 21 }, "input.guests", "must be from 0 to 20"],
    ["less than no guest", { guests: -1 }, "input.guests", "must be from 0 to 20"],
    ["a name that is too long", { name: "x".repeat(101) }, "input.name", expect.stringContaining("0 to 100")],
    ["no address without an account", { email: undefined }, "input.email", "is required unless you are signed in"],
    ["what is no address", { email: "ana" }, "input.email", expect.stringContaining("must be an e-mail address")],
  ])("%s, naming the field and what would be right", async (_what, fields, path, reason) => {
    const event = await a.event();
    const reply = await as().rsvp({ eventId: event.id, email: newAddress(), ...fields });
    expect(reply.fields).toEqual([{ path, reason }]);
  });

  test("an address from one who is signed in", async () => {
    const event = await a.event();
    const reply = await as(await a.person()).rsvp({ eventId: event.id, email: newAddress() });
    expect(reply.fields.map(({ path }) => path)).toEqual(["input.email"]);
  });

  test("an event that is not approved, cancelled or over, and says nothing of one that may not be seen", async () => {
    const creator = await a.person();
    const reasonAt = async (fields: object, caller = as(creator), input: object = {}) => {
      const event = await a.event({ createdByPerson: creator, ...fields });
      const { code, reason } = await caller.rsvp({ eventId: event.id, ...input });
      return reason ?? code;
    };
    expect(await reasonAt({ review: "IN_REVIEW" })).toBe("EVENT_NOT_APPROVED");
    expect(await reasonAt({ occurrence: "CANCELLED" })).toBe("EVENT_CANCELLED");
    expect(
      await reasonAt({ startsAt: new Date("2026-01-23T12:00:00Z"), endsAt: new Date("2026-01-23T14:00:00Z") }),
    ).toBe("EVENT_ENDED");
    const byMail = { email: newAddress() };
    for (const fields of [{ review: "DRAFT" }, { visibility: "PRIVATE" }, { record: "DELETED" }]) {
      expect(await reasonAt(fields, as(), byMail)).toBe("NOT_FOUND");
      expect(await reasonAt(fields, as(await a.person()))).toBe("NOT_FOUND");
    }
    expect(await mailsOf(byMail.email)).toEqual([]);
  });

  test("limits, names and live counts to all but those who manage the event", async () => {
    const { event, manager } = await managed();
    const ask = "query($id: ID!) { eventRsvps(eventId: $id) { nodes { guests } } }";
    const watch = "subscription($id: ID!) { rsvpsChanged(eventId: $id) { event { rsvps { going } } } }";
    for (const person of [await a.person(), await a.coordinator(event), await a.reporter(event)]) {
      expect((await as(person).setRsvpLimit(event.id, 5)).code).toBe("FORBIDDEN");
      expect((await as(person).run(ask, { id: event.id })).code).toBe("FORBIDDEN");
      expect(await counts(as(person), event)).toBeNull();
    }
    expect((await as().setRsvpLimit(event.id, 5)).code).toBe("UNAUTHENTICATED");
    expect((await as().run(ask, { id: event.id })).code).toBe("UNAUTHENTICATED");
    expect(await counts(as(), event)).toBeNull();
    const { errors } = await (await as().listen(watch, { id: event.id })).ended;
    expect(errors[0].extensions.code).toBe("UNAUTHENTICATED");
    expect((await manager.setRsvpLimit(event.id, 0)).fields).toEqual([
      { path: "input.limit", reason: "must be from 1 to 1,000,000" },
    ]);
    expect((await manager.setRsvpLimit(event.id, undefined as never)).fields[0]?.path).toBe("input.limit");
    expect(await counts(manager, event)).toEqual({ going: 0, waiting: 0, limit: null });
  });

  test("tokens that are forged, cut off or of something else, and RSVPs of others", async () => {
    const event = await a.event();
    const { email, token } = await asked(event);
    const [text, mac] = token.split(".");
    const other = Buffer.from(JSON.stringify([fromGlobalId("Event", event.id, "id"), (await a.person()).id])).toString(
      "base64url",
    );
    const ofMails = server().services.secrets.sign("stop letters", Buffer.from(text!, "base64url").toString());
    for (const wrong of [
      token.slice(0, -2),
      `${token}x`,
      `${other}.${mac}`,
      `${text}.${"A".repeat(43)}`,
      ofMails,
      "x",
    ]) {
      expect((await as().confirmRsvp(wrong)).code).toBe("NOT_FOUND");
      expect((await as().cancelRsvp({ token: wrong })).code).toBe("NOT_FOUND");
      const link = `${url()}/rsvp/${wrong}`;
      expect((await fetch(link)).status).toBe(404);
      for (const act of ["confirm", "cancel", "x"])
        expect((await fetch(link, { method: "POST", body: new URLSearchParams({ act }) })).status).toBe(404);
    }
    const mine = (await as(await a.person()).rsvp({ eventId: event.id })).data.rsvp.rsvp.id;
    expect((await as(await a.person()).cancelRsvp({ rsvpId: mine })).code).toBe("NOT_FOUND");
    expect((await as().cancelRsvp({ rsvpId: mine })).code).toBe("UNAUTHENTICATED");
    expect((await as().cancelRsvp({} as never)).fields).toEqual([
      { path: "input", reason: "must have either rsvpId or token" },
    ]);
    const person = as(await signedInAs(email));
    const { data } = await person.run("{ viewer { rsvps { nodes { status } } } }");
    expect(data.viewer.rsvps.nodes).toEqual([{ status: "PENDING" }]);
  });
});

describe("with an account", () => {
  test("counts the person and the guests, and changes what is said once more", async () => {
    const { event, manager, row } = await managed();
    const person = as(await a.person());
    const first = (await person.rsvp({ eventId: event.id, guests: 2, name: "Ana" })).data.rsvp;
    expect(first).toMatchObject({ status: "GOING", rsvp: { status: "GOING", guests: 2, showName: false } });
    expect(first.event.rsvps).toBeNull();
    const again = (await person.rsvp({ eventId: event.id })).data.rsvp;
    expect(again.rsvp).toEqual(first.rsvp);
    expect(await counts(manager, event)).toEqual({ going: 3, waiting: 0, limit: null });
    await person.rsvp({ eventId: event.id, guests: 0 });
    expect(await counts(manager, event)).toEqual({ going: 1, waiting: 0, limit: null });
    await consistent(row);
  });

  test("gives one answer for one key", async () => {
    const { event, manager } = await managed();
    const person = as(await a.person());
    const input = { eventId: event.id, guests: 1, idempotencyKey: randomUUID() };
    const replies = await Promise.all(Array.from({ length: 5 }, () => person.rsvp(input)));
    expect(new Set(replies.map((reply) => reply.data?.rsvp.rsvp.id)).size).toBe(1);
    expect((await counts(manager, event)).going).toBe(2);
  });

  test("shows an RSVP to its owner only, at the event and in the account", async () => {
    const { event, manager } = await managed();
    const person = as(await a.person());
    const { id } = (await person.rsvp({ eventId: event.id })).data.rsvp.rsvp;
    const ask = "query($r: ID!, $e: ID!) { node(id: $r) { id } event(id: $e) { viewerRsvp { id status } } }";
    const seenBy = async (caller: ReturnType<typeof as>) => (await caller.run(ask, { r: id, e: event.id })).data;
    expect(await seenBy(person)).toEqual({ node: { id }, event: { viewerRsvp: { id, status: "GOING" } } });
    for (const caller of [as(), manager, as(await a.person())])
      expect(await seenBy(caller)).toEqual({ node: null, event: { viewerRsvp: null } });
    const { data } = await person.run("{ viewer { rsvps { nodes { id event { id } } } } }");
    expect(data.viewer.rsvps.nodes).toEqual([{ id, event: { id: event.id } }]);
  });

  test("cancels, again being harmless, forgets the name, and can be taken up again", async () => {
    const { event, manager, row } = await managed();
    const person = as(await a.person());
    const rsvpId = (await person.rsvp({ eventId: event.id, guests: 4, name: "Ana", showName: true })).data.rsvp.rsvp.id;
    for (let again = 0; again < 2; again++)
      expect((await person.cancelRsvp({ rsvpId })).data.cancelRsvp).toMatchObject({
        status: "CANCELLED",
        rsvp: { showName: false },
      });
    const [{ name_sealed }] = await server().services.db.query("SELECT name_sealed FROM rsvps WHERE event_id = $1", [
      row,
    ]);
    expect(name_sealed).toBeNull();
    expect(await counts(manager, event)).toEqual({ going: 0, waiting: 0, limit: null });
    await consistent(row);
    expect((await person.rsvp({ eventId: event.id })).data.rsvp).toMatchObject({
      status: "GOING",
      rsvp: { guests: 0 },
    });
  });
});

describe("a limit", () => {
  test("gives 20 places to 20 of 500 racers, and lets the others wait", async () => {
    const { event, manager, row } = await managed();
    await manager.setRsvpLimit(event.id, 20);
    const people = await Promise.all(Array.from({ length: 500 }, () => a.person()));
    const replies = await Promise.all(people.map((person) => as(person).rsvp({ eventId: event.id })));
    const count = (status: string): number => replies.filter(({ data }) => data?.rsvp.status === status).length;
    expect([count("GOING"), count("WAITLISTED")]).toEqual([20, 480]);
    expect(await counts(manager, event)).toEqual({ going: 20, waiting: 480, limit: 20 });
    await consistent(row);
  });

  test("is never passed while many come, go, and bring more or fewer guests", async () => {
    const { event, manager, row } = await managed();
    await manager.setRsvpLimit(event.id, 10);
    const people = await Promise.all(Array.from({ length: 12 }, async () => as(await a.person())));
    const moves = people.map(async (person, index) => {
      const { data } = await person.rsvp({ eventId: event.id, guests: index % 4 });
      await person.rsvp({ eventId: event.id, guests: (index + 2) % 4 });
      if (index % 3 === 0) await person.cancelRsvp({ rsvpId: data.rsvp.rsvp.id });
      if (index % 6 === 0) await person.rsvp({ eventId: event.id, guests: 1 });
    });
    await Promise.all(moves);
    expect((await counts(manager, event)).going).toBeLessThanOrEqual(10);
    await consistent(row);
  });

  test("lets the first who fit come in, in the order of arrival, and writes to them", async () => {
    const { event, manager, row } = await managed();
    await manager.setRsvpLimit(event.id, 3);
    const arrive = async (guests: number) => {
      pass(1_000);
      const person = await a.person();
      const rsvpId = (await as(person).rsvp({ eventId: event.id, guests })).data.rsvp.rsvp.id as string;
      const status = async () =>
        (await as(person).run("query($id: ID!) { event(id: $id) { viewerRsvp { status } } }", { id: event.id })).data
          .event.viewerRsvp.status as string;
      return { person, rsvpId, status };
    };
    const [first, five, two, one, late] = [
      await arrive(2),
      await arrive(4),
      await arrive(1),
      await arrive(0),
      await arrive(0),
    ];
    const statuses = () => Promise.all([first, five, two, one, late].map(({ status }) => status()));
    expect(await statuses()).toEqual(["GOING", "WAITLISTED", "WAITLISTED", "WAITLISTED", "WAITLISTED"]);
    await as(first.person).rsvp({ eventId: event.id, guests: 1 });
    expect(await statuses()).toEqual(["GOING", "WAITLISTED", "WAITLISTED", "GOING", "WAITLISTED"]);
    await as(first.person).cancelRsvp({ rsvpId: first.rsvpId });
    expect(await statuses()).toEqual(["CANCELLED", "WAITLISTED", "GOING", "GOING", "WAITLISTED"]);
    await manager.setRsvpLimit(event.id, 8);
    expect(await statuses()).toEqual(["CANCELLED", "GOING", "GOING", "GOING", "WAITLISTED"]);
    await manager.setRsvpLimit(event.id, null);
    expect(await statuses()).toEqual(["CANCELLED", "GOING", "GOING", "GOING", "GOING"]);
    await consistent(row);
    for (const { person } of [five, two, one, late]) {
      const mails = await mailsOf(person.email);
      expect(mails).toHaveLength(1);
      expect(mails[0]).toContain("There is room for you");
    }
    expect(await mailsOf(first.person.email)).toEqual([]);
  });

  test("throws nobody out when it is lowered, and refuses more guests than there is room for", async () => {
    const { event, manager, row } = await managed();
    const person = as(await a.person());
    await person.rsvp({ eventId: event.id, guests: 3 });
    expect((await manager.setRsvpLimit(event.id, 2)).data.setRsvpLimit.event.rsvps).toEqual({
      going: 4,
      waiting: 0,
      limit: 2,
    });
    expect(await person.rsvp({ eventId: event.id, guests: 4 })).toMatchObject({
      code: "CONFLICT",
      reason: "RSVPS_FULL",
    });
    expect((await person.rsvp({ eventId: event.id, guests: 2, name: "Ana" })).data.rsvp.status).toBe("GOING");
    expect((await as(await a.person()).rsvp({ eventId: event.id })).data.rsvp.status).toBe("WAITLISTED");
    expect(await counts(manager, event)).toEqual({ going: 3, waiting: 1, limit: 2 });
    await consistent(row);
  });

  test("lets nobody in who waits at an event that is cancelled or over", async () => {
    const { event, manager, row } = await managed();
    await manager.setRsvpLimit(event.id, 1);
    const [one, other] = [as(await a.person()), as(await a.person())];
    const rsvpId = (await one.rsvp({ eventId: event.id })).data.rsvp.rsvp.id;
    await other.rsvp({ eventId: event.id });
    await server().services.db.query("UPDATE events SET occurrence = 'CANCELLED' WHERE id = $1", [row]);
    expect((await one.cancelRsvp({ rsvpId })).data.cancelRsvp.status).toBe("CANCELLED");
    expect(await counts(manager, event)).toEqual({ going: 0, waiting: 1, limit: 1 });
  });

  test("tells a promotion to nobody who has cancelled since", async () => {
    const { event, manager } = await managed();
    await manager.setRsvpLimit(event.id, 1);
    const [one, waiting] = [as(await a.person()), await a.person()];
    const held = (await one.rsvp({ eventId: event.id })).data.rsvp.rsvp.id;
    const waits = (await as(waiting).rsvp({ eventId: event.id })).data.rsvp.rsvp.id;
    const { services } = server();
    const wake = services.jobs.wake;
    services.jobs.wake = () => undefined;
    await one.cancelRsvp({ rsvpId: held });
    await as(waiting).cancelRsvp({ rsvpId: waits });
    services.jobs.wake = wake;
    expect(await mailsOf(waiting.email)).toEqual([]);
  });
});
