import { fromGlobalId } from "../../src/platform/database/ids.js";
import { crowdFile, crowdRow, importsIn } from "../support/imports.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, server } = world;
const { bring, eventsOf, campaignWithStaff } = importsIn(world);

test("rejects rows with every problem, by line, field and reason", async () => {
  const { campaignId, staff } = await campaignWithStaff();
  const rows = [
    crowdRow({ id: "one", venue: "A hall,\r\nthe “large” one" }),
    crowdRow({ date: "2025-02-30", state: "ZZ", online: "maybe" }),
    crowdRow({ id: "", title: "no", venue: "x".repeat(201), time_zone: "Nowhere" }),
    crowdRow({ id: "one", locality: "Nowhere at all" }),
    crowdRow({ lat: "91", lng: "many", online: "1" }),
    crowdRow({ lat: "46.78", title: "With a \0 in it" }),
    crowdRow({ locality: "Nowhere at all", lat: "37.8", lng: "-122.3" }),
  ];
  const file = `${crowdFile(rows, "\r\n")}cut,2025-01-18,Duluth\r\n\r\n${crowdFile([crowdRow()]).split("\n")[1]}`;
  const done = await bring(staff, { campaignId }, `\uFEFF${file}`);
  expect(done).toMatchObject({ status: "DONE", rows: 9, done: 9, accepted: 2, unchanged: 0, rejected: 7 });
  const problems = done.problems.nodes as { line: number; field: string | null; reason: string }[];
  const told = problems.map(({ line, field, reason }) => `${line} ${field}: ${reason}`).sort();
  const text = (most: string) => `must be ${most} characters, without control characters such as NUL`;
  const nowhere = "is not in the gazetteer, and no city of this state is within 40 km of lat and lng";
  expect(told).toEqual(
    [
      "4 date: must be a day that exists, as YYYY-MM-DD, such as 2026-01-23",
      "4 online: must be 1, 0 or empty",
      "4 state: must be a state's postal abbreviation, such as MN",
      `5 id: ${text("1 to 100")}`,
      "5 time_zone: must be the IANA name of a time zone, such as America/Chicago",
      `5 title: ${text("3 to 120")}`,
      `5 venue: ${text("0 to 200")}`,
      "6 id: is there twice: see line 2",
      `6 locality: ${nowhere}`,
      "7 lat: must be degrees from -90 to 90, such as 44.95",
      "7 lng: must be degrees from -180 to 180, such as 44.95",
      "7 online: must not be 1: an event here takes place in a city",
      "8 lng: is missing: give both coordinates or none",
      `8 title: ${text("3 to 120")}`,
      `9 locality: ${nowhere}`,
      "10 null: has 3 fields where the header has 20: is a comma not quoted?",
    ].sort(),
  );
  expect(done.problems.totalCount).toBe(16);
});

test("makes nothing of rows in a dry run, which tells what would become of them", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  const file = crowdFile([crowdRow(), crowdRow(), crowdRow({ state: "" })]);
  const counts = { status: "DONE", rows: 3, done: 3, accepted: 2, unchanged: 0, rejected: 1 };
  expect(await bring(staff, { campaignId, dryRun: true }, file)).toMatchObject(counts);
  expect(await eventsOf(campaign, staff)).toEqual([]);
  expect(await bring(staff, { campaignId }, file)).toMatchObject(counts);
  expect(await eventsOf(campaign, staff)).toHaveLength(2);
});

test("makes rows drafts that only those concerned see, or are published at once", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  const at = "46.78,-92.10".split(",");
  const row = {
    locality: "Duluth",
    lat: at[0]!,
    lng: at[1]!,
    venue: "Civic  Center",
    types: "dinner; protest; march",
  };
  await bring(staff, { campaignId }, crowdFile([crowdRow(row)]));
  const [draft] = await eventsOf(campaign, staff);
  expect(draft).toMatchObject({
    title: "Demonstration in Duluth",
    type: "DEMONSTRATION",
    review: "DRAFT",
    startsOn: "2025-01-18",
    startsAt: null,
    timeZone: "America/Chicago",
    version: 1,
    // Neither are the organizations of the file its hosts, nor its sizes a count of ours.
    hosts: [],
    turnout: { reporting: 0 },
    city: { slug: "duluth-mn" },
  });
  // The coordinates of the file are the city's, not the venue's.
  const duluth = await a.city("duluth-mn");
  expect(draft.location).toMatchObject({
    venue: "Civic  Center",
    latitude: duluth.latitude,
    longitude: duluth.longitude,
  });
  expect(await eventsOf(campaign, await a.person())).toEqual([]);

  await bring(staff, { campaignId, publish: true }, crowdFile([crowdRow({ title: "Stand together" })]));
  expect(await eventsOf(campaign, await a.person())).toEqual([
    expect.objectContaining({ title: "Stand together", type: "RALLY", review: "APPROVED" }),
  ]);
});

test("lets events be led by the organization that they are brought for", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  const host = await a.organization();
  await server().services.db.query(
    "INSERT INTO memberships (organization_id, person_id, role, since) VALUES ($1, $2, 'ADMIN', now())",
    [fromGlobalId("Organization", host.id, "id"), staff.id],
  );
  await bring(staff, { campaignId, organizationId: host.id }, crowdFile([crowdRow(), crowdRow()]));
  for (const event of await eventsOf(campaign, staff))
    expect(event.hosts).toEqual([{ role: "LEAD", organization: { id: host.id } }]);
});

test("gives an event the type that the first known of its types says", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  const types = {
    vigil: "VIGIL",
    "Walk-Out": "WALKOUT",
    "sit-in": "SIT_IN",
    caravan: "CARAVAN",
    "hunger strike": "DEMONSTRATION",
    strike: "PICKET",
    parade: "MARCH",
    "rallies; march": "RALLY",
    "dinner; march": "MARCH",
    "protest/vigil": "VIGIL",
    "counter-protest": "DEMONSTRATION",
    iftar: "OTHER",
    "": "OTHER",
  };
  const rows = Object.keys(types).map((list) => crowdRow({ types: list, title: `Types: ${list}` }));
  await bring(staff, { campaignId }, crowdFile(rows));
  const found: { title: string; type: string }[] = await eventsOf(campaign, staff);
  expect(Object.fromEntries(found.map(({ title, type }) => [title.slice(7), type]))).toEqual(types);
});

test("finds the city however it is spelled, and else the nearest of the state", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  const places: [locality: string, state: string, at: string, slug: string][] = [
    ["St. Paul", "MN", "", "saint-paul-mn"],
    ["SAINT  PAUL", "MN", "", "saint-paul-mn"],
    ["Washington", "DC", "", "washington-d-c-dc"],
    ["New York City", "NY", "", "new-york-ny"],
    ["Espanola", "NM", "", "espanola-nm"],
    ["Ewing Township", "NJ", "40.265,-74.799", "ewing-nj"],
    ["Bronx", "NY", "40.85,-73.88", "east-tremont-ny"],
  ];
  const rows = places.map(([locality, state, at, slug]) => {
    const [lat = "", lng = ""] = at.split(",");
    return crowdRow({ locality, state, lat, lng, title: slug });
  });
  expect((await bring(staff, { campaignId }, crowdFile(rows))).problems.nodes).toEqual([]);
  const found: { title: string; city: { slug: string } }[] = await eventsOf(campaign, staff);
  expect(found).toHaveLength(places.length);
  for (const { title, city } of found) expect(city.slug).toBe(title);
});

// From the 50501 directory's own list; the times that the clocks skip are ours.
const fifty = `state,date,local_time,raw_time,address,lat,lng,time_zone,permit
AK,2025-02-05,12:00,12:00 PM,"State Capitol Building -- 120 4th St, Juneau, AK 99801",58.30194,-134.41974,America/Juneau,
MN,2025-02-05,12:00,12:00 PM,"State Capitol Building --75 Rev Dr Martin Luther King Jr Boulevard., St Paul",44.95514,-93.10222,America/Chicago,
NY,2025-02-05,,1- 4PM,"Niagara Sq., Buffalo",42.88645,-78.87837,America/New_York,
WA,2025-02-05,14:30,2:30PM - 4:30PM,"416 Sid Snyder Ave SW, Olympia, Tivoli Fountain North Lawn",47.03528,-122.90500,America/Los_Angeles,1
NM,2025-02-20,10:30,10:30am - 12:30pm,"155 Aurora Avenue, St Paul55118",44.91222,-93.16778,America/Chicago,1
IL,2026-03-08,02:30,2:30 AM,"400 W Madison St, Chicago",41.88,-87.64,America/Chicago,2
`;

test("keeps time, address, point and permit; a time that the clocks skip is rejected", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  const done = await bring(staff, { campaignId, format: "CLOCK_TIMES" }, fifty);
  expect(done).toMatchObject({ rows: 6, accepted: 4, rejected: 2 });
  expect(done.problems.nodes).toEqual([
    { line: 6, field: "state", reason: "has no city within 40 km of lat and lng" },
    { line: 7, field: expect.stringMatching(/permit|local_time/) as string, reason: expect.any(String) as string },
    { line: 7, field: expect.stringMatching(/permit|local_time/) as string, reason: expect.any(String) as string },
  ]);
  expect(done.problems.nodes.map(({ reason }: { reason: string }) => reason).join()).toMatch(
    /does not exist in America\/Chicago.*2026-03-08T03:30/,
  );
  const found = await eventsOf(campaign, staff);
  const [buffalo, saintPaul, juneau, olympia] = found;
  expect(found.map(({ city }: { city: { slug: string } }) => city.slug)).toEqual([
    "buffalo-ny",
    "saint-paul-mn",
    "juneau-ak",
    "olympia-wa",
  ]);
  expect(buffalo).toMatchObject({ startsOn: "2025-02-05", startsAt: null, title: "Demonstration in Buffalo" });
  expect(saintPaul.startsAt).toBe("2025-02-05T18:00:00+00:00");
  expect(juneau).toMatchObject({
    startsAt: "2025-02-05T21:00:00+00:00",
    permitStatus: "NOT_SAID",
    location: {
      addressLines: ["State Capitol Building -- 120 4th St, Juneau, AK 99801"],
      latitude: 58.30194,
      longitude: -134.41974,
    },
  });
  expect(olympia).toMatchObject({ startsAt: "2025-02-05T22:30:00+00:00", permitStatus: "GRANTED" });
  expect(await bring(staff, { campaignId, format: "CLOCK_TIMES" }, fifty)).toMatchObject({
    unchanged: 4,
    rejected: 2,
  });
});
