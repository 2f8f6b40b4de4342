import { writeFile } from "node:fs/promises";
import { zoneBlock } from "../../src/features/calendars/calendar.feed.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { localDate } from "../../src/platform/time.js";
import { type Appointment, byIcalJs, byNodeIcal } from "../support/calendars.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld({ LOG_LEVEL: "trace" });
const { a, as, clock, lines, server } = world;
beforeEach(() => (clock.now = new Date("2026-01-20T12:00:00Z")));

const make = async (by: Person, more: object = {}): Promise<string> => {
  const { data } = await as(by).call("makeCalendarLink", more, "url");
  return world.url() + new URL(data.makeCalendarLink.url).pathname;
};
const read = async (url: string): Promise<string> => (await fetch(url)).text();
const shown = async (url: string): Promise<Appointment[]> => {
  const text = await read(url);
  const list = byIcalJs(text);
  expect(byNodeIcal(text)).toEqual(list);
  return list;
};
const one = async (url: string): Promise<Appointment> => {
  const list = await shown(url);
  expect(list).toHaveLength(1);
  return list[0]!;
};
const set = (table: string, type: string, id: string, values: object): Promise<unknown> =>
  server()
    .services.db.createQueryBuilder()
    .update(table)
    .set(values)
    .where("id = :id", { id: fromGlobalId(type, id, "id") })
    .execute();
const claimed = async (by: Person, shiftId: string): Promise<string> => {
  const { data, message } = await as(by).claimShift(shiftId);
  if (!data) throw new Error(message);
  return data.claimShift.signup.id;
};

test("is for those who are signed in", async () => {
  expect((await as().call("makeCalendarLink", {}, "url")).code).toBe("UNAUTHENTICATED");
  expect((await as().call("removeCalendarLink", {}, "removed")).code).toBe("UNAUTHENTICATED");
});

test.each(["none.ics", `${"a".repeat(43)}.ics`, "a".repeat(43), `${"a".repeat(44)}.ics`, "%00.ics"])(
  "says of the address /calendar/%s that there is no such calendar",
  async (file) => {
    const reply = await fetch(`${world.url()}/calendar/${file}`);
    expect([reply.status, await reply.text()]).toEqual([404, "There is no such calendar.\n"]);
  },
);

test("opens by the newest address only, which is kept as a hash alone, and by none once it is removed", async () => {
  const person = await a.person();
  const link = async () => (await as(person).run("{ viewer { calendarLink { madeAt } } }")).data.viewer.calendarLink;
  expect(await link()).toBeNull();
  const first = await make(person);
  expect((await fetch(first)).status).toBe(200);
  expect(await link()).toEqual({ madeAt: "2026-01-20T12:00:00+00:00" });
  const key = { idempotencyKey: "the-same-again" };
  const [second, again] = [await make(person, key), await make(person, key)];
  expect(again).toBe(second);
  expect([(await fetch(first)).status, (await fetch(second)).status]).toEqual([404, 200]);
  const kept = JSON.stringify(await server().services.db.query("SELECT * FROM calendar_links, idempotency_keys"));
  expect(kept).not.toContain(/([\w-]{43})\.ics/.exec(second)![1]);
  for (let n = 0; n < 2; n++)
    expect((await as(person).call("removeCalendarLink", {}, "removed")).data.removeCalendarLink.removed).toBe(true);
  expect((await fetch(second)).status).toBe(404);
  expect(await link()).toBeNull();
});

test("keeps its address out of caches, referrers, indexes and the log, and answers 304 until something is different", async () => {
  const person = await a.peacekeeper();
  const url = await make(person);
  const reply = await fetch(url);
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    "content-type": "text/calendar; charset=utf-8",
    "cache-control": "private, no-cache",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
  });
  const ask = () => fetch(url, { headers: { "if-none-match": `W/"x", ${reply.headers.get("etag")}` } });
  expect((await ask()).status).toBe(304);
  await claimed(person, await a.shift());
  expect((await ask()).status).toBe(200);
  expect(lines.join()).not.toContain(url.split("/").at(-1)!.slice(0, 43));
});

test("answers so many requests a minute, and says that it is too many", async () => {
  const url = await make(await a.person());
  const codes: number[] = [];
  for (let n = 0; n < 31; n++) codes.push((await fetch(url)).status);
  expect(codes.filter((code) => code === 200)).toHaveLength(30);
  expect(codes.at(-1)).toBe(429);
});

test("shows a place that is asked for as tentative, without what is for those who stand there", async () => {
  const newcomer = await a.person();
  const event = await a.event({
    title: "A vigil",
    locationPrecision: "CITY" as never,
    venue: "The hall",
    addressLines: ["1 Hidden Street"],
  });
  const shift = await a.shift({ event, checkInPoint: "The blue tent", instructions: "Wear a vest." });
  const id = await claimed(newcomer, shift);
  const url = await make(newcomer);
  const before = await one(url);
  expect(before).toMatchObject({
    uid: `${id}@127.0.0.1`,
    status: "TENTATIVE",
    summary: "[NOT CONFIRMED YET] Marshal: A vigil",
    location: "Minneapolis, MN",
    description: "A coordinator has to confirm your place.",
    startsAt: "2026-01-23T18:00:00.000Z",
    endsAt: "2026-01-23T20:00:00.000Z",
  });
  clock.now = new Date("2026-01-20T13:00:00Z");
  await as(await a.coordinator(event)).call("confirmSignup", { signupId: id }, "__typename");
  const after = await one(url);
  expect(after).toMatchObject({
    uid: before.uid,
    status: "CONFIRMED",
    summary: "Marshal: A vigil",
    location: "The hall, 1 Hidden Street, Minneapolis, MN",
    description: "Check in: The blue tent\n\nWear a vest.",
  });
  expect(after.sequence).toBeGreaterThan(before.sequence);
  expect(await read(url)).toContain("LAST-MODIFIED:20260120T130000Z");
  await as(newcomer).releaseShift(shift);
  expect(await shown(url)).toEqual([]);
});

test("shows the place in line not at all, and an offer as tentative, with its deadline", async () => {
  const [first, second] = [await a.peacekeeper(), await a.peacekeeper()];
  const shiftId = await a.shift({ capacity: 1 });
  await claimed(first, shiftId);
  await as(second).call("claimShift", { shiftId, joinWaitlist: true }, "__typename");
  const url = await make(second);
  expect(await shown(url)).toEqual([]);
  await as(first).releaseShift(shiftId);
  expect(await one(url)).toMatchObject({
    status: "TENTATIVE",
    summary: expect.stringMatching(/^\[OFFERED\] Marshal: /),
  });
  expect((await one(url)).description).toMatch(/^The place is kept for you until Wednesday, January 21, 2026 at/);
});

test("says of what is called off that it is, and keeps it: nobody should go there", async () => {
  const [holder, other, staff] = [await a.peacekeeper(), await a.peacekeeper(), await a.person()];
  const campaign = await a.campaign();
  await a.staff(campaign, staff);
  const event = await a.event({ campaign, title: "A march" });
  const shift = await a.shift({ event });
  for (const one of [holder, other]) await claimed(one, shift);
  const [url, others] = [await make(holder), await make(other)];
  const { sequence } = await one(url);
  await as(other).releaseShift(shift);
  await as(staff).call("postponeEvent", { eventId: event.id }, "__typename");
  expect(await one(url)).toMatchObject({ summary: "[POSTPONED] Marshal: A march", status: "CONFIRMED" });
  await as(staff).call("cancelEvent", { eventId: event.id, reason: "Ice" }, "__typename");
  const cancelled = await one(url);
  expect(cancelled).toMatchObject({ summary: "[CANCELLED] Marshal: A march", status: "CONFIRMED" });
  expect(cancelled.sequence).toBeGreaterThan(sequence);
  expect(await read(url)).toContain("TRANSP:TRANSPARENT");
  expect(await shown(others)).toEqual([]);
  clock.now = new Date("2026-02-22T19:59:59Z");
  expect(await shown(url)).toHaveLength(1);
  clock.now = new Date("2026-02-22T20:00:00Z");
  expect(await shown(url)).toEqual([]);
});

test("does not name what its owner may no longer see, and numbers no lower what goes to another event", async () => {
  const [holder, staff, campaign] = [await a.peacekeeper(), await a.person(), await a.campaign()];
  await a.staff(campaign, staff);
  const [event, into] = [
    await a.event({ campaign, title: "A march" }),
    await a.event({ campaign, title: "The march" }),
  ];
  await claimed(holder, await a.shift({ event, checkInPoint: "The tent" }));
  const url = await make(holder);
  for (const version of [1, 2, 3])
    await as(staff).call("editEvent", { eventId: event.id, version, whatToBring: String(version) }, "__typename");
  const { sequence } = await one(url);
  await as(staff).call("mergeEvent", { eventId: event.id, intoEventId: into.id }, "__typename");
  const merged = await one(url);
  expect(merged.summary).toBe("Marshal: The march");
  expect(merged.sequence).toBeGreaterThan(sequence);
  await set("events", "Event", into.id, { visibility: "PRIVATE" });
  expect(await one(url)).toMatchObject({
    summary: "Marshal: an event that you may no longer see",
    location: null,
    description: null,
  });
});

test("keeps whatever is said in it a text: no line of it becomes one of the calendar's", async () => {
  const title = `"She said; no,\\ never" ${"🎺🏳️‍🌈".repeat(30)}`;
  const instructions = "Come early\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Stay away; at home\n\tX:1";
  const holder = await a.peacekeeper();
  await claimed(holder, await a.shift({ event: await a.event({ title }), instructions }));
  const url = await make(holder);
  const only = await one(url);
  expect(only.summary).toBe(`Marshal: ${title}`);
  expect(only.description).toBe(instructions);
  const text = await read(url);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

test("says the right instants to each reader, where clocks go forward and back, where they never do, and in all zones at once", async () => {
  const holder = await a.peacekeeper();
  const hours: [city: string, startsAt: string, endsAt: string][] = [
    // 01:00 to 04:00 lasts two hours.
    ["chicago-il", "2026-03-08T07:00:00.000Z", "2026-03-08T09:00:00.000Z"],
    // 00:00 to 03:00 lasts four.
    ["chicago-il", "2026-11-01T05:00:00.000Z", "2026-11-01T09:00:00.000Z"],
    // To the second 01:30 of that night.
    ["denver-co", "2027-11-07T06:00:00.000Z", "2027-11-07T08:30:00.000Z"],
    ["phoenix-az", "2026-07-01T17:00:00.000Z", "2026-07-01T19:00:00.000Z"],
    ["new-york-ny", "2026-06-14T16:00:00.000Z", "2026-06-14T18:00:00.000Z"],
    ["los-angeles-ca", "2026-06-18T05:00:00.000Z", "2026-06-18T09:00:00.000Z"],
    ["honolulu-hi", "2026-06-22T05:00:00.000Z", "2026-06-22T09:00:00.000Z"],
    ["anchorage-ak", "2026-12-16T05:00:00.000Z", "2026-12-16T09:00:00.000Z"],
  ];
  for (const [city, from, to] of hours) {
    const times = { startsAt: new Date(from), endsAt: new Date(to) };
    const startsOn = localDate(times.startsAt, (await a.city(city)).timeZone);
    await claimed(holder, await a.shift({ event: await a.event({ city, startsOn, ...times }), ...times }));
  }
  const url = await make(holder);
  const right = hours.map(([, startsAt, endsAt]) => ({ startsAt, endsAt }));
  right.sort((one, other) => one.startsAt.localeCompare(other.startsAt));
  const text = await read(url);
  expect((await shown(url)).map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))).toEqual(right);
  expect(text).toContain("DTSTART;TZID=America/Chicago:20260308T010000\r\nDTEND;TZID=America/Chicago:20260308T040000");
  expect(text).toContain("DTSTART;TZID=America/Chicago:20261101T000000\r\nDTEND;TZID=America/Chicago:20261101T030000");
  expect(text).toContain("DTSTART:20271107T060000Z\r\nDTEND:20271107T083000Z");
  expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(6);
  if (process.env["KEEP_CALENDAR"]) await writeFile(process.env["KEEP_CALENDAR"], text);
});

test("knows the clocks of every zone that a city is in", async () => {
  const zones: { time_zone: string }[] = await server().services.db.query("SELECT DISTINCT time_zone FROM cities");
  expect(zones.length).toBeGreaterThan(20);
  expect(zones.map(({ time_zone }) => time_zone).filter((zone) => !zoneBlock(zone))).toEqual([]);
});

test("goes with its owner", async () => {
  const person = await a.person();
  const url = await make(person);
  await server().services.db.query("DELETE FROM people WHERE id = $1", [person.id]);
  expect((await fetch(url)).status).toBe(404);
});
