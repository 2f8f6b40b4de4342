import { fromGlobalId } from "../../src/platform/database/ids.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, server } = openWorld();

const line = (...coordinates: unknown[]) => ({ type: "LineString", coordinates });
const route = line([-93.265, 44.977], [-93.26, 44.975], [-93.2581, 44.9721]);
const point = { latitude: 44.977, longitude: -93.265 };
const full = {
  ...point,
  accuracyMeters: 30,
  marchRoute: route,
  exactAfterRsvp: true,
  languages: ["ES", "hmn", "en-us", "es"],
  whatToBring: "Water, a sign",
  permitStatus: "GRANTED",
  contact: { name: "Ana", email: "ana@example.org", phone: "+1 (612) 555-0199" },
};

const details = `id version whatToBring permitStatus exactAfterRsvp languages
  location { precision publicPrecision latitude longitude accuracyMeters marchRoute locality venue addressLines cell }`;

let host: Person;
let campaign: { id: string; slug: string };
beforeAll(async () => {
  host = await a.person();
  campaign = await a.campaign();
});

const draft = async (fields: object) => {
  const cityId = (await a.city()).globalId;
  const input = { campaignId: campaign.id, cityId, type: "MARCH", title: "March", startsOn: "2026-01-23", ...fields };
  const query = `mutation($input: DraftEventInput!) { draftEvent(input: $input) { event { ${details} } } }`;
  return as(host).run(query, { input });
};
const drafted = async (fields: object) => (await draft(fields)).data.draftEvent.event;

const edit = ({ id: eventId, version }: { id: string; version: number }, change: object) =>
  as(host).run(`mutation($input: EditEventInput!) { editEvent(input: $input) { event { ${details} } } }`, {
    input: { eventId, version, ...change },
  });

const contactFor = async (person: Person | undefined, eventId: string) =>
  (await as(person).run(`query($id: ID!) { eventContact(eventId: $id) { name email phone } }`, { id: eventId })).data
    .eventContact;

test.each([
  ["an accuracy of 0 metres", { ...point, accuracyMeters: 0 }, "input.accuracyMeters"],
  ["an accuracy of 100,001 metres", { ...point, accuracyMeters: 100_001 }, "input.accuracyMeters"],
  ["an accuracy of no point", { accuracyMeters: 30 }, "input.accuracyMeters"],
  ["a route that is text", { marchRoute: "LINESTRING(0 0, 1 1)" }, "input.marchRoute"],
  ["a route that is a point", { marchRoute: { type: "Point", coordinates: [0, 0] } }, "input.marchRoute"],
  ["a route of one position", { marchRoute: line([0, 0]) }, "input.marchRoute"],
  ["a route of 1,001 positions", { marchRoute: line(...new Array(1_001).fill([0, 0])) }, "input.marchRoute"],
  ["a position with a height", { marchRoute: line([0, 0, 1], [0, 0]) }, "input.marchRoute"],
  ["a position beyond the pole", { marchRoute: line([0, 0], [0, 90.1]) }, "input.marchRoute"],
  ["a position beyond the 180th meridian", { marchRoute: line([180.1, 0], [0, 0]) }, "input.marchRoute"],
  ["a position of texts", { marchRoute: line(["0", "0"], [0, 0]) }, "input.marchRoute"],
  ["a route of 111 km", { marchRoute: line([0, 0], [0, 1]) }, "input.marchRoute"],
  ["21 languages", { languages: new Array(21).fill("es") }, "input.languages"],
  ["a language that is no tag", { languages: ["es", "Spanish!"] }, "input.languages"],
  ["1,001 characters of what to bring", { whatToBring: "x".repeat(1_001) }, "input.whatToBring"],
  ["an empty contact", { contact: { name: " ", email: null } }, "input.contact"],
  ["a contact's address that is none", { contact: { email: "ana" } }, "input.contact.email"],
  ["a contact's number of letters", { contact: { phone: "call me" } }, "input.contact.phone"],
  ["a contact's number of 4 signs", { contact: { phone: "1234" } }, "input.contact.phone"],
  ["a contact's name of 101 characters", { contact: { name: "x".repeat(101) } }, "input.contact.name"],
  ["no choice whether the contact is public", { contactPublic: null }, "input.contactPublic"],
  ["no choice of precision", { locationPrecision: null }, "input.locationPrecision"],
])("refuses %s, naming the field", async (_what, fields, path) => {
  const reply = await draft(fields);
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields.map((fault) => fault.path)).toEqual([path]);
});

test("takes every detail, gives the line as it came, also from a literal, and languages in canonical form", async () => {
  const event = await drafted(full);
  const { accuracyMeters, marchRoute, whatToBring, permitStatus, exactAfterRsvp } = full;
  expect(event).toMatchObject({
    whatToBring,
    permitStatus,
    exactAfterRsvp,
    languages: ["es", "hmn", "en-US"],
    location: { ...point, precision: "EXACT", accuracyMeters, marchRoute, cell: null },
  });
  const literal = `mutation($id: ID!) { editEvent(input: { eventId: $id, version: 1,
    marchRoute: { type: "LineString", coordinates: [[-93, 44.5], [-93.01, 44.51]], foreign: true } }) { event { location { marchRoute } } } }`;
  expect((await as(host).run(literal, { id: event.id })).data.editEvent.event.location.marchRoute).toEqual(
    line([-93, 44.5], [-93.01, 44.51]),
  );
  const long = line(...Array.from({ length: 1_000 }, (_, n) => [-93 + n / 10_000, 44.5]));
  const { data } = await edit({ id: event.id, version: 2 }, { marchRoute: long });
  expect(data.editEvent.event.location.marchRoute).toEqual(long);
  const read = `query($id: ID!) { event(id: $id) { location { marchRoute } } viewer { email } }`;
  expect((await as(host).run(read, { id: event.id })).data.event.location.marchRoute.type).toBe("LineString");
});

test("leaves what is left out, and clears what is null", async () => {
  const event = await drafted(full);
  const { data } = await edit(event, { title: "Another title" });
  expect(data.editEvent.event).toEqual({ ...event, version: 2 });
  expect(await contactFor(host, event.id)).toEqual(full.contact);
  const cleared = { latitude: null, longitude: null, marchRoute: null, whatToBring: null, contact: null };
  const { data: after } = await edit(data.editEvent.event, cleared);
  expect(after.editEvent.event).toMatchObject({
    whatToBring: null,
    permitStatus: "GRANTED",
    location: { accuracyMeters: null, marchRoute: null },
  });
  expect(await contactFor(host, event.id)).toBeNull();
});

test("replaces the address as a whole", async () => {
  const event = await drafted({ addressLines: ["1 Main Street", "Gate B"] });
  const { data } = await edit(event, { addressLines: ["2 Main Street"] });
  expect(data.editEvent.event.location.addressLines).toEqual(["2 Main Street"]);
});

test("adds and removes one language at a time, again being harmless, for those who manage the event", async () => {
  const { id: eventId } = await drafted({ languages: ["es"] });
  const call = (person: Person, name: string, language: string) =>
    as(person).run(`mutation($input: EventLanguageInput!) { ${name}(input: $input) { event { languages version } } }`, {
      input: { eventId, language },
    });
  expect((await call(host, "addEventLanguage", "so_SO!")).fields[0]!.path).toBe("input.language");
  expect((await call(await a.person(), "addEventLanguage", "so")).code).toBe("NOT_FOUND");
  for (let again = 0; again < 2; again++)
    expect((await call(host, "addEventLanguage", "ZH-hant")).data.addEventLanguage.event).toEqual({
      languages: ["es", "zh-Hant"],
      version: 2,
    });
  for (let again = 0; again < 2; again++)
    expect((await call(host, "removeEventLanguage", "ES")).data.removeEventLanguage.event).toEqual({
      languages: ["zh-Hant"],
      version: 3,
    });
  for (let n = 0; n < 19; n++) await call(host, "addEventLanguage", `en-x-n${n}`);
  expect((await call(host, "addEventLanguage", "vi")).fields[0]!.path).toBe("input.language");
});

test("gives a contact to everybody who sees the event only where its hosts say so", async () => {
  const staff = await a.staff(campaign);
  const event = await drafted(full);
  const reporter = await a.reporter({ id: event.id, slug: "" });
  const stranger = await a.person();
  for (const person of [undefined, stranger, reporter]) expect(await contactFor(person, event.id)).toBeNull();
  await as(host).submitEvent(event.id);
  await as(staff).approveEvent(event.id);
  for (const person of [undefined, stranger, reporter]) expect(await contactFor(person, event.id)).toBeNull();
  for (const person of [host, staff]) expect(await contactFor(person, event.id)).toEqual(full.contact);

  const isPublic = async () =>
    (await as(host).run(`query($id: ID!) { eventContact(eventId: $id) { isPublic } }`, { id: event.id })).data
      .eventContact.isPublic;
  expect(await isPublic()).toBe(false);
  const version = (await as(host).run(`query($id: ID!) { event(id: $id) { version } }`, { id: event.id })).data.event;
  expect((await edit({ ...event, ...version }, { contactPublic: true })).code).toBe("OK");
  expect(await isPublic()).toBe(true);
  for (const person of [undefined, stranger, host]) expect(await contactFor(person, event.id)).toEqual(full.contact);
  expect(await contactFor(stranger, "event_00000000000000000000000000000000")).toBeNull();
});

test("keeps each look at a contact that is not public in the audit trail, and the contact itself sealed", async () => {
  const event = await drafted(full);
  await contactFor(host, event.id);
  await contactFor(await a.person(), event.id);
  const id = fromGlobalId("Event", event.id, "id");
  const { pool } = server().services;
  const looks = await pool.query(
    `SELECT actor_id, fields FROM audit_entries WHERE subject_id = $1 AND action = 'eventContact'`,
    [id],
  );
  expect(looks.rows).toEqual([{ actor_id: host.id, fields: ["contact"] }]);
  const { rows } = await pool.query(
    `SELECT e::text AS event, (SELECT string_agg(v::text, ' ') FROM event_versions v WHERE v.event_id = e.id) AS versions,
       (SELECT string_agg(t::text, ' ') FROM audit_entries t WHERE t.subject_id = e.id) AS trail,
       encode(e.contact_sealed, 'escape') AS sealed FROM events e WHERE e.id = $1`,
    [id],
  );
  expect(JSON.stringify(rows)).not.toMatch(/ana@example|555-0199|\bAna\b/);
});

test("does not take the same contact for a change", async () => {
  const event = await drafted(full);
  const { data } = await edit(event, {
    contact: { phone: full.contact.phone, email: "ana@example.org", name: " Ana " },
  });
  expect(data.editEvent.event.version).toBe(event.version);
});

test("names a contact that was changed since in a stale edit", async () => {
  const event = await drafted(full);
  await edit(event, { contact: { name: "Bo" } });
  const reply = await edit(event, { whatToBring: "Nothing" });
  expect(reply).toMatchObject({ code: "CONFLICT", reason: "STALE_VERSION" });
  expect(reply.fields.map((fault) => fault.path)).toEqual(["input.version", "input.contact"]);
});

test("finds events by occurrence and by language, of which a tag finds its variants", async () => {
  const of = await a.campaign();
  const make = async (fields: object) => (await a.event({ campaign: of, ...fields })).id;
  const mexican = await make({ languages: ["en", "es-MX"] });
  const estonian = await make({ languages: ["esu"], occurrence: "CANCELLED" });
  const filtered = async (filter: object): Promise<string[]> => {
    const ask = `query($filter: EventFilter) { events(filter: $filter) { nodes { id } } }`;
    const reply = await as().run(ask, { filter: { campaignId: of.id, ...filter } });
    return reply.data.events.nodes.map((event: { id: string }) => event.id).sort();
  };
  expect(await filtered({ languages: ["ES"] })).toEqual([mexican]);
  expect(await filtered({ languages: ["es-ES"] })).toEqual([]);
  expect(await filtered({ languages: ["vi", "en", "esu"] })).toEqual([mexican, estonian].sort());
  expect(await filtered({ occurrence: ["CANCELLED", "POSTPONED"] })).toEqual([estonian]);
  expect(await filtered({ occurrence: ["SCHEDULED"] })).toEqual([mexican]);
});
