import { cellToLatLng, getResolution, latLngToCell } from "h3-js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { everyField, fitting } from "../support/selection.js";
import { place, publisher } from "../support/places.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, server } = openWorld();

const precisions = ["EXACT", "APPROXIMATE", "CITY"] as const;
const visibilities = ["PUBLIC", "UNLISTED", "PRIVATE"] as const;
type Precision = (typeof precisions)[number];
type Visibility = (typeof visibilities)[number];

interface Hidden {
  id: string;
  precision: Precision;
  visibility: Visibility;
  afterRsvp: boolean;
  /** What is unique to the exact place, as it would stand in an answer. */
  marks: string[];
  input: object;
}

const campaigns = { main: { id: "", slug: "" } };
const people = {} as Record<"host" | "staff" | "attendee" | "stranger", Person>;
const told: string[] = [];
let start: string;

beforeAll(async () => {
  campaigns.main = await a.campaign();
  people.host = await a.person();
  people.staff = await a.staff(campaigns.main);
  people.attendee = await a.person();
  people.stranger = await a.person();
  start = (await as().run("{ position }")).data.position;
  for (const level of ["error", "warn", "info", "debug"] as const)
    jest.spyOn(server().services.log, level).mockImplementation((...said: unknown[]) => {
      told.push(JSON.stringify(said, (_key, value: unknown) => (value instanceof Error ? String(value.stack) : value)));
    });
});

const publish = publisher({ a, as });
const published = (of: { id: string }, input: object, staff = people.staff): Promise<string> =>
  publish(people.host, staff, of.id, input);

async function hidden(precision: Precision, visibility: Visibility, afterRsvp: boolean): Promise<Hidden> {
  const { input, marks } = place();
  const given = { ...input, locationPrecision: precision, visibility, exactAfterRsvp: afterRsvp };
  const id = await published(campaigns.main, given);
  await a.confirmedRsvp({ id, slug: "" }, people.attendee);
  return { id, precision, visibility, afterRsvp, marks, input };
}

const everything = `query ($id: ID!, $c: ID!, $start: String!) {
  event(id: $id) ${everyField("Event", 2)}
  node(id: $id) { ... on Event { location ${everyField("Location", 1)} } }
  nodes(ids: [$id]) { ... on Event { location ${everyField("Location", 1)} } }
  events(filter: { campaignId: $c }, first: 50) { nodes { location ${everyField("Location", 1)} } edges { node { id location { venue } } } }
  changes(since: $start, first: 100) { changes { id node { ... on Event { location ${everyField("Location", 1)} } } } }
}`;
const reads = fitting(everything, { id: "", c: "", start: "" });

/** All that a reader gets about an event, from wherever it may be read, as text. */
async function allFor(person: Person | undefined, id: string): Promise<string> {
  const replies = reads.map((query) => as(person).run(query, { id, c: campaigns.main.id, start }));
  return (await Promise.all(replies))
    .map(({ code, message, body }) => {
      if (code !== "OK") throw new Error(message);
      return JSON.stringify(body);
    })
    .join();
}

test("shows each part of an exact place to those who may know it, and to nobody else, on any path", async () => {
  const events: Hidden[] = [];
  for (const precision of precisions)
    for (const visibility of visibilities)
      for (const afterRsvp of [true, false]) events.push(await hidden(precision, visibility, afterRsvp));
  const readers = { nobody: undefined, ...people };
  for (const [name, person] of Object.entries(readers))
    for (const event of events) {
      const mayKnow =
        ["host", "staff"].includes(name) ||
        (event.visibility !== "PRIVATE" && (event.precision === "EXACT" || (name === "attendee" && event.afterRsvp)));
      const text = await allFor(person, event.id);
      const { precision, visibility, afterRsvp, marks } = event;
      const shown = marks.filter((mark) => text.includes(mark));
      expect([name, precision, visibility, afterRsvp, shown]).toEqual([
        name,
        precision,
        visibility,
        afterRsvp,
        mayKnow ? marks : [],
      ]);
      // A page of events and the change log hold the other events too.
      for (const other of events) {
        const open = other.visibility === "PUBLIC" && other.precision === "EXACT";
        if (name === "nobody" && other !== event && !open)
          expect(other.marks.filter((mark) => text.includes(mark))).toEqual([]);
      }
    }
});

test("blurs to the cell of the place, or of the city where it has no point, and to the city", async () => {
  const city = await a.city();
  const ask = `query($id: ID!) { event(id: $id) { location { precision publicPrecision cell latitude longitude locality region country venue } } }`;
  const location = async (person: Person | undefined, id: string) =>
    (await as(person).run(ask, { id })).data.event.location;
  const { input } = place();
  const approximate = await published(campaigns.main, { ...input, locationPrecision: "APPROXIMATE" });
  const cell = latLngToCell(input.latitude, input.longitude, 7);
  const [latitude, longitude] = cellToLatLng(cell);
  const rest = { locality: "Minneapolis", region: "MN", country: "US", venue: null };
  const seen = await location(undefined, approximate);
  expect(seen).toEqual({
    precision: "APPROXIMATE",
    publicPrecision: "APPROXIMATE",
    cell,
    latitude,
    longitude,
    ...rest,
  });
  expect(getResolution(seen.cell)).toBe(7);
  expect(await location(people.host, approximate)).toMatchObject({
    precision: "EXACT",
    publicPrecision: "APPROXIMATE",
    cell: null,
    locality: input.locality,
    latitude: input.latitude,
  });
  const pointless = await published(campaigns.main, { locationPrecision: "APPROXIMATE" });
  expect((await location(undefined, pointless)).cell).toBe(latLngToCell(city.latitude, city.longitude, 7));
  const inCity = await published(campaigns.main, { ...input, locationPrecision: "CITY" });
  expect(await location(undefined, inCity)).toEqual({
    precision: "CITY",
    publicPrecision: "CITY",
    cell: null,
    latitude: city.latitude,
    longitude: city.longitude,
    ...rest,
  });
});

test("takes the exact place back at once when an RSVP, or the permission, ends", async () => {
  const event = await hidden("CITY", "PUBLIC", true);
  const ask = `query($id: ID!) { event(id: $id) { version location { venue } } }`;
  const venue = async () => (await as(people.attendee).run(ask, { id: event.id })).data.event.location.venue;
  expect(await venue()).not.toBeNull();
  const rowId = fromGlobalId("Event", event.id, "id");
  await server().services.pool.query("UPDATE event_follows SET because = 'WAITLIST' WHERE event_id = $1", [rowId]);
  expect(await venue()).toBeNull();
  await server().services.pool.query("UPDATE event_follows SET because = 'RSVP' WHERE event_id = $1", [rowId]);
  expect(await venue()).not.toBeNull();
  await edit(event.id, { exactAfterRsvp: false });
  expect(await venue()).toBeNull();
});

async function edit(eventId: string, change: object): Promise<void> {
  const { data } = await as(people.host).run(`query($id: ID!) { event(id: $id) { version } }`, { id: eventId });
  const query = `mutation($input: EditEventInput!) { editEvent(input: $input) { event { id } } }`;
  const reply = await as(people.host).run(query, { input: { eventId, version: data.event.version, ...change } });
  if (reply.code !== "OK") throw new Error(reply.message);
}

test("leaves no trace of a more exact precision in what everybody may know", async () => {
  const city = await a.city();
  const { id, input } = await hidden("EXACT", "PUBLIC", false);
  const { latitude, longitude } = input as { latitude: number; longitude: number };
  const publicOnes = async () => {
    const sql = `SELECT public_latitude AS lat, public_longitude AS lng, public_cell AS cell FROM events WHERE id = $1`;
    return (await server().services.pool.query(sql, [fromGlobalId("Event", id, "id")])).rows[0];
  };
  const cell = latLngToCell(latitude, longitude, 7);
  const [lat, lng] = cellToLatLng(cell);
  expect(await publicOnes()).toEqual({ lat: latitude, lng: longitude, cell: null });
  await edit(id, { locationPrecision: "CITY" });
  expect(await publicOnes()).toEqual({ lat: city.latitude, lng: city.longitude, cell: null });
  await edit(id, { locationPrecision: "APPROXIMATE" });
  expect(await publicOnes()).toEqual({ lat, lng, cell });
  await edit(id, { latitude: latitude + 0.2 });
  expect((await publicOnes()).cell).toBe(latLngToCell(latitude + 0.2, longitude, 7));
  await edit(id, { latitude: null, longitude: null });
  expect((await publicOnes()).cell).toBe(latLngToCell(city.latitude, city.longitude, 7));
});

test("tells a subscriber no more than a reader", async () => {
  const { id, marks } = await hidden("APPROXIMATE", "PUBLIC", true);
  const query = `subscription($c: ID!) { eventChanged(campaignId: $c) { kind event { id location ${everyField("Location", 1)} } } }`;
  const [nobody, attendee] = [
    await as().listen(query, { c: campaigns.main.id }),
    await as(people.attendee).listen(query, { c: campaigns.main.id }),
  ];
  await edit(id, { title: "Another title" });
  const messages = [nobody, attendee].map((listening) => listening.until((message) => message.event?.id === id));
  const [blurred, exact] = (await Promise.all(messages)).map((message) => JSON.stringify(message));
  expect(marks.filter((mark) => blurred!.includes(mark))).toEqual([]);
  expect(marks.filter((mark) => exact!.includes(mark))).toEqual(marks);
  await Promise.all([nobody.stop(), attendee.stop()]);
});

test("cannot tell two events apart, by any filter, that differ in their hidden places only", async () => {
  for (const locationPrecision of ["CITY", "APPROXIMATE"]) {
    const of = await a.campaign();
    const staff = await a.staff(of);
    const [one, other] = [place(), place()];
    // Within one cell, so that everything public of them is the same.
    const near = { latitude: one.input.latitude + 0.000_01, longitude: one.input.longitude };
    const ids = [
      await published(of, { ...one.input, locationPrecision }, staff),
      await published(of, { ...other.input, ...near, locationPrecision }, staff),
    ];
    const { latitude, longitude } = one.input;
    const box = (size: number) => ({
      west: longitude - size,
      east: longitude + size,
      south: latitude - size,
      north: latitude + size,
    });
    const filters = [
      {},
      { region: "MN" },
      { cityId: (await a.city()).globalId },
      { cityId: (await a.city("oakland-ca")).globalId },
      { on: "2026-01-23" },
      { types: ["MARCH"] },
      { accessibility: ["NOT_SURE"] },
      { occurrence: ["SCHEDULED"] },
      { languages: ["en"] },
      { endsAfter: "2026-01-23T00:00:00Z" },
      ...one.marks.map((search) => ({ search: search.slice(0, 100) })),
      ...[10, 1, 0.1, 0.01, 0.000_005].map((size) => ({ within: box(size) })),
      ...[1_000, 10, 1, 0.1].map((withinKm) => ({ near: { latitude, longitude, withinKm } })),
    ];
    for (const caller of [as(), as(people.stranger)])
      for (const filter of filters) {
        const ask = `query($f: EventFilter) { events(filter: $f) { nodes { id } } }`;
        const { nodes } = (await caller.run(ask, { f: { campaignId: of.id, ...filter } })).data.events;
        const found = nodes.map((node: { id: string }) => node.id).sort();
        expect([filter, [[], ids.sort()]]).toEqual([filter, expect.arrayContaining([found])]);
      }
    const blurred = await Promise.all(
      ids.map(
        async (id) =>
          (await as().run(`query($id: ID!) { event(id: $id) { location ${everyField("Location", 1)} } }`, { id })).data,
      ),
    );
    expect(blurred[0]).toEqual(blurred[1]);
  }
});

test("repeats nothing of a place in a refusal or in the log", async () => {
  const { id, input, marks } = await hidden("CITY", "PRIVATE", false);
  const query = `mutation($input: EditEventInput!) { editEvent(input: $input) { event { id } } }`;
  const replies = [
    await as(people.stranger).run(query, { input: { eventId: id, version: 1, ...input } }),
    await as(people.host).run(query, { input: { eventId: id, version: 99, ...input } }),
    await as(people.host).run(query, { input: { eventId: id, version: 1, ...input, latitude: 95 } }),
    await as(people.host).run(query, { input: { eventId: id, version: 1, ...input, accuracyMeters: 0 } }),
    await as(people.host).run(query, { input: { eventId: id, version: 1, ...input, marchRoute: [input] } }),
  ];
  expect(replies.map(({ code }) => code)).toEqual([
    "NOT_FOUND",
    "CONFLICT",
    "BAD_USER_INPUT",
    "BAD_USER_INPUT",
    "BAD_USER_INPUT",
  ]);
  // Something unexpected while such an event is written: the database says which row failed.
  const { pool } = server().services;
  await pool.query(`ALTER TABLE events ADD CONSTRAINT canary CHECK (what_to_bring <> 'canary') NOT VALID`);
  const failed = await as(people.host).run(query, { input: { eventId: id, version: 1, whatToBring: "canary" } });
  await pool.query(`ALTER TABLE events DROP CONSTRAINT canary`);
  expect(failed.code).toBe("INTERNAL_SERVER_ERROR");
  expect(told.join()).toContain("canary");
  const said = JSON.stringify([...replies, failed].map(({ body }) => body)) + told.join();
  expect(marks.filter((mark) => said.includes(mark))).toEqual([]);
  expect(said).not.toMatch(/Venuecanary|Linecanary|Hamletcanary|Zipcanary/);
});
