import { changesSince } from "../support/changes.js";
import { crowdFile, crowdRow, importsIn } from "../support/imports.js";
import { ralliesIn } from "../support/rallies.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as } = world;
const { rally, read } = ralliesIn(world);
const { bring, campaignWithStaff } = importsIn(world);

type Made = Awaited<ReturnType<typeof a.event>>;

const add = (person: Person, event: Made, identifier: string) =>
  as(person).call("addEventIdentifier", { eventId: event.id, identifier }, "event { id identifiers version }");
const remove = (person: Person, event: Made, identifier: string) =>
  as(person).call("removeEventIdentifier", { eventId: event.id, identifier }, "event { id identifiers version }");
const found = async (identifier: string, person?: Person): Promise<string[]> => {
  const ask = `query($i: String) { events(filter: { identifier: $i }) { nodes { id } } }`;
  const reply = await as(person).run(ask, { i: identifier });
  if (reply.code !== "OK") throw new Error(reply.message);
  return reply.data.events.nodes.map(({ id }: { id: string }) => id).sort();
};
const position = async (): Promise<string> => (await as().run("{ position }")).data.position as string;

let known: Awaited<ReturnType<typeof rally>>;
beforeAll(async () => void (known = await rally()));

test.each([
  ["no colon", "mobilize"],
  ["no value", "mobilize:"],
  ["a system of one letter", "m:123"],
  ["a system of 41 letters", `${"m".repeat(41)}:1`],
  ["capitals in the system", "Mobilize:123"],
  ["a space", "mobilize:1 23"],
  ["a line break", "mobilize:123\n"],
  ["an accent", "mobilize:é"],
  ["201 characters", `mobilize:${"1".repeat(201)}`],
])("refuses an identifier with %s, saying what would be right", async (_what, identifier) => {
  const { event, admin } = known;
  for (const reply of [await add(admin, event, identifier), await remove(admin, event, identifier)]) {
    expect(reply).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ path: "input.identifier" }] });
    expect(reply.fields[0]!.reason).toContain("such as mobilize:123");
  }
});

test("refuses the twenty-first", async () => {
  const { event, admin } = await rally();
  for (let n = 0; n < 20; n++) expect((await add(admin, event, `many:${n}`)).code).toBe("OK");
  expect((await add(admin, event, "many:20")).fields[0]!.path).toBe("input.identifier");
  expect((await add(admin, event, "many:19")).code).toBe("OK");
});

test("shows identifiers to whoever sees the event, finds it by them, and tells it as updated", async () => {
  const { event, admin, helper } = await rally();
  const since = await position();
  expect((await add(admin, event, "mobilize:123")).data.addEventIdentifier.event).toEqual({
    id: event.id,
    identifiers: ["mobilize:123"],
    version: 1,
  });
  await add(admin, event, "mobilize:123");
  await add(helper, event, "crowd-counts:a:b%_");
  expect(await read(event.id, undefined, "identifiers")).toEqual({
    identifiers: ["crowd-counts:a:b%_", "mobilize:123"],
  });
  expect(await found("mobilize:123")).toEqual([event.id]);
  expect(await found("crowd-counts:a:b%_")).toEqual([event.id]);
  for (const other of ["mobilize:12", "mobilize:%", "crowd-counts:a"]) expect(await found(other)).toEqual([]);
  const gone = await remove(admin, event, "mobilize:123");
  expect(gone.data.removeEventIdentifier.event.identifiers).toEqual(["crowd-counts:a:b%_"]);
  await remove(admin, event, "mobilize:123");
  expect(await found("mobilize:123")).toEqual([]);
  const changes = await changesSince(as(), since, [event.id], 1);
  expect([...new Set(changes.map(({ kind }) => kind))]).toEqual(["UPDATED"]);
});

test("finds no hidden event by its identifier, but for those concerned", async () => {
  const { event, admin, campaign, lead, stranger } = await rally({ visibility: "PRIVATE" as never });
  const draft = await a.event({ campaign, host: lead, review: "DRAFT" as never });
  for (const one of [event, draft]) await add(admin, one, "mobilize:hidden");
  expect(await found("mobilize:hidden")).toEqual([]);
  expect(await found("mobilize:hidden", stranger)).toEqual([]);
  expect(await found("mobilize:hidden", admin)).toEqual([event.id, draft.id].sort());
});

test("identifiers of a merged event lead to the other, which is told as updated", async () => {
  const { event, admin, campaign, lead } = await rally();
  const into = await a.event({ campaign, host: lead });
  await add(admin, event, "merged:1");
  await add(admin, event, "merged:2");
  await add(admin, into, "merged:2");
  const since = await position();
  await as(admin).call("mergeEvent", { eventId: event.id, intoEventId: into.id });
  expect(await read(into.id, undefined, "identifiers")).toEqual({ identifiers: ["merged:1", "merged:2"] });
  expect(await found("merged:1")).toEqual([into.id]);
  const changes = await changesSince(as(), since, [into.id], 1);
  expect(changes).toContainEqual(expect.objectContaining({ topic: "EVENT", kind: "UPDATED" }));
});

test("an import keeps what the file knows its rows by, where that is an identifier", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  const rows = [crowdRow({ id: "ccc-known" }), crowdRow({ id: "two words" })];
  await bring(staff, { campaignId, publish: true }, crowdFile(rows));
  const ask = `query($c: ID!) { events(filter: { campaignId: $c }) { nodes { identifiers } } }`;
  const { nodes } = (await as().run(ask, { c: campaign.id })).data.events;
  expect(nodes.map(({ identifiers }: { identifiers: string[] }) => identifiers.join()).sort()).toEqual([
    "",
    "crowd-counts:ccc-known",
  ]);
  expect(await found("crowd-counts:ccc-known")).toHaveLength(1);
});
