import { fromGlobalId } from "../../src/platform/database/ids.js";
import { forgetRsvps } from "../../src/features/rsvps/index.js";
import { type Counts, rsvpsIn } from "../support/rsvps.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server, url } = world;
const { pass, managed, counts, consistent, mailsOf, asked, signedInAs, start } = rsvpsIn(world);

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
