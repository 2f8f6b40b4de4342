import { forgetSignups } from "../../src/features/shifts/index.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { pastSignupsIn } from "../support/signups.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server } = world;
const signup = pastSignupsIn(world);
const day = 24 * 3_600_000;
const end = new Date("2026-01-23T21:00:00Z").getTime();
beforeEach(() => (clock.now = new Date("2026-01-23T18:00:00Z")));

const left = async (table: string, person: Person): Promise<number> =>
  (await server().services.pool.query(`SELECT 1 FROM ${table} WHERE person_id = $1`, [person.id])).rowCount!;
const forgetAt = async (time: number): Promise<void> => {
  clock.now = new Date(time);
  await forgetSignups(server().services);
};
const attendance = async (by: Person | undefined, id: string) =>
  (
    await as(by).run(
      "query($id: ID!) { node(id: $id) { ... on Shift { taken attendance { completed leftEarly noShow excused releasedLate } } } }",
      { id },
    )
  ).data.node;

test("keeps who signed up until 30 days after the event, then only how many, and the sum of each one's hours", async () => {
  const event = await a.event();
  const shift = await a.shift({ event, taken: 3, confirmed: 3 });
  const people: Person[] = [];
  for (const status of ["COMPLETED", "LEFT_EARLY", "NO_SHOW", "EXCUSED", "RELEASED", "LAPSED"]) {
    const person = await a.person();
    await signup(shift, person, status, { at: new Date("2026-01-23T19:00:00Z"), late: status === "RELEASED" });
    await world
      .server()
      .services.db.query(
        "INSERT INTO event_follows (event_id, person_id, because, since, told_version) VALUES ($1, $2, 'SHIFT', $3, 1)",
        [fromGlobalId("Event", event.id, "id"), person.id, clock.now],
      );
    people.push(person);
  }
  const coordinator = await a.coordinator(event);
  const counts = { completed: 1, leftEarly: 1, noShow: 1, excused: 1, releasedLate: 1 };
  expect(await attendance(coordinator, shift)).toEqual({ taken: 3, attendance: counts });
  for (const who of [undefined, people[0]]) expect((await attendance(who, shift)).attendance).toBeNull();

  await forgetAt(end + 30 * day);
  for (const person of people) expect(await left("shift_signups", person)).toBe(1);
  await forgetAt(end + 30 * day + 1);
  for (const person of people)
    for (const table of ["shift_signups", "event_follows"]) expect(await left(table, person)).toBe(0);
  const { rowCount } = await server().services.pool.query("SELECT 1 FROM signup_steps");
  expect(rowCount).toBe(0);
  clock.now = new Date("2026-01-23T18:00:00Z");
  expect(await attendance(coordinator, shift)).toEqual({ taken: 3, attendance: counts });
  const hours = async (by: Person) => (await as(by).run("{ viewer { hours { shifts minutes } } }")).data.viewer.hours;
  expect(await hours(people[0]!)).toEqual({ shifts: 1, minutes: 120 });
  expect(await hours(people[1]!)).toEqual({ shifts: 1, minutes: 60 });
  expect(await hours(people[2]!)).toEqual({ shifts: 0, minutes: 0 });
});

test("adds what is erased later to the counts and hours that are kept", async () => {
  const [person, shift] = [await a.person(), await a.shift()];
  await signup(shift, person, "COMPLETED");
  await forgetAt(end + 31 * day);
  await signup(shift, await a.person(), "COMPLETED");
  await signup(await a.shift(), person, "COMPLETED");
  await forgetSignups(server().services);
  const { pool } = server().services;
  const of = [fromGlobalId("Shift", shift, "id")];
  expect((await pool.query("SELECT completed FROM shift_tallies WHERE shift_id = $1", of)).rows).toEqual([
    { completed: 2 },
  ]);
  const kept = await pool.query("SELECT shifts, minutes FROM kept_hours WHERE person_id = $1", [person.id]);
  expect(kept.rows).toEqual([{ shifts: 2, minutes: 240 }]);
});

test("keeps who signed up for an event that was put off to a later day", async () => {
  const person = await a.person();
  const later = { startsAt: new Date("2026-03-01T18:00:00Z"), endsAt: new Date("2026-03-01T20:00:00Z") };
  await signup(await a.shift({ event: await a.event({ ...later, startsOn: "2026-03-01" }) }), person, "CONFIRMED");
  await signup(await a.shift(later), person, "CONFIRMED");
  await forgetAt(end + 40 * day);
  expect(await left("shift_signups", person)).toBe(2);
});

test("forgets a profile a year after it was said, or its person stood last, and that somebody is known after two", async () => {
  const [idle, active, waiting] = [await a.person(), await a.person(), await a.person()];
  for (const person of [idle, active, waiting])
    await as(person).call("updatePeacekeeper", { name: "Somebody" }, "__typename");
  const known = await a.person();
  await server().services.db.query(
    "INSERT INTO known_peacekeepers (scope_id, person_id, since) VALUES (gen_random_uuid(), $1, $2)",
    [known.id, clock.now],
  );
  const start = clock.now.getTime();
  await signup(await a.shift({ endsAt: new Date(start + 30 * day) }), active, "COMPLETED");
  const far = { startsAt: new Date(start + 500 * day), endsAt: new Date(start + 501 * day) };
  await signup(await a.shift(far), waiting, "CONFIRMED");
  await forgetAt(start + 365 * day);
  expect(await left("peacekeepers", idle)).toBe(1);
  await forgetAt(start + 365 * day + 1);
  const profiles = async () => Promise.all([idle, active, waiting].map((person) => left("peacekeepers", person)));
  expect(await profiles()).toEqual([0, 1, 1]);
  await forgetAt(start + 395 * day + 1);
  expect(await profiles()).toEqual([0, 0, 1]);
  await forgetAt(start + 730 * day);
  expect(await left("known_peacekeepers", known)).toBe(1);
  await forgetAt(start + 730 * day + 1);
  expect(await left("known_peacekeepers", known)).toBe(0);
});
