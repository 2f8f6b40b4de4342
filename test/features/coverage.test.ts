import { publicAddress } from "../../src/platform/graphql/url.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server } = openWorld();

const link = (event: { id: string }, fields: object = {}) => ({
  eventId: event.id,
  kind: "ARTICLE",
  url: "https://news.example.org/rally",
  title: "Thousands at the rally",
  ...fields,
});
const add = (person: Person | undefined, input: object) =>
  as(person).call("addCoverage", input, "coverage { id kind url title publisher status }");
const accept = (person: Person | undefined, coverageId: string) =>
  as(person).call("acceptCoverage", { coverageId }, "coverage { id status }");
const remove = (person: Person | undefined, coverageId: string) =>
  as(person).call("removeCoverage", { coverageId }, "removedId");
const idOf = async (person: Person, input: object): Promise<string> =>
  (await add(person, input)).data.addCoverage.coverage.id;

/** What a person finds of the event, in its list, and of a link by its id. */
const shownTo = async (person: Person | undefined, eventId: string): Promise<[string, string][]> =>
  (
    await as(person).run(`query($id: ID!) { event(id: $id) { coverage { nodes { title status } } } }`, { id: eventId })
  ).data.event.coverage.nodes.map((node: { title: string; status: string }) => [node.title, node.status]);
const opens = async (person: Person | undefined, id: string): Promise<boolean> =>
  (await as(person).run(`query($id: ID!) { node(id: $id) { id } }`, { id })).data.node !== null;

test.each([
  ["http", "http://news.example.org/"],
  ["a script", "javascript:alert(1)//https://news.example.org"],
  ["no scheme", "news.example.org/rally"],
  ["a name without a dot", "https://intranet/"],
  ["the reader's own machine", "https://localhost/"],
  ["a name below localhost", "https://news.localhost/"],
  ["a name of a local network", "https://printer.local/"],
  ["a name that ends in a dot", "https://news.example.org./"],
  ["an IPv4 address", "https://127.0.0.1/"],
  ["a short IPv4 address", "https://127.1/"],
  ["an IPv4 address as one number", "https://2130706433/"],
  ["an IPv4 address in hexadecimal", "https://0x7f.0.0.1/"],
  ["an IPv4 address in other digits", "https://①②⑦.0.0.1/"],
  ["an IPv6 address", "https://[::1]/"],
  ["a user", "https://news.example.org@evil.example.org/"],
  ["a user and password", "https://a:b@news.example.org/"],
  ["another port", "https://news.example.org:8443/"],
  ["backslashes", "https:\\\\news.example.org\\rally"],
  ["a line break inside", "https://news.exam\nple.org/"],
  ["a space inside", "https://news.example.org/a b"],
  ["501 characters", `https://news.example.org/${"x".repeat(476)}`],
  ["500 characters that are more when spelled out", `https://news.example.org/${"é".repeat(200)}`],
])("refuses an address with %s, naming the field and never quoting it", async (_what, url) => {
  const reply = await add(await a.person(), link(await a.event(), { url }));
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields).toEqual([
    { path: "input.url", reason: expect.stringContaining("must be an https address") as string },
  ]);
});

test.each([
  ["its longest", `https://news.example.org/${"x".repeat(475)}`, `https://news.example.org/${"x".repeat(475)}`],
  ["the usual port", "https://news.example.org:443/", "https://news.example.org/"],
  ["capitals in the name", "HTTPS://News.Example.ORG/Rally?a=1#b", "https://news.example.org/Rally?a=1#b"],
  ["a name in another script", "https://zeitung-münchen.example/ü", "https://xn--zeitung-mnchen-osb.example/%C3%BC"],
])("keeps an address with %s in its one spelling", (_what, given, kept) => {
  expect(publicAddress(given)).toBe(kept);
});

test.each([
  ["a title of two characters", { title: "ab" }, "input.title"],
  ["a publisher of 121 characters", { publisher: "x".repeat(121) }, "input.publisher"],
])("refuses %s, naming the field", async (_what, fields, path) => {
  expect((await add(await a.person(), link(await a.event(), fields))).fields[0]).toMatchObject({ path });
});

test("refuses who is not signed in, and says of hidden events that there are none", async () => {
  const [event, hidden] = [await a.event(), await a.event({ visibility: "PRIVATE" as never })];
  const id = await idOf(await a.reporter(hidden), link(hidden));
  expect((await add(undefined, link(event))).code).toBe("UNAUTHENTICATED");
  expect((await accept(undefined, id)).code).toBe("UNAUTHENTICATED");
  expect((await remove(undefined, id)).code).toBe("UNAUTHENTICATED");
  const stranger = await a.person();
  expect((await add(stranger, link(hidden))).code).toBe("NOT_FOUND");
  const none = "coverage_00000000000000000000000000000000";
  for (const act of [accept, remove])
    expect((await act(stranger, id)).message).toBe((await act(stranger, none)).message);
});

test("shows a suggestion to those who manage the event and to who made it only, whatever the relation", async () => {
  const [campaign, host, invited] = [await a.campaign(), await a.organization(), await a.organization()];
  const creator = await a.member(host);
  const event = await a.event({ campaign, host, createdByPerson: creator });
  await a.invited(event, invited);
  const suggester = await a.person();
  const id = await idOf(suggester, link(event));
  const suggestion = [["Thousands at the rally", "SUGGESTED"]];
  const managers = [creator, await a.admin(host), await a.staff(campaign)];
  const others = [
    undefined,
    await a.person(),
    await a.member(host),
    await a.admin(invited),
    await a.coordinator(event),
    await a.reporter(event),
    await a.staff(await a.campaign()),
  ];
  for (const person of others) {
    expect([await shownTo(person, event.id), await opens(person, id)]).toEqual([[], false]);
    if (!person) continue;
    expect((await accept(person, id)).code).toBe("NOT_FOUND");
    expect((await remove(person, id)).code).toBe("NOT_FOUND");
  }
  expect((await accept(suggester, id)).code).toBe("FORBIDDEN");
  for (const person of [suggester, ...managers])
    expect([await shownTo(person, event.id), await opens(person, id)]).toEqual([suggestion, true]);
  for (const person of managers)
    expect((await accept(person, id)).data.acceptCoverage.coverage).toEqual({ id, status: "ACCEPTED" });
  for (const person of [...others, suggester])
    expect(await shownTo(person, event.id)).toEqual([["Thousands at the rally", "ACCEPTED"]]);
  for (const person of others.slice(1)) expect((await remove(person, id)).code).toBe("FORBIDDEN");
});

test("knows those who manage an event in lists as it does when they decide: co-hosts do, who has left does not", async () => {
  const [host, coHost] = [await a.organization(), await a.organization()];
  const [former, lead, helper] = [await a.person(), await a.admin(host), await a.admin(coHost)];
  const event = await a.event({ host, createdByPerson: former });
  const id = await idOf(await a.person(), link(event));
  await a.invited(event, coHost);
  for (const person of [former, helper]) {
    expect((await accept(person, id)).code).toBe("NOT_FOUND");
    expect(await shownTo(person, event.id)).toEqual([]);
  }
  await as(helper).call("acceptCoHosting", { eventId: event.id, organizationId: coHost.id }, "__typename");
  expect(await shownTo(await a.member(coHost), event.id)).toEqual([]);
  for (const person of [lead, helper]) {
    expect(await shownTo(person, event.id)).toHaveLength(1);
    expect((await accept(person, id)).code).toBe("OK");
  }
});

test("accepts at once what those who manage the event add", async () => {
  const host = await a.person();
  const event = await a.event({ createdByPerson: host });
  const input = link(event, { kind: "VIDEO", publisher: "  The Gazette " });
  expect((await add(host, input)).data.addCoverage.coverage).toMatchObject({
    status: "ACCEPTED",
    kind: "VIDEO",
    publisher: "The Gazette",
    url: "https://news.example.org/rally",
  });
  expect(await shownTo(undefined, event.id)).toHaveLength(1);
});

test("holds a link once for an event, however it is spelled, and tells no one of another's suggestion", async () => {
  const [host, one, other] = [await a.person(), await a.person(), await a.person()];
  const event = await a.event({ createdByPerson: host });
  const spelled = link(event, { url: "https://NEWS.example.org:443/rally", title: "Another title" });
  const first = await idOf(one, link(event));
  expect(await idOf(one, spelled)).toBe(first);
  const second = await idOf(other, spelled);
  expect(second).not.toBe(first);
  await accept(host, second);
  for (const person of [one, other, host]) {
    expect(await idOf(person, link(event))).toBe(second);
    expect(await shownTo(person, event.id)).toEqual([["Another title", "ACCEPTED"]]);
  }
  expect((await accept(host, first)).code).toBe("NOT_FOUND");
  const twice = await Promise.all([0, 1].map(() => add(host, link(event, { url: "https://news.example.org/two" }))));
  expect(new Set(twice.map(({ data }) => data.addCoverage.coverage.id)).size).toBe(1);
  expect(await idOf(host, link(await a.event({ createdByPerson: host })))).not.toBe(second);
});

test("accepts a suggestion when its maker, who manages the event by now, adds it again", async () => {
  const person = await a.person();
  const [campaign, event] = [await a.campaign(), await a.event()];
  const id = await idOf(person, link(event));
  await server().services.db.query(
    `WITH made AS (INSERT INTO campaign_staff (campaign_id, person_id) SELECT id, $2 FROM campaigns WHERE slug = $1)
     UPDATE events SET campaign_id = (SELECT id FROM campaigns WHERE slug = $1) WHERE id = (SELECT event_id FROM coverage WHERE suggested_by = $2)`,
    [campaign.slug, person.id],
  );
  expect((await add(person, link(event))).data.addCoverage.coverage).toMatchObject({ id, status: "ACCEPTED" });
});

test("takes a link away, by its maker or who manages the event, again being harmless, and keeps nothing of it", async () => {
  const [host, maker] = [await a.person(), await a.person()];
  const event = await a.event({ createdByPerson: host });
  for (const remover of [host, maker]) {
    const id = await idOf(maker, link(event, { title: "A canary of a title" }));
    for (let again = 0; again < 2; again++)
      expect((await remove(remover, id)).data.removeCoverage).toEqual({ removedId: id });
    expect((await accept(host, id)).code).toBe("NOT_FOUND");
    expect((await remove(await a.person(), id)).code).toBe("NOT_FOUND");
    for (const person of [undefined, host, maker])
      expect([await shownTo(person, event.id), await opens(person, id)]).toEqual([[], false]);
  }
  const kept = await server().services.db.query("SELECT 1 FROM coverage c WHERE c::text LIKE '%A canary of a title%'");
  expect(kept).toEqual([]);
});

test("takes 20 open suggestions of a person at an event", async () => {
  const [host, person] = [await a.person(), await a.person()];
  const event = await a.event({ createdByPerson: host });
  const suggest = (n: number) => add(person, link(event, { url: `https://news.example.org/${n}` }));
  const replies = await Promise.all(Array.from({ length: 22 }, (_, n) => suggest(n)));
  expect(replies.filter(({ code }) => code === "OK")).toHaveLength(20);
  expect(replies.filter(({ reason }) => reason === "LIMIT_REACHED")).toHaveLength(2);
  expect(await suggest(replies.findIndex(({ code }) => code === "OK"))).toMatchObject({ code: "OK" });
  expect((await add(await a.person(), link(event, { url: "https://news.example.org/21" }))).code).toBe("OK");
  await accept(host, replies.find(({ code }) => code === "OK")!.data.addCoverage.coverage.id);
  expect((await suggest(100)).code).toBe("OK");
  expect((await suggest(101)).reason).toBe("LIMIT_REACHED");
});

test("takes 100 links a day of a person, removed ones too, at whichever events, also all at once", async () => {
  const person = await a.person();
  const events = await Promise.all(Array.from({ length: 2 }, () => a.event({ createdByPerson: person })));
  const before = clock.now;
  for (let n = 0; n < 98; n++) await add(person, link(events[n % 2]!, { url: `https://news.example.org/${n}` }));
  await remove(person, await idOf(person, link(events[0]!, { url: "https://news.example.org/98" })));
  const more = () =>
    Promise.all(events.map((event, n) => add(person, link(event, { url: `https://news.example.org/more/${n}` }))));
  expect((await more()).map(({ reason }) => reason).sort()).toEqual(["LIMIT_REACHED", undefined]);
  clock.now = new Date(before.getTime() + 24 * 3_600_000);
  expect((await more()).map(({ code }) => code)).toEqual(["OK", "OK"]);
  clock.now = before;
});

test("goes with an event that is merged into another, each link once", async () => {
  const [campaign, host, one, other] = [await a.campaign(), await a.person(), await a.person(), await a.person()];
  const [from, into] = [
    await a.event({ campaign, createdByPerson: host }),
    await a.event({ campaign, createdByPerson: host }),
  ];
  const at = (path: string) => ({ url: `https://news.example.org/${path}`, title: `Link ${path}` });
  await add(host, link(from, at("both")));
  await add(host, link(into, at("both")));
  await add(host, link(from, at("settles")));
  await add(one, link(into, at("settles")));
  await add(one, link(from, at("twice")));
  await add(one, link(into, at("twice")));
  await add(other, link(from, at("twice")));
  expect((await as(host).call("mergeEvent", { eventId: from.id, intoEventId: into.id }, "__typename")).code).toBe("OK");
  expect((await shownTo(host, into.id)).map((shown) => shown.join()).sort()).toEqual([
    "Link both,ACCEPTED",
    "Link settles,ACCEPTED",
    "Link twice,SUGGESTED",
    "Link twice,SUGGESTED",
  ]);
});

test("never tells who suggested a link", async () => {
  const [host, maker] = [await a.person(), await a.person()];
  const event = await a.event({ createdByPerson: host });
  await add(maker, link(event));
  const fields = (await as().run(`{ __type(name: "Coverage") { fields { name } } }`)).data.__type.fields;
  const names = fields.map(({ name }: { name: string }) => name);
  const reply = await as(host).run(
    `query($id: ID!) { event(id: $id) { coverage { nodes { ${names.filter((name: string) => name !== "event").join(" ")} } } } }`,
    { id: event.id },
  );
  expect(reply.data.event.coverage.nodes).toHaveLength(1);
  expect(JSON.stringify(reply.body)).not.toContain(maker.id.replaceAll("-", ""));
});
