import { randomUUID } from "node:crypto";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { forgetRsvps } from "../../src/features/rsvps/index.js";
import { hastenJobs, jobsDone } from "../support/jobs.js";
import { mailsTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server, folder, url } = openWorld();

const hour = 3_600_000;
const done = (): Promise<void> => jobsDone(server().services);
const newAddress = (): string => `guest-${randomUUID()}@rallygraph.example`;
const pass = (ms: number): void => void (clock.now = new Date(clock.now.getTime() + ms));
const start = clock.now;
afterEach(() => {
  clock.now = start;
});

/** An event with its manager. */
async function managed(fields: object = {}) {
  const manager = await a.person();
  const event = await a.event({ createdByPerson: manager, ...fields });
  return { event, manager: as(manager), row: fromGlobalId("Event", event.id, "id") };
}

type Counts = { going: number; waiting: number; limit: number | null };
const counts = async (manager: ReturnType<typeof as>, event: { id: string }): Promise<Counts> =>
  (await manager.run("query($id: ID!) { event(id: $id) { rsvps { going waiting limit } } }", { id: event.id })).data
    .event.rsvps;

/** Everything that the tables say of an event, against its counter. */
async function consistent(row: string): Promise<void> {
  const [counter] = await server().services.db.query(`SELECT going, waiting FROM rsvp_counters WHERE event_id = $1`, [
    row,
  ]);
  const [summed] = await server().services.db.query(
    `SELECT COALESCE(sum(1 + guests) FILTER (WHERE status = 'GOING'), 0)::int AS going,
       COALESCE(sum(1 + guests) FILTER (WHERE status = 'WAITLISTED'), 0)::int AS waiting FROM rsvps WHERE event_id = $1`,
    [row],
  );
  expect(counter).toEqual(summed);
  const follows = await server().services.db.query(
    `SELECT person_id, because FROM event_follows WHERE event_id = $1 AND because IN ('RSVP', 'WAITLIST') ORDER BY person_id`,
    [row],
  );
  const held = await server().services.db.query(
    `SELECT person_id, CASE status WHEN 'GOING' THEN 'RSVP' ELSE 'WAITLIST' END AS because FROM rsvps
     WHERE event_id = $1 AND status IN ('GOING', 'WAITLISTED') ORDER BY person_id`,
    [row],
  );
  expect(follows).toEqual(held);
}

const mailsOf = async (email: string): Promise<string[]> => {
  await done();
  return (await mailsTo(folder(), email)).map((mail) => mail.replaceAll("=\r\n", ""));
};
const tokenIn = (mail: string | undefined): string => /\/rsvp\/([\w.-]+)/.exec(mail ?? "")![1]!;

/** Asks without an account, and gives the token of the mail. */
async function asked(event: { id: string }, fields: object = {}, email = newAddress()) {
  expect((await as().rsvp({ eventId: event.id, email, ...fields })).code).toBe("OK");
  return { email, token: tokenIn((await mailsOf(email)).at(-1)) };
}

/** A person with this address who signs in. */
async function signedInAs(email: string): Promise<Person> {
  const someone = await a.person();
  await server().services.db.query(
    `UPDATE sessions SET person_id = p.id FROM people p WHERE sessions.person_id = $1 AND p.email_hash = $2`,
    [someone.id, server().services.secrets.fingerprint("email", email)],
  );
  return { ...someone, email };
}

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

describe("without an account", () => {
  test("answers the same whatever the address has, and sends it a mail with its link each time", async () => {
    const { event, manager, row } = await managed();
    const [fresh, pending, going, waiting, cancelled] = await Promise.all(
      Array.from({ length: 5 }, () => asked(event).then(({ email, token }) => ({ email, token }))),
    ).then(async (five) => [{ email: newAddress(), token: "" }, ...five.slice(1)]);
    await as().confirmRsvp(going!.token);
    await as().confirmRsvp(cancelled!.token);
    await as().cancelRsvp({ token: cancelled!.token });
    await manager.setRsvpLimit(event.id, 1);
    await as().confirmRsvp(waiting!.token);
    pass(hour / 2);
    const five = [fresh!, pending!, going!, waiting!, cancelled!];
    const before = await Promise.all(five.map(async ({ email }) => (await mailsOf(email)).length));
    const bodies = [];
    for (const { email } of five) bodies.push((await as().rsvp({ eventId: event.id, guests: 7, email })).body);
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ data: { rsvp: { status: null, rsvp: null } } });
    expect(await Promise.all(five.map(async ({ email }) => (await mailsOf(email)).length))).toEqual(
      before.map((count) => count + 1),
    );
    // Nobody else changes what its owner has confirmed.
    expect(await counts(manager, event)).toEqual({ going: 1, waiting: 1, limit: 1 });
    await consistent(row);
  });

  test("holds no place until it is confirmed; again is harmless", async () => {
    const { event, manager } = await managed();
    const { token } = await asked(event, { guests: 2 });
    expect(await counts(manager, event)).toEqual({ going: 0, waiting: 0, limit: null });
    for (let again = 0; again < 2; again++)
      expect((await as().confirmRsvp(token)).data.confirmRsvp).toMatchObject({ status: "GOING", rsvp: null });
    expect(await counts(manager, event)).toEqual({ going: 3, waiting: 0, limit: null });
  });

  test("cannot be confirmed once the event is deleted, but cancelled", async () => {
    const { event, manager, row } = await managed();
    await manager.setRsvpLimit(event.id, 1);
    const [first, late, waiting] = [await asked(event), await asked(event), await asked(event)];
    await as().confirmRsvp(first.token);
    await as().confirmRsvp(waiting.token);
    await manager.call("deleteEvent", { eventId: event.id, reason: "Made by mistake" }, "removedId");
    expect(await as().confirmRsvp(late.token)).toMatchObject({ code: "CONFLICT", reason: "EVENT_CANCELLED" });
    expect((await as().cancelRsvp({ token: first.token })).data.cancelRsvp.status).toBe("CANCELLED");
    const [counter] = await server().services.db.query("SELECT going, waiting FROM rsvp_counters WHERE event_id = $1", [
      row,
    ]);
    expect(counter).toEqual({ going: 0, waiting: 1 });
  });

  test("lapses after 48 hours", async () => {
    const { event, row } = await managed({
      startsAt: new Date("2026-01-30T17:00:00Z"),
      startsOn: "2026-01-30",
      endsAt: null,
    });
    const { token } = await asked(event);
    const kept = await asked(event);
    await as().confirmRsvp(kept.token);
    pass(48 * hour);
    expect((await as().confirmRsvp(token)).code).toBe("NOT_FOUND");
    expect((await fetch(`${url()}/rsvp/${token}`)).status).toBe(404);
    pass(1);
    await forgetRsvps(server().services);
    expect(await server().services.db.query("SELECT status FROM rsvps WHERE event_id = $1", [row])).toEqual([
      { status: "GOING" },
    ]);
  });

  test("sends one mail in ten minutes, and five an hour to an address, and nothing that is late", async () => {
    const { event } = await managed();
    const { email } = await asked(event);
    for (let again = 0; again < 3; again++) await as().rsvp({ eventId: event.id, email });
    expect(await mailsOf(email)).toHaveLength(1);
    for (let more = 0; more < 6; more++) await as().rsvp({ eventId: (await a.event()).id, email });
    expect(await mailsOf(email)).toHaveLength(5);
    pass(hour + 1);
    await hastenJobs(server().services);
    expect(await mailsOf(email)).toHaveLength(5);
  });

  test("writes no word of the caller to a stranger", async () => {
    const event = await a.event();
    const { email } = await asked(event, { name: "buy-pills.example", showName: true });
    expect((await mailsOf(email)).join()).not.toContain("buy-pills");
  });

  test("takes nothing over from what a stranger said in the name of an address", async () => {
    const { event, manager } = await managed();
    const { email } = await asked(event, { name: "A stranger's joke", showName: true, guests: 20 });
    const owner = as(await signedInAs(email));
    expect((await owner.rsvp({ eventId: event.id })).data.rsvp.rsvp).toMatchObject({ guests: 0, showName: false });
    expect((await counts(manager, event)).going).toBe(1);
  });

  test("belongs to the account of the address once it signs in", async () => {
    const event = await a.event();
    const { email, token } = await asked(event);
    await as().confirmRsvp(token);
    const { data } = await as(await signedInAs(email)).run("{ viewer { rsvps { nodes { status event { id } } } } }");
    expect(data.viewer.rsvps.nodes).toEqual([{ status: "GOING", event: { id: event.id } }]);
  });

  test("cancels by the link for as long as there is an RSVP, also when the event is no longer public", async () => {
    const { event, row, manager } = await managed();
    const { token } = await asked(event);
    await as().confirmRsvp(token);
    await server().services.db.query("UPDATE events SET visibility = 'PRIVATE', title = 'Secret title' WHERE id = $1", [
      row,
    ]);
    expect(await (await fetch(`${url()}/rsvp/${token}`)).text()).not.toContain("Secret title");
    expect((await as().cancelRsvp({ token })).data.cancelRsvp).toEqual({
      status: "CANCELLED",
      rsvp: null,
      event: null,
    });
    expect((await counts(manager, event)).going).toBe(0);
    expect(await as().confirmRsvp(token)).toMatchObject({ code: "CONFLICT", reason: "RSVP_CANCELLED" });
  });

  test("confirms nothing at an event that was cancelled meanwhile", async () => {
    const { event, row } = await managed();
    const { token } = await asked(event);
    await server().services.db.query("UPDATE events SET occurrence = 'CANCELLED' WHERE id = $1", [row]);
    expect(await as().confirmRsvp(token)).toMatchObject({ code: "CONFLICT", reason: "EVENT_CANCELLED" });
  });

  test.each([
    ["CANCELLED", "This event is cancelled"],
    ["POSTPONED", "This event is postponed"],
  ])("says on the page of the link when the event is %s, whatever the RSVP", async (occurrence, heading) => {
    const { event, row } = await managed();
    const { token } = await asked(event);
    await as().confirmRsvp(token);
    await server().services.db.query(
      "UPDATE events SET occurrence = $2, occurrence_reason = 'Ice <b>everywhere</b>' WHERE id = $1",
      [row, occurrence],
    );
    const page = await (await fetch(`${url()}/rsvp/${token}`)).text();
    expect(page).toContain(`<h1>${heading}</h1>`);
    expect(page).toContain("Why: Ice &lt;b&gt;everywhere&lt;/b&gt;");
    expect(page).not.toContain("You are going");
    expect(page).toContain('value="cancel"');
  });

  test("offers no yes on the page of an event that was cancelled, or is no longer shown", async () => {
    const { event, row } = await managed();
    const { token } = await asked(event);
    const page = async (): Promise<string> => (await fetch(`${url()}/rsvp/${token}`)).text();
    expect(await page()).toContain('value="confirm"');
    await server().services.db.query("UPDATE events SET occurrence = 'CANCELLED' WHERE id = $1", [row]);
    expect(await page()).not.toContain('value="confirm"');
    await server().services.db.query("UPDATE events SET visibility = 'PRIVATE' WHERE id = $1", [row]);
    expect(await page()).not.toContain('value="confirm"');
    expect(await page()).toContain("no longer there");
  });

  test("confirms and cancels on the page of the link by its buttons; looking changes nothing", async () => {
    const { event, manager } = await managed();
    const { token } = await asked(event, { guests: 1 });
    const link = `${url()}/rsvp/${token}`;
    const press = async (act: string): Promise<string> =>
      (await fetch(link, { method: "POST", body: new URLSearchParams({ act }) })).text();
    for (let look = 0; look < 2; look++) {
      const page = await (await fetch(link)).text();
      expect(page).toContain("You and 1 guest.");
      expect(page).toContain('value="confirm"');
    }
    await press("nothing we know");
    expect((await counts(manager, event)).going).toBe(0);
    expect(await press("confirm")).toContain("You are going");
    expect((await counts(manager, event)).going).toBe(2);
    expect(await press("cancel")).toContain("Your RSVP is cancelled");
    expect(await press("confirm")).toContain("RSVP once more");
    expect((await counts(manager, event)).going).toBe(0);
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

describe("those who manage the event", () => {
  test("and nobody else see the counts: in SQL exactly as the policy says", async () => {
    const [campaign, host, invited] = [await a.campaign(), await a.organization(), await a.organization()];
    const creator = await a.member(host);
    const event = await a.event({ campaign, host, createdByPerson: creator });
    await a.invited(event, invited);
    const managers = [creator, await a.admin(host), await a.staff(campaign)];
    const others = [
      await a.member(host),
      await a.admin(invited),
      await a.staff(await a.campaign()),
      await a.coordinator(event),
      await a.reporter(event),
      await a.person(),
    ];
    for (const [people, code, shown] of [
      [managers, "OK", { going: 0, waiting: 0, limit: 7 }],
      [others, "FORBIDDEN", null],
    ] as const)
      for (const person of people) {
        expect((await as(person).setRsvpLimit(event.id, 7)).code).toBe(code);
        expect(await counts(as(person), event)).toEqual(shown);
      }
  });

  const ask = `query($id: ID!, $first: Int, $after: String) { eventRsvps(eventId: $id, first: $first, after: $after) {
    nodes { name guests status since } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;

  test("see names only of those who agreed, no address, and leave a trace", async () => {
    const { event, manager, row } = await managed();
    for (const [name, showName] of [
      ["Ana", true],
      ["Ben", false],
      [undefined, true],
    ] as const) {
      pass(1_000);
      await as(await a.person()).rsvp({ eventId: event.id, guests: 1, name, showName });
    }
    await asked(event, { name: "Not confirmed", showName: true });
    const { data, body } = await manager.run(ask, { id: event.id });
    expect(
      data.eventRsvps.nodes.map(
        ({ name, guests, status }: Counts & { name: string; guests: number; status: string }) => [name, guests, status],
      ),
    ).toEqual([
      ["Ana", 1, "GOING"],
      [null, 1, "GOING"],
      [null, 1, "GOING"],
    ]);
    expect(JSON.stringify(body)).not.toContain("@");
    const trail = await server().services.db.query(
      "SELECT action FROM audit_entries WHERE subject_id = $1 AND action = 'eventRsvps'",
      [row],
    );
    expect(trail).toHaveLength(1);
  });

  test("read since when exactly as its owner does", async () => {
    const { event, manager } = await managed();
    const person = as(await a.person());
    for (const ms of [0, 50, 500]) {
      clock.now = new Date(start.getTime() + ms);
      const rsvpId = (await person.rsvp({ eventId: event.id })).data.rsvp.rsvp.id as string;
      const own = (await person.run("query($id: ID!) { event(id: $id) { viewerRsvp { since } } }", { id: event.id }))
        .data.event.viewerRsvp;
      const ask = "query($id: ID!) { eventRsvps(eventId: $id) { nodes { since } } }";
      expect((await manager.run(ask, { id: event.id })).data.eventRsvps.nodes).toEqual([own]);
      await person.cancelRsvp({ rsvpId });
    }
  });

  test("read them in pages that stay right, and are refused a cursor of another event", async () => {
    const { event, manager } = await managed();
    const sent: string[] = [];
    for (let number = 0; number < 5; number++) {
      pass(1_000);
      sent.push(`Name ${number}`);
      await as(await a.person()).rsvp({ eventId: event.id, name: sent.at(-1), showName: true });
    }
    const read: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      const {
        eventRsvps,
      }: { eventRsvps: { nodes: { name: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } } = (
        await manager.run(ask, { id: event.id, first: 2, after })
      ).data;
      read.push(...eventRsvps.nodes.map(({ name }) => name));
      expect(eventRsvps.pageInfo.hasNextPage).toBe(page < 2);
      after = eventRsvps.pageInfo.endCursor;
    }
    expect(read).toEqual(sent);
    const other = await managed();
    expect((await other.manager.run(ask, { id: other.event.id, after })).reason).toBe("CURSOR_INVALID");
    const [hash] = Buffer.from(after!, "base64").toString().split("~");
    const forged = Buffer.from(`${hash}~yesterday~7`).toString("base64");
    expect((await manager.run(ask, { id: event.id, after: forged })).reason).toBe("CURSOR_INVALID");
    expect((await manager.run(ask, { id: event.id, first: 101 })).reason).toBe("PAGE_SIZE");
  });

  test("are told live how many come; nobody else is", async () => {
    const { event, manager } = await managed();
    const watch =
      "subscription($id: ID!) { rsvpsChanged(eventId: $id) { kind position event { id rsvps { going } } } }";
    const listening = await manager.listen(watch, { id: event.id });
    const stranger = await as(await a.person()).listen(watch, { id: event.id });
    const after = (await as().run("{ position }")).data.position;
    await as(await a.person()).rsvp({ eventId: event.id, guests: 2 });
    const message = await listening.until(({ event: told }) => told?.rsvps.going === 3);
    expect(message).toMatchObject({ kind: "UPDATED", event: { id: event.id } });
    expect(stranger.messages).toEqual([]);
    await Promise.all([listening.stop(), stranger.stop()]);
    const { data } = await manager.run("query($since: String!) { changes(since: $since) { changes { topic } } }", {
      since: after,
    });
    expect(data.changes.changes).not.toContainEqual({ topic: "RSVP" });
  });
});

describe("the exact place", () => {
  const ask = "query($id: ID!) { event(id: $id) { location { precision venue } } }";
  const hidden = { venue: "Basement of the church", locationPrecision: "CITY" };

  test("after an RSVP is shown to those who go, where hosts say so, and to nobody who waits, asks or has cancelled", async () => {
    const { event, manager } = await managed({ ...hidden, exactAfterRsvp: true });
    const venueFor = async (caller: ReturnType<typeof as>) =>
      (await caller.run(ask, { id: event.id })).data.event.location.venue as string | null;
    const [person, waiting] = [as(await a.person()), as(await a.person())];
    expect(await venueFor(person)).toBeNull();
    const rsvpId = (await person.rsvp({ eventId: event.id })).data.rsvp.rsvp.id;
    expect(await venueFor(person)).toBe(hidden.venue);
    await manager.setRsvpLimit(event.id, 1);
    await waiting.rsvp({ eventId: event.id });
    pass(1_000);
    await waiting.followEvent(event.id);
    const { email, token } = await asked(event);
    const byMail = as(await signedInAs(email));
    for (const caller of [as(), waiting, byMail]) expect(await venueFor(caller)).toBeNull();
    await as().confirmRsvp(token);
    expect(await venueFor(byMail)).toBeNull();
    await person.cancelRsvp({ rsvpId });
    expect(await venueFor(person)).toBeNull();
    expect(await venueFor(waiting)).toBe(hidden.venue);
    expect(await venueFor(byMail)).toBeNull();
  });

  test("is told to those who go on the page of their link, and in the letter that lets them in; not before", async () => {
    const { event, manager } = await managed({ ...hidden, exactAfterRsvp: true });
    const page = async (token: string) => (await fetch(`${url()}/rsvp/${token}`)).text();
    const guest = await asked(event);
    expect(await page(guest.token)).toContain("Where: Minneapolis, MN");
    await as().confirmRsvp(guest.token);
    expect(await page(guest.token)).toContain(hidden.venue);
    await manager.setRsvpLimit(event.id, 1);
    const waiting = await asked(event);
    await as().confirmRsvp(waiting.token);
    expect(await page(waiting.token)).not.toContain(hidden.venue);
    await manager.setRsvpLimit(event.id, 2);
    const [before, promoted] = await mailsOf(waiting.email);
    expect([before!.includes(hidden.venue), promoted!.includes(hidden.venue)]).toEqual([false, true]);
    await as().cancelRsvp({ token: guest.token });
    expect(await page(guest.token)).not.toContain(hidden.venue);
  });

  test("stays hidden from those who go where hosts do not say so", async () => {
    const { event } = await managed(hidden);
    const person = as(await a.person());
    await person.rsvp({ eventId: event.id });
    expect((await person.run(ask, { id: event.id })).data.event.location).toEqual({ precision: "CITY", venue: null });
  });
});

test("never counts an RSVP as turnout", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const ask = `query($e: ID!, $c: ID!) { event(id: $e) { turnout { low high reporting scheduled } }
    node(id: $c) { ... on Campaign { turnout { low high reporting scheduled } } } }`;
  const turnout = async () => (await as().run(ask, { e: event.id, c: campaign.id })).data;
  const before = await turnout();
  for (let number = 0; number < 3; number++) await as(await a.person()).rsvp({ eventId: event.id, guests: 20 });
  expect(before.event.turnout).toMatchObject({ low: null, reporting: 0, scheduled: 1 });
  expect(await turnout()).toEqual(before);
});

test("erases names and cancelled RSVPs 30 days after the event, and keeps the counts", async () => {
  const { event, manager, row } = await managed();
  await as(await a.person()).rsvp({ eventId: event.id, guests: 1, name: "Ana", showName: true });
  const gone = as(await a.person());
  await gone.cancelRsvp({ rsvpId: (await gone.rsvp({ eventId: event.id })).data.rsvp.rsvp.id });
  const kept = () =>
    server().services.db.query(
      "SELECT status, name_sealed IS NOT NULL AS named FROM rsvps WHERE event_id = $1 ORDER BY status",
      [row],
    );
  clock.now = new Date("2026-02-22T20:59:59Z");
  await forgetRsvps(server().services);
  expect(await kept()).toEqual([
    { status: "CANCELLED", named: false },
    { status: "GOING", named: true },
  ]);
  clock.now = new Date("2026-02-22T21:00:01Z");
  await forgetRsvps(server().services);
  expect(await kept()).toEqual([{ status: "GOING", named: false }]);
  clock.now = start;
  expect((await counts(manager, event)).going).toBe(2);
});

describe("a merge", () => {
  const merge = `mutation($from: ID!, $into: ID!) { mergeEvent(input: { eventId: $from, intoEventId: $into }) { event { id } } }`;

  test("moves RSVPs to the event that stays, of one person the larger party, and loses none", async () => {
    const [campaign, manager] = [await a.campaign(), await a.person()];
    const [from, into] = [
      await a.event({ campaign, createdByPerson: manager }),
      await a.event({ campaign, createdByPerson: manager }),
    ];
    const [both, larger, late, here] = await Promise.all(Array.from({ length: 4 }, async () => as(await a.person())));
    await as(manager).setRsvpLimit(from.id, 8);
    await as(manager).setRsvpLimit(into.id, 9);
    await both!.rsvp({ eventId: from.id, guests: 1 });
    await both!.rsvp({ eventId: into.id, guests: 3 });
    await larger!.rsvp({ eventId: from.id, guests: 4 });
    await larger!.rsvp({ eventId: into.id });
    await late!.rsvp({ eventId: from.id, guests: 2 });
    await here!.rsvp({ eventId: into.id });
    const { token, email } = await asked(from, { guests: 1 });
    await as().confirmRsvp(token);
    await asked(into, {}, email);
    expect((await as(manager).run(merge, { from: from.id, into: into.id })).code).toBe("OK");
    expect(await counts(as(manager), into)).toEqual({ going: 10, waiting: 5, limit: 9 });
    const partyOf = async (caller: ReturnType<typeof as>) => {
      const ask = "query($id: ID!) { event(id: $id) { viewerRsvp { status guests } } }";
      return (await caller.run(ask, { id: from.id })).data.event.viewerRsvp;
    };
    expect(await partyOf(both!)).toEqual({ status: "GOING", guests: 3 });
    expect(await partyOf(larger!)).toEqual({ status: "GOING", guests: 4 });
    await consistent(fromGlobalId("Event", into.id, "id"));
    expect((await as().cancelRsvp({ token })).data.cancelRsvp).toMatchObject({
      status: "CANCELLED",
      event: { id: into.id },
    });
    await consistent(fromGlobalId("Event", into.id, "id"));
  });

  test("loses nobody who comes while it happens", async () => {
    const [campaign, manager] = [await a.campaign(), await a.person()];
    const [from, into] = [
      await a.event({ campaign, createdByPerson: manager }),
      await a.event({ campaign, createdByPerson: manager }),
    ];
    const people = await Promise.all(Array.from({ length: 20 }, async () => as(await a.person())));
    const coming = people.map((person, index) => person.rsvp({ eventId: (index % 2 ? from : into).id }));
    const [merged, ...replies] = await Promise.all([
      as(manager).run(merge, { from: from.id, into: into.id }),
      ...coming,
    ]);
    expect([merged.code, ...new Set(replies.map(({ code }) => code))]).toEqual(["OK", "OK"]);
    expect(await counts(as(manager), into)).toEqual({ going: 20, waiting: 0, limit: null });
    await consistent(fromGlobalId("Event", into.id, "id"));
  });
});

describe("following", () => {
  const followsOf = (person: Person, event: { id: string }): Promise<{ because: string; told_version: number }[]> =>
    server().services.db.query(
      "SELECT because, told_version FROM event_follows WHERE person_id = $1 AND event_id = $2 ORDER BY because",
      [person.id, fromGlobalId("Event", event.id, "id")],
    );

  test("is for those who are signed in, and for events that they may see", async () => {
    const draft = await a.event({ review: "DRAFT" as never });
    expect((await as().followEvent((await a.event()).id)).code).toBe("UNAUTHENTICATED");
    expect((await as(await a.person()).followEvent(draft.id)).code).toBe("NOT_FOUND");
  });

  test("begins at the present version, and ends; again is harmless", async () => {
    const { event, row } = await managed();
    await server().services.db.query("UPDATE events SET version = 4 WHERE id = $1", [row]);
    const person = await a.person();
    for (let again = 0; again < 2; again++)
      expect((await as(person).followEvent(event.id)).data.followEvent.event.viewerFollows).toBe(true);
    expect(await followsOf(person, event)).toEqual([{ because: "FOLLOW", told_version: 4 }]);
    expect(
      (await as().run("query($id: ID!) { event(id: $id) { viewerFollows } }", { id: event.id })).data.event,
    ).toEqual({
      viewerFollows: false,
    });
    for (let again = 0; again < 2; again++)
      expect((await as(person).unfollowEvent(event.id)).data.unfollowEvent.event.viewerFollows).toBe(false);
    expect(await followsOf(person, event)).toEqual([]);
  });

  test("for another reason goes on from the version that was told", async () => {
    const { event, row } = await managed();
    const person = await a.person();
    await as(person).followEvent(event.id);
    await server().services.db.query("UPDATE events SET version = 9 WHERE id = $1", [row]);
    await as(person).rsvp({ eventId: event.id });
    expect(await followsOf(person, event)).toEqual([
      { because: "FOLLOW", told_version: 1 },
      { because: "RSVP", told_version: 1 },
    ]);
  });

  test("comes with shifts and roles, and ends with the last of them", async () => {
    const { event, manager } = await managed();
    const person = await a.person();
    const at = (from: number) =>
      a.shift({
        event,
        startsAt: new Date(Date.UTC(2026, 0, 23, from)),
        endsAt: new Date(Date.UTC(2026, 0, 23, from + 1)),
      });
    const [one, other] = [await at(19), await at(20)];
    const reasons = async () => (await followsOf(person, event)).map(({ because }) => because);
    await as(person).claimShift(one);
    await as(person).claimShift(other);
    await as(person).releaseShift(one);
    expect(await reasons()).toEqual(["SHIFT"]);
    await as(person).releaseShift(other);
    expect(await reasons()).toEqual([]);
    const role = (name: string, which: string) =>
      manager.run(`mutation($input: EventRoleInput!) { ${name}(input: $input) { event { id } } }`, {
        input: { eventId: event.id, email: person.email, role: which },
      });
    await role("assignEventRole", "COORDINATOR");
    await role("assignEventRole", "REPORTER");
    await role("removeEventRole", "COORDINATOR");
    expect(await reasons()).toEqual(["ROLE"]);
    await role("removeEventRole", "REPORTER");
    expect(await reasons()).toEqual([]);
  });
});

// The last, because it uses up what this caller may ask in a minute.
test("answers one caller without an account 120 times a minute", async () => {
  const gone = `event_${"0".repeat(32)}`;
  const codes = new Set<string>();
  for (let call = 0; call < 121; call++) codes.add((await as().rsvp({ eventId: gone, email: newAddress() })).code);
  expect([...codes]).toEqual(["NOT_FOUND", "RATE_LIMITED"]);
  expect((await as(await a.person()).rsvp({ eventId: gone })).code).toBe("NOT_FOUND");
});

test("letters to those who come tell them how to cancel, and to others nothing of it", async () => {
  const { event, manager, row } = await managed({ title: "Rally at the river" });
  const [comes, follows] = [await a.person(), await a.person()];
  await as(comes).call("rsvp", { eventId: event.id }, "__typename");
  await as(follows).call("followEvent", { eventId: event.id }, "__typename");
  await manager.call("cancelEvent", { eventId: event.id, reason: "Ice" });
  const [told] = await mailsOf(comes.email);
  expect(told).toContain("Subject: Cancelled: Rally at the river");
  expect(told).toContain("/rsvp/");
  expect((await mailsOf(follows.email))[0]).not.toContain("/rsvp/");
  await consistent(row);
});
