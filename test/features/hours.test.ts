import { DutyTimes } from "../../src/features/duty/index.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { pastSignupsIn } from "../support/signups.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const signup = pastSignupsIn(world);

const hours = async (by: Person) => (await as(by).run("{ viewer { hours { shifts minutes } } }")).data.viewer.hours;
const ofOrganization = async (by: Person | undefined, slug: string) =>
  (
    await as(by).run(
      "query($slug: String!) { organization(slug: $slug) { peacekeeperHours { people shifts minutes } } }",
      {
        slug,
      },
    )
  ).data.organization.peacekeeperHours;

test("counts what was completed, and what was left early until then, and nothing else", async () => {
  const person = await a.person();
  expect(await hours(person)).toEqual({ shifts: 0, minutes: 0 });
  await signup(await a.shift(), person, "COMPLETED");
  const evening = { startsAt: new Date("2026-01-23T20:00:00Z"), endsAt: new Date("2026-01-23T22:00:00Z") };
  await signup(await a.shift(evening), person, "LEFT_EARLY", { at: new Date("2026-01-23T20:50:00Z") });
  for (const status of ["RELEASED", "NO_SHOW", "EXCUSED", "LAPSED"]) await signup(await a.shift(), person, status);
  expect(await hours(person)).toEqual({ shifts: 2, minutes: 170 });
});

test.each([
  ["before it began", "2026-01-23T17:00:00Z", 0],
  ["after its end", "2026-01-23T21:00:00Z", 120],
])("counts a shift that was noted as left %s within its hours", async (_when, at, minutes) => {
  const person = await a.person();
  await signup(await a.shift(), person, "LEFT_EARLY", { at: new Date(at) });
  expect(await hours(person)).toEqual({ shifts: 1, minutes });
});

const at = (time: string): Date => new Date(`2026-01-23T${time}Z`);
test.each([
  ["COMPLETED", "later than it began", { arrivedServer: at("18:20:00"), arrivedClient: null }, 100],
  [
    "COMPLETED",
    "early, by the clock of their phone",
    { arrivedServer: at("19:30:00"), arrivedClient: at("17:40:00") },
    120,
  ],
  [
    "LEFT_EARLY",
    "in time, and left before we heard of it",
    { arrivedServer: at("18:00:00"), leftServer: at("19:50:00"), leftClient: at("19:00:00") },
    60,
  ],
])("counts from when they came until they left: %s, came %s", async (status, _how, times, minutes) => {
  const person = await a.person();
  const id = await signup(await a.shift(), person, status, { at: at("19:50:00") });
  await server().services.db.insert(DutyTimes, { signupId: fromGlobalId("ShiftSignup", id, "id"), ...times });
  expect(await hours(person)).toEqual({ shifts: 1, minutes });
});

test("sums them up for an organization's admins, where three or more have stood, and for nobody else", async () => {
  const union = await a.organization();
  const [admin, member] = [await a.admin(union), await a.member(union)];
  const shift = await a.shift();
  await signup(shift, admin, "COMPLETED");
  await signup(shift, member, "COMPLETED");
  await signup(shift, await a.person(), "COMPLETED");
  await signup(shift, await a.member(union), "NO_SHOW");
  expect(await ofOrganization(admin, union.slug)).toBeNull();
  await signup(shift, await a.owner(union), "COMPLETED");
  expect(await ofOrganization(admin, union.slug)).toEqual({ people: 3, shifts: 3, minutes: 360 });
  for (const other of [undefined, member, await a.person()]) expect(await ofOrganization(other, union.slug)).toBeNull();
});
