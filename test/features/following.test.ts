import { fromGlobalId } from "../../src/platform/database/ids.js";
import { rsvpsIn } from "../support/rsvps.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const { managed } = rsvpsIn(world);

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
    const person = await a.peacekeeper();
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
