import { forgetRsvps } from "../../src/features/rsvps/index.js";
import { hastenJobs } from "../support/jobs.js";
import { hour, rsvpsIn } from "../support/rsvps.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, as, server, url } = world;
const { newAddress, pass, managed, counts, consistent, mailsOf, asked, signedInAs } = rsvpsIn(world);

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

// The last, because it uses up what this caller may ask in a minute.
test("answers one caller without an account 120 times a minute", async () => {
  const gone = `event_${"0".repeat(32)}`;
  const codes = new Set<string>();
  for (let call = 0; call < 121; call++) codes.add((await as().rsvp({ eventId: gone, email: newAddress() })).code);
  expect([...codes]).toEqual(["NOT_FOUND", "RATE_LIMITED"]);
  expect((await as(await a.person()).rsvp({ eventId: gone })).code).toBe("NOT_FOUND");
});
