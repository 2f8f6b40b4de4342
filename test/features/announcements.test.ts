import { changesSince } from "../support/changes.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server } = openWorld();

const message = (event: { id: string }, fields: object = {}) => ({
  eventId: event.id,
  subject: "Bring water",
  text: "It will be hot.",
  ...fields,
});
const announce = (person: Person | undefined, input: object) =>
  as(person).call("announce", input, "announcement { id subject text postedAt event { id } }");
const remove = (person: Person | undefined, announcementId: string) =>
  as(person).call("removeAnnouncement", { announcementId }, "removedId");
const shownTo = async (person: Person | undefined, id: string): Promise<string[]> =>
  (
    await as(person).run(`query($id: ID!) { event(id: $id) { announcements { nodes { subject } } } }`, { id })
  ).data.event.announcements.nodes.map(({ subject }: { subject: string }) => subject);

test.each([
  ["a subject of two characters", { subject: "ab" }, "input.subject", "must be 3 to 120 characters"],
  ["a subject of two lines", { subject: "Bring\nwater" }, "input.subject", "must be one line"],
  ["an empty message", { text: "  " }, "input.text", "must be 1 to 5000 characters"],
  ["a message of 5,001 characters", { text: "x".repeat(5_001) }, "input.text", "must be 1 to 5000 characters"],
])("refuses %s, naming the field and what would be right", async (_what, fields, path, reason) => {
  const host = await a.person();
  const reply = await announce(host, message(await a.event({ createdByPerson: host }), fields));
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields).toEqual([{ path, reason: expect.stringContaining(reason) as string }]);
});

test("lets those who manage the event announce and remove, and nobody else", async () => {
  const [campaign, host] = [await a.campaign(), await a.organization()];
  const creator = await a.member(host);
  const event = await a.event({ campaign, host, createdByPerson: creator });
  const others = [await a.person(), await a.member(host), await a.coordinator(event), await a.reporter(event)];
  const { id } = (await announce(creator, message(event))).data.announce.announcement;
  expect((await announce(undefined, message(event))).code).toBe("UNAUTHENTICATED");
  expect((await remove(undefined, id)).code).toBe("UNAUTHENTICATED");
  for (const person of others) {
    expect((await announce(person, message(event))).code).toBe("FORBIDDEN");
    expect((await remove(person, id)).code).toBe("FORBIDDEN");
  }
  for (const person of [creator, await a.admin(host), await a.staff(campaign)]) {
    const reply = await announce(person, message(event));
    expect((await remove(person, reply.data.announce.announcement.id)).code).toBe("OK");
  }
});

test("refuses at an event that is not approved, and says of hidden ones that there are none", async () => {
  const host = await a.person();
  const draft = await a.event({ review: "DRAFT" as never, createdByPerson: host });
  expect(await announce(host, message(draft))).toMatchObject({ code: "CONFLICT", reason: "EVENT_NOT_APPROVED" });
  const hidden = await a.event({ visibility: "PRIVATE" as never, createdByPerson: host });
  const { id } = (await announce(host, message(hidden))).data.announce.announcement;
  const stranger = await a.person();
  const none = "announcement_00000000000000000000000000000000";
  expect((await announce(stranger, message(hidden))).code).toBe("NOT_FOUND");
  expect((await remove(stranger, id)).body.errors![0]!.message).toBe(
    (await remove(stranger, none)).body.errors![0]!.message,
  );
  for (const person of [undefined, stranger])
    expect((await as(person).run(`query($id: ID!) { node(id: $id) { id } }`, { id })).data.node).toBeNull();
});

test("takes ten announcements a day for an event, removed ones too, also all at once", async () => {
  const host = await a.person();
  const event = await a.event({ createdByPerson: host });
  const before = clock.now;
  const replies = await Promise.all(Array.from({ length: 12 }, () => announce(host, message(event))));
  expect(replies.map(({ code, reason }) => reason ?? code).sort()).toEqual([
    ...Array.from({ length: 2 }, () => "LIMIT_REACHED"),
    ...Array.from({ length: 10 }, () => "OK"),
  ]);
  await remove(host, replies.find(({ code }) => code === "OK")!.data.announce.announcement.id);
  expect(await announce(host, message(event))).toMatchObject({ code: "CONFLICT", reason: "LIMIT_REACHED" });
  expect((await announce(host, message(await a.event({ createdByPerson: host })))).code).toBe("OK");
  clock.now = new Date(before.getTime() + 24 * 3_600_000);
  expect((await announce(host, message(event))).code).toBe("OK");
  clock.now = before;
});

test("shows them to whoever sees the event, the latest first, until they are removed", async () => {
  const host = await a.person();
  const event = await a.event({ createdByPerson: host, visibility: "UNLISTED" as never });
  const before = clock.now;
  const ids: string[] = [];
  for (const subject of ["First", "Second", "Third"]) {
    clock.now = new Date(clock.now.getTime() + 1_000);
    ids.push((await announce(host, message(event, { subject }))).data.announce.announcement.id);
  }
  clock.now = before;
  expect(await shownTo(undefined, event.id)).toEqual(["Third", "Second", "First"]);
  for (let again = 0; again < 2; again++)
    expect((await remove(host, ids[1]!)).data.removeAnnouncement).toEqual({ removedId: ids[1] });
  expect((await remove(await a.person(), ids[1]!)).code).toBe("NOT_FOUND");
  for (const person of [undefined, host]) {
    expect(await shownTo(person, event.id)).toEqual(["Third", "First"]);
    const reply = await as(person).run(`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids });
    expect(reply.data.nodes).toEqual([{ id: ids[0] }, null, { id: ids[2] }]);
  }
  const kept = await server().services.db.query("SELECT 1 FROM announcements WHERE subject = 'Second'");
  expect(kept).toEqual([]);
});

test("posts one announcement for a call repeated with its key, also when it has been removed since", async () => {
  const host = await a.person();
  const event = await a.event({ createdByPerson: host });
  const input = message(event, { idempotencyKey: "the-same-key" });
  const { id } = (await announce(host, input)).data.announce.announcement;
  expect((await announce(host, input)).data.announce.announcement.id).toBe(id);
  await remove(host, id);
  expect((await announce(host, input)).data.announce.announcement).toBeNull();
  expect(await shownTo(host, event.id)).toEqual([]);
});

test("tells those who see the event of each, live and after a break, and nobody else", async () => {
  const host = await a.person();
  const event = await a.event({ createdByPerson: host, visibility: "PRIVATE" as never });
  const follow = `subscription($id: ID!, $after: String) {
    announcementPosted(eventId: $id, after: $after) { position kind announcementId announcement { subject } } }`;
  const start = (await as().run("{ position }")).data.position;
  const [mine, others] = [
    await as(host).listen(follow, { id: event.id }),
    await as(await a.person()).listen(follow, { id: event.id }),
  ];
  const { id } = (await announce(host, message(event))).data.announce.announcement;
  const told = await mine.until(({ kind }) => kind === "CREATED");
  expect(told).toMatchObject({ announcementId: id, announcement: { subject: "Bring water" } });
  await remove(host, id);
  await mine.until(({ kind, announcement }) => kind === "REMOVED" && announcement === null);
  const late = await as(host).listen(follow, { id: event.id, after: start });
  await late.until(({ kind, announcementId }) => kind === "REMOVED" && announcementId === id);
  expect(others.messages).toEqual([]);
  for (const listening of [mine, others, late]) await listening.stop();
});

test("tells `changes` of those at events that the reader finds in lists", async () => {
  const host = await a.person();
  const [open, hidden] = [
    await a.event({ createdByPerson: host }),
    await a.event({ createdByPerson: host, visibility: "UNLISTED" as never }),
  ];
  const since = (await as().run("{ position }")).data.position;
  const { id } = (await announce(host, message(open))).data.announce.announcement;
  const unseen = (await announce(host, message(hidden))).data.announce.announcement.id;
  await remove(host, id);
  const gone = { topic: "ANNOUNCEMENT", kind: "REMOVED", id, node: null };
  // That it was posted is told until it is removed; from then on only that.
  while ((await changesSince(as(), since, [id, unseen], 1))[0]!.kind !== "REMOVED");
  expect(await changesSince(as(), since, [id, unseen], 1)).toEqual([gone]);
});

test("goes with an event that is merged into another", async () => {
  const [campaign, host] = [await a.campaign(), await a.person()];
  const [from, into] = [
    await a.event({ campaign, createdByPerson: host }),
    await a.event({ campaign, createdByPerson: host }),
  ];
  const { id } = (await announce(host, message(from))).data.announce.announcement;
  expect((await as(host).call("mergeEvent", { eventId: from.id, intoEventId: into.id }, "__typename")).code).toBe("OK");
  expect(await shownTo(undefined, into.id)).toEqual(["Bring water"]);
  expect((await remove(host, id)).code).toBe("OK");
});
