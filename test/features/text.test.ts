import { SearchEvents1795522100000 } from "../../migrations/1795522100000-search-events.js";
import { openWorld } from "../support/world.js";

const { a, as, server } = openWorld();

const draft = async (fields: object) => ({
  campaignId: (await a.campaign()).id,
  cityId: (await a.city()).globalId,
  type: "RALLY",
  title: "Solidarity rally",
  startsOn: "2026-01-23",
  ...fields,
});

const found = async (campaignId: string, search: string): Promise<string[]> => {
  const ask = `query($filter: EventFilter) { events(filter: $filter, first: 100) { nodes { title } } }`;
  const reply = await as().run(ask, { filter: { campaignId, search } });
  if (reply.code !== "OK") throw new Error(reply.message);
  return reply.data.events.nodes.map((event: { title: string }) => event.title).sort();
};

const composed = "Marché à Montréal".normalize("NFC");
const decomposed = composed.normalize("NFD");
const family = "👩‍👩‍👧‍👦";

test.each([
  ["NUL", { title: "Ral\0ly" }, "input.title"],
  ["a bell", { title: "Ral\u0007ly" }, "input.title"],
  ["half of a surrogate pair", { description: "\ud83d" }, "input.description"],
  ["characters that nobody can see", { title: "\u200b\u200b\u200b\u200b" }, "input.title"],
  ["a turn of the direction of reading", { title: "abc\u202egnp" }, "input.title"],
  ["two letters and spaces", { title: "  ab  " }, "input.title"],
  ["121 characters", { title: "é".repeat(121) }, "input.title"],
  ["121 characters outside of the basic plane", { title: "😀".repeat(121) }, "input.title"],
  ["18 families, which are 126 characters", { title: family.repeat(18) }, "input.title"],
  ["a line of 201 characters", { addressLines: ["1 Main Street", "x".repeat(201)] }, "input.addressLines"],
])("refuses %s, naming the field", async (_what, fields, path) => {
  const reply = await as(await a.person()).draftEvent(await draft(fields));
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields.map((fault) => fault.path)).toEqual([path]);
});

test.each([
  ["emoji with joiners", `Picnic ${family} 🏳️‍🌈`],
  ["a flag and skin tones", "Fists ✊🏿 🇺🇸"],
  ["Arabic", "مسيرة التضامن في المدينة"],
  ["Hebrew beside English", "שלום for all: עצרת"],
  ["Hmong, Somali and Spanish", "Kev sib koom / Isu soo bax / ¡Ni una más!"],
  ["Chinese", "團結集會在明尼阿波利斯"],
  ["quotes", `O'Brien's "rally" \`now\` ''; --`],
  ["a script", `<script>alert(1)</script> & <b>rally</b>`],
  ["patterns", String.raw`100% of_us \o/ %_\ \\`],
  ["JSON and templates", '{"title": null} ${7*7} {{7*7}} $1'],
  ["120 characters outside of the basic plane", "😀".repeat(120)],
])("keeps %s as it was written", async (_what, title) => {
  const host = as(await a.person());
  const { id } = (await host.draftEvent(await draft({ title, description: title }))).data.draftEvent.event;
  const ask = `query($id: ID!) { event(id: $id) { title description } }`;
  expect((await host.run(ask, { id })).data.event).toEqual({ title, description: title });
});

test("keeps composed letters, without the space around", async () => {
  const reply = await as(await a.person()).draftEvent(await draft({ title: `  ${decomposed}\n` }));
  expect(reply.data.draftEvent.event.title).toBe(composed);
});

test("finds composed, decomposed, accented and plain spellings by each other, through an edit as well", async () => {
  const campaign = await a.campaign();
  const [host, staff] = [as(await a.person()), as(await a.staff(campaign))];
  const draftOf = async (title: string) =>
    (await host.draftEvent(await draft({ campaignId: campaign.id, title, submit: true }))).data.draftEvent.event.id;
  for (const title of [composed, decomposed, "MARCHE A MONTREAL", "Another gathering"])
    await staff.approveEvent(await draftOf(title));
  const three = [composed, composed, "MARCHE A MONTREAL"].sort();
  for (const search of [composed, decomposed, "marche a montreal", "MONTRÉAL", " à Mont ", "mar\u00adche a"])
    expect([search, await found(campaign.id, search)]).toEqual([search, three]);

  const ask = `query($c: ID!) { events(filter: { campaignId: $c, search: "another" }) { nodes { id version } } }`;
  const [other] = (await host.run(ask, { c: campaign.id })).data.events.nodes;
  const edit = `mutation($input: EditEventInput!) { editEvent(input: $input) { event { title } } }`;
  await host.run(edit, { input: { eventId: other.id, version: other.version, title: "Señales" } });
  expect(await found(campaign.id, "senales")).toEqual(["Señales"]);
  expect(await found(campaign.id, "another")).toEqual([]);
});

test("finds right-to-left text with and without its vowels and marks of direction, emoji by any part, and Chinese", async () => {
  const campaign = await a.campaign();
  const chinese = "團結集會在明尼阿波利斯";
  for (const title of ["שָׁלוֹם everyone", `Picnic ${family}`, chinese]) await a.event({ campaign, title });
  expect(await found(campaign.id, "\u200fשלום")).toEqual(["שָׁלוֹם everyone"]);
  for (const search of [family, "👩‍👧", "picnic 👩"]) expect(await found(campaign.id, search)).toHaveLength(1);
  for (const search of ["集會", "明尼阿波利斯"]) expect(await found(campaign.id, search)).toEqual([chinese]);
  expect(await found(campaign.id, "會集")).toEqual([]);
});

test("takes patterns, quotes and tags in a search as text only", async () => {
  const campaign = await a.campaign();
  const titles = [
    "100% of us",
    "under_score",
    String.raw`back\slash`,
    `O'Brien "rally"`,
    "<script>x</script>",
    "plain",
  ];
  for (const title of titles) await a.event({ campaign, title });
  const searches = ["100%", "under_s", String.raw`back\s`, `o'b`, "<script>", "plain"];
  for (const [index, search] of searches.entries())
    expect([search, await found(campaign.id, search)]).toEqual([search, [titles[index]]]);
  for (const search of ["%%", "__", String.raw`\\`, "_%", "';--", "p%n", "pl%n", "p_ain"])
    expect(await found(campaign.id, search)).toEqual([]);
});

test("finds what has a word that begins with each word asked for, in any order, with its venue and city", async () => {
  const campaign = await a.campaign();
  const rally = "Solidarity Rally: Łódź & Minnéapolis/Twin-Cities";
  await a.event({ campaign, title: rally, venue: "Café O’Hara (2nd floor)", city: "saint-paul-mn" });
  await a.event({ campaign, title: "Vigil", venue: "City Hall", city: "st-louis-mo" });
  const finds = { rally: [rally], vigil: ["Vigil"], both: [rally, "Vigil"], none: [] };
  const searches = {
    rally: [
      "rally sol",
      "twin cities",
      "twin-cit",
      "lodz",
      "MINNEAPOLIS",
      "saint paul",
      "St. Paul, MN",
      "ohara 2nd",
      "cafe tw",
    ],
    vigil: ["hall vig", "st louis", "Saint Louis", "vigil, mo"],
    both: ["ci", "saint"],
    none: ["olidarity", "rally vigil", "twin hall", "cities-twin", "hall-city", "paul-saint"],
  };
  for (const [name, words] of Object.entries(searches))
    for (const search of words)
      expect([search, await found(campaign.id, search)]).toEqual([search, finds[name as keyof typeof finds]]);
});

test("finds a venue by its words where everybody may know it, and nowhere else, whoever asks", async () => {
  const campaign = await a.campaign();
  const [person, staff] = [await a.person(), await a.staff(campaign)];
  const host = as(person);
  const fields = { campaignId: campaign.id, title: "Vigil", venue: "Dunvegan Lodge", submit: true };
  const { id } = (await host.draftEvent(await draft(fields))).data.draftEvent.event;
  await as(staff).approveEvent(id);
  const edit = async (change: object): Promise<void> => {
    const { version } = (await host.run(`query($id: ID!) { event(id: $id) { version } }`, { id })).data.event;
    const ask = `mutation($input: EditEventInput!) { editEvent(input: $input) { event { id } } }`;
    expect((await host.run(ask, { input: { eventId: id, version, ...change } })).code).toBe("OK");
  };
  const ask = `query($c: ID!, $s: String!) { events(filter: { campaignId: $c, search: $s }) { nodes { title } } }`;
  const finds = async (search: string): Promise<boolean[]> =>
    Promise.all(
      [undefined, person, staff].map(
        async (who) => (await as(who).run(ask, { c: campaign.id, s: search })).data.events.nodes.length > 0,
      ),
    );
  const [all, nobody] = [
    [true, true, true],
    [false, false, false],
  ];
  expect(await finds("dunvegan")).toEqual(all);
  for (const locationPrecision of ["APPROXIMATE", "CITY"]) {
    await edit({ locationPrecision });
    for (const search of ["dunvegan", "du lo", "vigil dunvegan"]) expect(await finds(search)).toEqual(nobody);
    expect(await finds("vigil minneapolis")).toEqual(all);
  }
  await edit({ venue: "Keewaydin Hall" });
  expect(await finds("keewaydin")).toEqual(nobody);
  await edit({ locationPrecision: "EXACT", cityId: (await a.city("oakland-ca")).globalId });
  for (const search of ["keewaydin", "oakland", "vigil CA"]) expect(await finds(search)).toEqual(all);
  for (const search of ["dunvegan", "minneapolis"]) expect(await finds(search)).toEqual(nobody);
});

test("fills what is searched for the events of before as it is written for new ones", async () => {
  const campaign = await a.campaign();
  await a.event({ campaign, title: composed, venue: "Łazienki", city: "saint-paul-mn" });
  await a.event({ campaign, title: "Hidden", venue: "Łazienki", locationPrecision: "CITY" as never });
  const { db } = server().services;
  const texts = (): Promise<object[]> => db.query("SELECT id, search_text FROM events ORDER BY id");
  const written = await texts();
  const runner = db.connection.createQueryRunner();
  await runner.query("UPDATE events SET search_text = ''");
  await new SearchEvents1795522100000().up(runner);
  await runner.release();
  expect(await texts()).toEqual(written);
  expect(written.length).toBeGreaterThan(1);
});

test.each([
  ["one letter", "a"],
  ["101 letters", "a".repeat(101)],
  ["accents without letters", "\u0301\u0301\u0301"],
  ["what nobody sees", "\u200d\u200d\u200d"],
])("refuses to search for %s", async (_what, search) => {
  const reply = await as().run(`query($s: String) { events(filter: { search: $s }) { nodes { id } } }`, { s: search });
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields[0]!.path).toBe("filter.search");
});

test("searches words through the index of trigrams", async () => {
  const plan: object[] = await server().services.db.transaction(async (db) => {
    // The table of a test is too small to be worth an index.
    await db.query("SET LOCAL enable_seqscan = off");
    return db.query(`EXPLAIN SELECT id FROM events WHERE search_text LIKE '% mo%'`);
  });
  expect(JSON.stringify(plan)).toContain("events_search_idx");
});

test("finds cities with and without accents, composed or not, in any case", async () => {
  const names = async (nameStartsWith: string): Promise<string[]> => {
    const ask = `query($n: String) { cities(filter: { nameStartsWith: $n }) { nodes { name } } }`;
    return (await as().run(ask, { n: nameStartsWith })).data.cities.nodes.map((city: { name: string }) => city.name);
  };
  const spellings = ["Cañon City".normalize("NFC"), "Cañon City".normalize("NFD"), "canon city", "CANON C"];
  for (const spelling of spellings) expect([spelling, await names(spelling)]).toEqual([spelling, ["Cañon City"]]);
  for (const spelling of ["‘Ewa B", "'ewa b", "ewa b"])
    expect([spelling, await names(spelling)]).toEqual([spelling, ["‘Ewa Beach"]]);
  expect(await names("100%")).toEqual([]);
  expect(await names("_a")).toEqual([]);
});
