import { openWorld, type Person } from "../support/world.js";

const { a, as } = openWorld();

const fields = "id version startsOn startsAt endsAt timeZone";
const iso = (instant: string | null): string | null => instant && new Date(instant).toISOString();

let host: Person;
let campaign: { id: string; slug: string };
beforeAll(async () => {
  host = await a.person();
  campaign = await a.campaign();
});

interface Times {
  id: string;
  version: number;
  startsOn: string;
  startsAt: string | null;
  endsAt: string | null;
  timeZone: string;
}

const told = (event: Times): Times => ({ ...event, startsAt: iso(event.startsAt), endsAt: iso(event.endsAt) });

async function drafted(times: object, city = "minneapolis-mn"): Promise<Times> {
  const cityId = (await a.city(city)).globalId;
  const input = { campaignId: campaign.id, cityId, type: "VIGIL", title: "Vigil", ...times };
  const query = `mutation($input: DraftEventInput!) { draftEvent(input: $input) { event { ${fields} } } }`;
  return told((await as(host).run(query, { input })).data.draftEvent.event);
}

const edit = ({ id: eventId, version }: Times, change: object) =>
  as(host).run(`mutation($input: EditEventInput!) { editEvent(input: $input) { event { ${fields} } } }`, {
    input: { eventId, version, ...change },
  });

async function edited(event: Times, change: object): Promise<Times> {
  const reply = await edit(event, change);
  if (reply.code !== "OK") throw new Error(reply.message);
  return told(reply.data.editEvent.event);
}

const afternoon = { startsAt: "2026-01-23T14:00", endsAt: "2026-01-23T17:00" };

describe("An edit refuses", () => {
  test.each([
    ["to clear the day", { startsOn: null, startsAt: null }, "input.startsOn", undefined],
    ["an end of an event without a start", { startsAt: null, endsAt: "2026-01-23T17:00" }, "input.endsAt", undefined],
    ["a start after the end that stays", { startsAt: "2026-01-23T18:00" }, "input.endsAt", undefined],
    [
      "a day and a time on another one",
      { startsOn: "2026-01-25", startsAt: "2026-01-24T14:00", endsAt: null },
      "input.startsOn",
      undefined,
    ],
    [
      "a time that the clocks skip",
      { startsAt: "2026-03-08T02:30", endsAt: null },
      "input.startsAt",
      "LOCAL_TIME_DOES_NOT_EXIST",
    ],
  ])("%s", async (_what, change, path, reason) => {
    const reply = await edit(await drafted(afternoon), change);
    expect(reply).toMatchObject({ code: "BAD_USER_INPUT", reason, fields: [{ path }] });
  });

  test("a day on which the clock time is skipped", async () => {
    const night = await drafted({ startsAt: "2026-03-07T02:30" });
    expect(await edit(night, { startsOn: "2026-03-08" })).toMatchObject({
      reason: "LOCAL_TIME_DOES_NOT_EXIST",
      fields: [{ path: "input.startsOn" }],
    });
  });

  test("a zone in which the clock time is skipped", async () => {
    const night = await drafted({ startsAt: "2026-03-08T02:30" }, "phoenix-az");
    expect(await edit(night, { timeZone: "America/Chicago" })).toMatchObject({
      reason: "LOCAL_TIME_DOES_NOT_EXIST",
      fields: [{ path: "input.timeZone" }],
    });
  });
});

test("keeps the times when they are left out", async () => {
  const event = await drafted(afternoon);
  expect(await edited(event, { title: "Another title" })).toEqual({ ...event, version: event.version + 1 });
});

test("keeps the clock time in another zone, given or the next city's", async () => {
  const inZone = { startsOn: "2026-01-23", startsAt: "2026-01-23T19:00:00.000Z", endsAt: "2026-01-23T22:00:00.000Z" };
  const change = { timeZone: "America/New_York" };
  expect(await edited(await drafted(afternoon), change)).toMatchObject({ ...change, ...inZone });
  const cityId = (await a.city("boston-ma")).globalId;
  expect(await edited(await drafted(afternoon), { cityId })).toMatchObject({ ...change, ...inZone });
  const honolulu = (await a.city("honolulu-hi")).globalId;
  expect(await edited(await drafted(afternoon), { cityId: honolulu })).toMatchObject({
    startsOn: "2026-01-23",
    startsAt: "2026-01-24T00:00:00.000Z",
    timeZone: "Pacific/Honolulu",
  });
});

test("keeps a zone that the host has set when the same city is given again; null gives the city's back", async () => {
  const event = await drafted({ ...afternoon, timeZone: "America/New_York" });
  const cityId = (await a.city()).globalId;
  const same = await edited(event, { cityId });
  expect(same).toMatchObject({ timeZone: "America/New_York", startsAt: event.startsAt });
  expect(await edited(same, { timeZone: null })).toMatchObject({
    timeZone: "America/Chicago",
    startsAt: "2026-01-23T20:00:00.000Z",
  });
});

test("keeps the second of an hour that occurs twice the second, where there are two", async () => {
  const second = await drafted({ startsAt: "2026-11-01T01:30-06:00" });
  expect(second.startsAt).toBe("2026-11-01T07:30:00.000Z");
  expect((await edited(second, { timeZone: "America/New_York" })).startsAt).toBe("2026-11-01T06:30:00.000Z");
  const first = await drafted({ startsAt: "2026-11-01T01:30-05:00" });
  expect((await edited(first, { timeZone: "America/New_York" })).startsAt).toBe("2026-11-01T05:30:00.000Z");
  const toPhoenix = await drafted({ startsAt: "2026-11-01T01:30-06:00" });
  expect((await edited(toPhoenix, { timeZone: "America/Phoenix" })).startsAt).toBe("2026-11-01T08:30:00.000Z");
});

test("moves to another day with its clock times, also over a change of the clocks and over midnight", async () => {
  const vigil = await drafted({ startsAt: "2026-03-06T22:00", endsAt: "2026-03-07T02:00" });
  expect(await edited(vigil, { startsOn: "2026-03-14" })).toMatchObject({
    startsOn: "2026-03-14",
    startsAt: "2026-03-15T03:00:00.000Z",
    endsAt: "2026-03-15T07:00:00.000Z",
  });
  const ended = await drafted({ startsAt: "2026-03-06T22:00", endsAt: "2026-03-07T02:00" });
  expect(await edited(ended, { startsOn: "2026-03-09", endsAt: "2026-03-10T03:00" })).toMatchObject({
    startsAt: "2026-03-10T03:00:00.000Z",
    endsAt: "2026-03-10T08:00:00.000Z",
  });
  const untimed = await drafted({ startsOn: "2026-03-06" });
  expect(await edited(untimed, { startsOn: "2026-03-09" })).toMatchObject({ startsOn: "2026-03-09", startsAt: null });
});

test("goes back to a time to be announced: the day stays, the end goes with the start", async () => {
  const event = await drafted(afternoon);
  expect(await edited(event, { startsAt: null })).toMatchObject({
    startsOn: "2026-01-23",
    startsAt: null,
    endsAt: null,
  });
  const other = await drafted(afternoon);
  expect(await edited(other, { startsAt: null, startsOn: "2026-01-30" })).toMatchObject({
    startsOn: "2026-01-30",
    startsAt: null,
  });
});

test("finds an event over midnight on either day of its place, and on no other", async () => {
  const of = await a.campaign();
  const staff = as(await a.staff(of));
  const ids: Record<string, string> = {};
  for (const [name, city, times] of [
    ["vigil", "minneapolis-mn", { startsAt: "2026-01-23T22:00", endsAt: "2026-01-24T02:00" }],
    ["untilMidnight", "minneapolis-mn", { startsAt: "2026-01-23T20:00", endsAt: "2026-01-24T00:00" }],
    ["eveningInHonolulu", "honolulu-hi", { startsAt: "2026-01-23T20:00", endsAt: "2026-01-23T22:00" }],
    ["morningInGuamsZone", "minneapolis-mn", { startsAt: "2026-01-24T08:00", timeZone: "Pacific/Guam" }],
    ["anyTime", "minneapolis-mn", { startsOn: "2026-01-24" }],
    ["fortnight", "minneapolis-mn", { startsAt: "2026-01-10T12:00", endsAt: "2026-01-24T12:00" }],
  ] as const) {
    const cityId = (await a.city(city)).globalId;
    const input = { campaignId: of.id, cityId, type: "VIGIL", title: name, submit: true, ...times };
    ids[name] = (await as(host).draftEvent(input)).data.draftEvent.event.id;
    await staff.approveEvent(ids[name]!);
  }
  const on = async (day: string): Promise<string[]> => {
    const ask = `query($c: ID!, $on: LocalDate) { events(filter: { campaignId: $c, on: $on }) { nodes { title } } }`;
    return (await as().run(ask, { c: of.id, on: day })).data.events.nodes.map(
      (event: { title: string }) => event.title,
    );
  };
  expect((await on("2026-01-23")).sort()).toEqual(["eveningInHonolulu", "fortnight", "untilMidnight", "vigil"]);
  expect((await on("2026-01-24")).sort()).toEqual(["anyTime", "fortnight", "morningInGuamsZone", "vigil"]);
  expect(await on("2026-01-25")).toEqual([]);
  expect(await on("2026-01-09")).toEqual([]);
});
