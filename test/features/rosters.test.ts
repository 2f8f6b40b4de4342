import { parse } from "csv-parse/sync";
import { DutyTimes } from "../../src/features/duty/index.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { pastSignupsIn } from "../support/signups.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const signup = pastSignupsIn(world);

const roster = (by: Person | undefined, eventId: string) =>
  as(by).run("query($eventId: ID!) { eventRoster(eventId: $eventId) { csv } }", { eventId });
const named = async (name: string): Promise<Person> => {
  const person = await a.person();
  await as(person).call("updatePeacekeeper", { name, phone: "+16125550123" }, "__typename");
  return person;
};
const csv = async (event: { id: string; slug: string }): Promise<string> =>
  (await roster(await a.coordinator(event), event.id)).data.eventRoster.csv;
const rows = (text: string): Record<string, string>[] => parse(text, { columns: true });

test.each([
  ["nobody", () => undefined, "UNAUTHENTICATED"],
  ["a stranger", () => a.person(), "FORBIDDEN"],
  ["a reporter", (event: { id: string; slug: string }) => a.reporter(event), "FORBIDDEN"],
])("is not for %s", async (_who, by, code) => {
  const event = await a.event();
  expect((await roster(await by(event), event.id)).code).toBe(code);
});

test("says who stands where from when to when, without addresses and numbers, and is noted", async () => {
  const event = await a.event();
  const [early, late] = [
    await a.shift({ event, role: "MEDIC" as never, startsAt: new Date("2026-01-23T17:00:00Z") }),
    await a.shift({ event }),
  ];
  const ada = await named("Ada Lovelace");
  await signup(early, ada, "LEFT_EARLY", { at: new Date("2026-01-23T18:30:00Z") });
  await signup(late, await named("José Núñez, jr."), "CONFIRMED");
  await signup(late, await a.person(), "WAITLISTED");
  await signup(late, await named("Gone"), "RELEASED");
  const text = await csv(event);
  expect(text.split("\r\n")).toEqual([
    "role,starts,ends,time zone,status,name,checked in,left",
    "MEDIC,2026-01-23 11:00,2026-01-23 14:00,America/Chicago,LEFT_EARLY,Ada Lovelace,,2026-01-23 12:30",
    'MARSHAL,2026-01-23 12:00,2026-01-23 14:00,America/Chicago,CONFIRMED,"José Núñez, jr.",,',
    "MARSHAL,2026-01-23 12:00,2026-01-23 14:00,America/Chicago,WAITLISTED,,,",
    "",
  ]);
  expect(text).not.toContain(ada.email);
  const noted = await server().services.db.query("SELECT fields FROM audit_entries WHERE action = 'eventRoster'");
  expect(noted.at(-1)).toEqual({ fields: ["roster"] });
});

test("says when they came and went by their phone's clock, where it was offline", async () => {
  const event = await a.event();
  const id = await signup(await a.shift({ event }), await named("Ada"), "LEFT_EARLY");
  await server().services.db.insert(DutyTimes, {
    signupId: fromGlobalId("ShiftSignup", id, "id"),
    arrivedServer: new Date("2026-01-23T19:40:00Z"),
    arrivedClient: new Date("2026-01-23T18:05:00Z"),
    leftServer: new Date("2026-01-23T19:41:00Z"),
    leftClient: new Date("2026-01-23T19:15:00Z"),
  });
  expect(rows(await csv(event))[0]).toMatchObject({ "checked in": "2026-01-23 12:05", left: "2026-01-23 13:15" });
});

test.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", '"=1', "＝1", 'a "b", c', "two\nlines"])(
  "gives no table program a formula, and each reader one cell, for the name %j",
  async (name) => {
    const event = await a.event();
    await signup(await a.shift({ event }), await named(name), "CONFIRMED");
    const [row] = rows(await csv(event));
    const said = name.trim();
    expect(row!["name"]).toBe(/^[=+\-@＝]/.test(said) ? `'${said}` : said);
    expect(Object.keys(row!)).toHaveLength(8);
  },
);

test("tells the second of an hour that occurs twice from the first", async () => {
  const times = { startsAt: new Date("2026-11-01T06:30:00Z"), endsAt: new Date("2026-11-01T07:30:00Z") };
  const event = await a.event({ ...times, startsOn: "2026-11-01" });
  await signup(await a.shift({ event, ...times }), await a.person(), "CONFIRMED");
  expect(rows(await csv(event))[0]).toMatchObject({ starts: "2026-11-01 01:30", ends: "2026-11-01 01:30 GMT-06:00" });
});
