import { feedsIn, readAtom, readCsv, readIcs } from "../support/feeds.js";
import { turnoutsIn } from "../support/turnouts.js";
import { openWorld } from "../support/world.js";

const world = openWorld({ TRUST_PROXY: "true", PUBLIC_URL: "https://rallies.example" });
const { a, as, clock } = world;
const { get, text, geojson, ids, named } = feedsIn(world);
const { report } = turnoutsIn(world);
beforeEach(() => (clock.now = new Date("2026-01-20T12:00:00Z")));
const endings = ["geojson", "ics", "atom", "csv"];

test("say of an event what everybody may know", async () => {
  const { id: campaignId, ...campaign } = await a.campaign({ title: "A & B <day>" });
  const staff = await a.staff({ id: campaignId, ...campaign });
  const [lead, other, asked] = [
    await a.organization({ name: "Lead" }),
    await a.organization({ name: "Other" }),
    await a.organization(),
  ];
  const event = await a.event({
    campaign: { id: campaignId, ...campaign },
    host: lead,
    title: "Bread & <roses>",
    description: 'Bring\nbread \u000b"',
    venue: "The square",
    addressLines: ["1 Main Street", "Back door"],
    postalCode: "55401",
    latitude: 44.9,
    longitude: -93.2,
    accessibility: "ACCESSIBLE" as never,
    languages: ["en", "es"],
  });
  await a.coHost(event, other);
  await a.invited(event, asked);
  await a.shift({
    event,
    capacity: 10,
    taken: 4,
    status: "OPEN" as never,
    startsAt: new Date("2026-01-23T17:00:00Z"),
    endsAt: new Date("2026-01-23T19:00:00Z"),
  });
  await a.shift({ event, capacity: 5, status: "DRAFT" as never });
  clock.now = new Date("2026-01-23T18:00:00Z");
  await report(staff, event, { low: 900, high: 1_200, observedAt: "2026-01-23T17:10:00Z" });
  const { properties, geometry, id } = await named(`?campaign=${campaign.slug}`, "Bread & <roses>");
  expect([id, geometry]).toEqual([event.id, { type: "Point", coordinates: [-93.2, 44.9] }]);
  expect(properties).toMatchObject({
    id: event.id,
    url: `https://rallies.example/events/${event.id}`,
    type: "RALLY",
    occurrence: "SCHEDULED",
    startsOn: "2026-01-23",
    startsAt: "2026-01-23T17:00:00+00:00",
    endsAt: "2026-01-23T21:00:00+00:00",
    timeZone: "America/Chicago",
    city: { slug: "minneapolis-mn", name: "Minneapolis", region: "MN", country: "US" },
    campaign: { id: campaignId, slug: campaign.slug, title: "A & B <day>" },
    organization: { id: lead.id, slug: lead.slug, name: "Lead" },
    coHosts: [{ id: other.id, slug: other.slug, name: "Other" }],
    place: {
      precision: "EXACT",
      venue: "The square",
      addressLines: ["1 Main Street", "Back door"],
      postalCode: "55401",
      latitude: 44.9,
      longitude: -93.2,
      pointOf: "PLACE",
    },
    accessibility: "ACCESSIBLE",
    languages: ["en", "es"],
    turnout: { state: "PARTIAL", low: 900, high: 1_200, reports: 1 },
    openPlaces: 6,
    version: 1,
  });
  const [row] = readCsv(await text(`/events.csv?campaign=${campaign.slug}`));
  expect(row).toMatchObject({
    title: "Bread & <roses>",
    organization: "Lead",
    coHosts: "Other",
    address: "1 Main Street, Back door",
    low: "900",
    openPlaces: "6",
    languages: "en; es",
  });
  const atom = await readAtom(await text(`/events.atom?campaign=${campaign.slug}`));
  expect(atom.title).toBe("Events of A & B <day>");
  expect(atom.items[0]).toMatchObject({ title: "Bread & <roses>", author: "Lead", "georss:point": "44.9 -93.2" });
  expect(atom.items[0].content).toContain('bread "');
  const linked = (await (await get(`/events/${event.id}.jsonld`)).json()) as object;
  expect(linked).toMatchObject({
    "@type": "Event",
    name: "Bread & <roses>",
    startDate: "2026-01-23T11:00:00-06:00",
    endDate: "2026-01-23T15:00:00-06:00",
    eventStatus: "https://schema.org/EventScheduled",
    eventAttendanceMode: "https://schema.org/OfflineEventAttendanceMode",
    location: [
      {
        name: "The square",
        address: { streetAddress: "1 Main Street, Back door", addressRegion: "MN" },
        geo: { latitude: 44.9 },
      },
    ],
    organizer: [{ name: "Lead" }, { name: "Other" }],
  });
  const [single] = readIcs(await (await get(`/events/${event.id}.ics`)).text());
  expect(single).toMatchObject({
    uid: `${event.id}@rallies.example`,
    location: "The square, 1 Main Street, Back door, Minneapolis, MN",
    startsAt: "2026-01-23T17:00:00.000Z",
  });
  expect(await (await get(`/events/${event.id}.geojson`)).json()).toMatchObject({
    id: event.id,
    type: "Feature",
    geometry,
  });
});

test("show a place as exactly as everybody may know, and lead nobody to the middle of a city", async () => {
  const campaign = await a.campaign();
  const place = {
    campaign,
    venue: "The safe house",
    addressLines: ["1 Main Street"],
    latitude: 44.9,
    longitude: -93.2,
  };
  const blurred = await a.event({ ...place, title: "blurred", locationPrecision: "CITY" as never });
  await a.event({ ...place, title: "cell", locationPrecision: "APPROXIMATE" as never });
  const unlocated = await a.event({ campaign, title: "no point" });
  for (const ending of endings) {
    const said = await text(`/events.${ending}?campaign=${campaign.slug}`);
    expect(said).not.toMatch(/safe house|Main Street|44\.9\b|-93\.2\b/);
    expect(said).toContain("Minneapolis");
  }
  expect(
    (await geojson(`?campaign=${campaign.slug}`)).features
      .map((f: never) => f["properties"]["place"]["pointOf"])
      .sort(),
  ).toEqual(["CELL", "CITY", "CITY"]);
  for (const { id } of [blurred, unlocated]) {
    expect(await (await get(`/events/${id}.ics`)).text()).not.toContain("GEO:");
    expect(await (await get(`/events/${id}.jsonld`)).text()).not.toContain("GeoCoordinates");
  }
});

test("lead whoever cuts the map into ever smaller boxes to the public point, and to no other", async () => {
  const campaign = await a.campaign();
  const exact = { latitude: 44.9512, longitude: -93.2213 };
  await a.event({ campaign, title: "cell", locationPrecision: "APPROXIMATE" as never, ...exact });
  const { coordinates } = (await named(`?campaign=${campaign.slug}`, "cell")).geometry;
  const isIn = async (box: number[]) => (await ids(`?campaign=${campaign.slug}&bbox=${box.join()}`)).length === 1;
  let [west, south, east, north] = [-94, 44, -93, 45];
  while (east - west > 1e-6) {
    const [middle, centre] = [(west + east) / 2, (south + north) / 2];
    if (await isIn([west, south, middle, north])) east = middle;
    else west = middle;
    if (await isIn([west, south, east, centre])) north = centre;
    else south = centre;
  }
  expect([west, south].map((edge, n) => Math.abs(edge - coordinates[n]) < 1e-5)).toEqual([true, true]);
  expect(Math.abs(west - exact.longitude) > 1e-4 || Math.abs(south - exact.latitude) > 1e-4).toBe(true);
});

test("show what is called off, moved or put off as such", async () => {
  const campaign = await a.campaign();
  const staff = await a.staff(campaign);
  const [off, later, moved, online, vague] = [
    await a.event({ campaign, title: "off" }),
    await a.event({ campaign, title: "later" }),
    await a.event({ campaign, title: "moved" }),
    await a.event({ campaign, title: "online" }),
    await a.event({ campaign, title: "vague", startsAt: null, endsAt: null, startsOn: "2026-01-24" }),
  ];
  const does = async (name: string, eventId: string, more: object) =>
    expect((await as(staff).call(name, { eventId, ...more })).code).toBe("OK");
  await does("cancelEvent", off.id, { reason: "Ice storm" });
  await does("postponeEvent", later.id, { reason: "Ice" });
  await does("rescheduleEvent", moved.id, { version: 1, startsAt: "2026-01-25T12:00", endsAt: "2026-01-25T13:00" });
  await does("moveEventOnline", online.id, { onlineUrl: "https://meet.example/x" });
  const list = readIcs(await text(`/events.ics?campaign=${campaign.slug}`));
  expect(list.map(({ summary, status, startsAt, location }) => [summary, status, startsAt, location]).sort()).toEqual([
    ["[CANCELLED] off", "CONFIRMED", "2026-01-23T17:00:00.000Z", "Minneapolis, MN"],
    ["[POSTPONED] later", "TENTATIVE", "2026-01-23T17:00:00.000Z", "Minneapolis, MN"],
    ["moved", "CONFIRMED", "2026-01-25T18:00:00.000Z", "Minneapolis, MN"],
    ["online", "CONFIRMED", "2026-01-23T17:00:00.000Z", "https://meet.example/x"],
    ["vague", "CONFIRMED", "2026-01-24T00:00:00.000Z", "Minneapolis, MN"],
  ]);
  expect(list.find(({ summary }) => summary === "[CANCELLED] off")).toMatchObject({
    sequence: 2,
    description: expect.stringContaining("Ice storm"),
  });
  expect((await named(`?campaign=${campaign.slug}`, "off")).properties).toMatchObject({
    occurrence: "CANCELLED",
    occurrenceReason: "Ice storm",
    version: 2,
  });
  const status = async ({ id }: { id: string }) => {
    const { eventStatus, previousStartDate, startDate, location } = (await (
      await get(`/events/${id}.jsonld`)
    ).json()) as never;
    return [String(eventStatus).slice(19), previousStartDate ?? null, startDate, location[0]["@type"]];
  };
  expect(await status(off)).toEqual(["EventCancelled", null, "2026-01-23T11:00:00-06:00", "Place"]);
  expect(await status(later)).toEqual(["EventPostponed", null, "2026-01-23T11:00:00-06:00", "Place"]);
  expect(await status(moved)).toEqual([
    "EventRescheduled",
    "2026-01-23T11:00:00-06:00",
    "2026-01-25T12:00:00-06:00",
    "Place",
  ]);
  expect(await status(online)).toEqual(["EventMovedOnline", null, "2026-01-23T11:00:00-06:00", "VirtualLocation"]);
  expect(await status(vague)).toEqual(["EventScheduled", null, "2026-01-24", "Place"]);
});

test("lead from a merged event to the other, say that a deleted one is gone, and of a hidden one nothing", async () => {
  const campaign = await a.campaign();
  const staff = await a.staff(campaign);
  const [kept, twin, deleted, hidden] = [
    await a.event({ campaign }),
    await a.event({ campaign }),
    await a.event({ campaign }),
    await a.event({ campaign, visibility: "PRIVATE" as never }),
  ];
  await as(staff).call("mergeEvent", { eventId: twin.id, intoEventId: kept.id });
  await as(staff).call("deleteEvent", { eventId: deleted.id, reason: "Doubled" }, "__typename");
  const unlisted = await a.event({ campaign, visibility: "UNLISTED" as never });
  const never = `event_${"0".repeat(32)}`;
  for (const ending of ["jsonld", "ics", "geojson"]) {
    const moved = await get(`/events/${twin.id}.${ending}`);
    expect([moved.status, moved.headers.get("location")]).toEqual([301, `/events/${kept.id}.${ending}`]);
    expect((await get(`/events/${deleted.id}.${ending}`)).status).toBe(410);
    const bodies = [];
    for (const id of [hidden.id, unlisted.id, never]) {
      const reply = await get(`/events/${id}.${ending}`);
      expect(reply.status).toBe(404);
      bodies.push((await reply.text()).replace(/"requestId":"[^"]+"/, ""));
    }
    expect(new Set(bodies).size).toBe(1);
  }
  expect(await ids(`?campaign=${campaign.slug}`)).toEqual([kept.id]);
  const asHtml = await get(`/events/${kept.id}`, { headers: { accept: "text/html" } });
  expect([asHtml.status, asHtml.headers.get("location")]).toEqual([303, `/events/${kept.id}.jsonld`]);
  const asIcs = await get(`/events/${kept.id}`, { headers: { accept: "text/calendar" } });
  expect(asIcs.headers.get("location")).toBe(`/events/${kept.id}.ics`);
});

test("have no cell that a table program takes for a formula", async () => {
  const campaign = await a.campaign({ title: "@SUM(A1)" });
  await a.event({ campaign, title: '=HYPERLINK("https://evil.example")', venue: "+1, or\n-1" });
  const [row] = readCsv(await text(`/events.csv?campaign=${campaign.slug}`));
  expect(row).toMatchObject({
    title: '\'=HYPERLINK("https://evil.example")',
    venue: "'+1, or\n-1",
    campaign: "'@SUM(A1)",
    longitude: "-93.26384",
  });
});

test("give the fields that are asked for, and no more", async () => {
  const campaign = await a.campaign();
  await a.event({ campaign, title: "Few" });
  const of = `campaign=${campaign.slug}&fields=title,city`;
  expect((await named(`?${of}`, "Few")).properties).toEqual({
    title: "Few",
    city: expect.objectContaining({ name: "Minneapolis" }),
  });
  expect(readCsv(await text(`/events.csv?${of}`))).toEqual([
    { title: "Few", city: "Minneapolis", citySlug: "minneapolis-mn", region: "MN" },
  ]);
});
