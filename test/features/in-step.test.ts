import { setTimeout as wait } from "node:timers/promises";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { changesSince } from "../support/changes.js";
import { EventCopy } from "../support/copies.js";
import { EventStorm } from "../support/event-storm.js";
import { inputs, reason } from "../support/rallies.js";
import { seeded } from "../support/seeded.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, another, databaseUrl, server } = openWorld();

/** IN_STEP=full: an hour of 20 changes a second. */
const acts = process.env["IN_STEP"] === "full" ? 72_000 : Number(process.env["IN_STEP"] ?? 250);
jest.setTimeout(120_000 + acts * 100);

const lastPosition = async (): Promise<string> => {
  const { rows } = await server().services.pool.query(
    `SELECT lpad(to_hex(epoch), 4, '0') || lpad(to_hex(xid::text::bigint), 12, '0') || lpad(to_hex(id), 12, '0') AS at
     FROM change_log, changes ORDER BY xid DESC, id DESC LIMIT 1`,
  );
  return rows[0].at;
};

/** Reads changes until all are settled that are in the log now. */
async function finish(copy: EventCopy): Promise<void> {
  for (const last = await lastPosition(); copy.position < last; await wait(5)) await copy.catchUp();
}

async function fresh(person?: Person): Promise<EventCopy> {
  const copy = new EventCopy(() => as(person));
  await copy.copyAll();
  return copy;
}

test("a copy that follows ends equal to a copy made later, through breaks, on two servers, and never has what is hidden", async () => {
  const elsewhere = (await another()).url;
  const random = seeded(20_260_123);
  const anywhere = (person?: Person) => () => as(person, random() < 0.5 ? undefined : () => elsewhere);
  const campaign = await a.campaign();
  const staff = await a.staff(campaign);
  const host = await a.organization();
  await a.admin(host, staff);
  const storm = new EventStorm({
    staff: anywhere(staff),
    databaseUrl: databaseUrl(),
    campaignId: campaign.id,
    cities: [(await a.city()).globalId, (await a.city("chicago-il")).globalId],
    hostId: host.id,
    seed: 1,
  });
  await storm.run(30);
  const [polling, concerned, live] = [anywhere(), anywhere(staff), anywhere()].map((reader) => new EventCopy(reader));
  let over = false;
  const poll = async (copy: EventCopy): Promise<void> => {
    await copy.copyAll();
    while (!over) await Promise.all([copy.catchUp(), wait(random() * 200)]);
  };
  let breaks = 0;
  const stream = async (copy: EventCopy): Promise<void> => {
    await copy.copyAll();
    while (!over) {
      const listening = await copy.follow();
      const stay = 50 + random() * 800;
      for (const since = Date.now(); Date.now() - since < stay && !copy.behind && !over;) await wait(5);
      await listening.stop();
      breaks++;
      if (copy.behind) await copy.catchUp();
      copy.behind = false;
    }
  };
  const following = Promise.all([poll(polling!), poll(concerned!), stream(live!)]);
  await storm.run(acts);
  over = true;
  await following;
  // The stream alone brings the last changes too: an event that is the last of all is told after them.
  const { id: last } = await a.event({ campaign, title: "The last" });
  const listening = await live!.follow();
  await listening.until(({ eventId }) => eventId === last);
  await listening.stop();
  await Promise.all([finish(polling!), finish(concerned!)]);
  const [everybody, ours] = [await fresh(), await fresh(staff)];
  expect(polling!.sorted()).toEqual(everybody.sorted());
  expect(live!.sorted()).toEqual(everybody.sorted());
  expect(concerned!.sorted()).toEqual(ours.sorted());
  expect(
    [polling, live].flatMap((copy) =>
      copy!.told.filter((event) => event.review !== "APPROVED" || event.visibility !== "PUBLIC"),
    ),
  ).toEqual([]);
  expect([everybody.events.size < ours.events.size, breaks > 2, polling!.copies]).toEqual([true, true, 1]);
  const ids = [...new Set([...polling!.told, ...live!.told].map(({ id }) => fromGlobalId("Event", id, "id")))];
  const { rows } = await server().services.pool.query("SELECT id FROM events WHERE id = ANY ($1) AND NOT ever_public", [
    ids,
  ]);
  expect(rows).toEqual([]);
  if (process.env["IN_STEP"]) {
    const sizes = [everybody, ours, polling!, live!].map((copy) => [copy.events.size, copy.told.length, copy.copies]);
    process.stderr.write(`${JSON.stringify({ acts, changed: storm.changed, breaks, sizes })}
`);
  }
});

test("more events at once than a stream tells of are read from the log instead", async () => {
  const copy = await fresh();
  const listening = await copy.follow();
  await a.events(1_100);
  await listening.until(() => copy.behind);
  await listening.stop();
  await finish(copy);
  expect(copy.copies).toBe(1);
  expect(copy.sorted()).toEqual((await fresh()).sorted());
});

describe("What both streams say of an event:", () => {
  const fields = "kind tombstone { id removedReason mergedInto { id } }";
  const stream = `subscription { eventChanged { eventId ${fields} event { id } } }`;
  const since = `query($s: String!) { changes(since: $s, first: 100) { changes { topic id ${fields} node { id } } } }`;

  interface Told {
    kind: string;
    thing: { id: string } | null;
    tombstone: object | null;
  }

  /** What the stream tells of an event until it says the kind; that it was made may come late. The log says the last of it. */
  async function toldOf(id: string, kind: string, person: Person | undefined, act: () => Promise<unknown>) {
    const { position } = (await as(person).run("{ position }")).data;
    const listening = await as(person).listen(stream);
    await act();
    await listening.until((message) => message.eventId === id && message.kind === kind);
    await listening.stop();
    const messages = listening.messages.filter(({ eventId }) => eventId === id);
    const live: Told[] = messages.map(({ kind: said, tombstone, event: thing }) => ({ kind: said, thing, tombstone }));
    const { changes } = (await as(person).run(since, { s: position })).data.changes;
    const logged = (changes as (Told & { topic: string; id: string; node: Told["thing"] })[])
      .filter((change) => change.id === id && change.topic === "EVENT")
      .map(({ kind: said, tombstone, node: thing }): Told => ({ kind: said, thing, tombstone }));
    expect(logged).toEqual(live.slice(-1));
    return live;
  }

  test("nothing before it is public, then that it is new; to those concerned each step", async () => {
    const campaign = await a.campaign();
    const staff = await a.staff(campaign);
    const event = await a.event({ campaign, review: "DRAFT" as never });
    const publish = async () => {
      for (const [name, edit] of Object.entries({
        editEvent: { version: 1, title: "Not yet" },
        submitEvent: {},
        approveEvent: {},
      }))
        expect((await as(staff).call(name, { eventId: event.id, ...edit })).code).toBe("OK");
    };
    const thing = { id: event.id };
    expect(await toldOf(event.id, "CREATED", undefined, publish)).toEqual([
      { kind: "CREATED", thing, tombstone: null },
    ]);
    const hide = () => as(staff).call("requestEventChanges", inputs.requestEventChanges(event));
    expect((await toldOf(event.id, "HIDDEN", undefined, hide)).at(-1)).toEqual({
      kind: "HIDDEN",
      thing: null,
      tombstone: null,
    });
    const again = async () => {
      await as(staff).submitEvent(event.id);
      await as(staff).approveEvent(event.id);
    };
    expect((await toldOf(event.id, "PUBLISHED", staff, again)).at(-1)).toEqual({
      kind: "PUBLISHED",
      thing,
      tombstone: null,
    });
  });

  test("that it is cancelled, and then where it went", async () => {
    const campaign = await a.campaign();
    const staff = await a.staff(campaign);
    const [event, into] = [await a.event({ campaign }), await a.event({ campaign })];
    const cancel = () => as(staff).call("cancelEvent", inputs.cancelEvent(event));
    expect((await toldOf(event.id, "CANCELLED", undefined, cancel)).at(-1)).toMatchObject({
      kind: "CANCELLED",
      thing: { id: event.id },
    });
    const merge = () => as(staff).call("mergeEvent", { eventId: event.id, intoEventId: into.id });
    expect((await toldOf(event.id, "MERGED", undefined, merge)).at(-1)).toEqual({
      kind: "MERGED",
      thing: null,
      tombstone: { id: event.id, removedReason: null, mergedInto: { id: into.id } },
    });
    const remove = () => as(staff).call("deleteEvent", inputs.deleteEvent(into), "removedId");
    expect((await toldOf(into.id, "DELETED", undefined, remove)).at(-1)).toEqual({
      kind: "DELETED",
      thing: null,
      tombstone: { id: into.id, removedReason: reason, mergedInto: null },
    });
  });

  test("of a private one that is deleted nothing, but to those concerned", async () => {
    const campaign = await a.campaign();
    const staff = await a.staff(campaign);
    const event = await a.event({ campaign, visibility: "PRIVATE" as never });
    const { position } = (await as().run("{ position }")).data;
    const remove = () => as(staff).call("deleteEvent", inputs.deleteEvent(event), "removedId");
    expect((await toldOf(event.id, "DELETED", staff, remove)).at(-1)).toEqual({
      kind: "DELETED",
      thing: null,
      tombstone: null,
    });
    const { changes } = (await as().run(since, { s: position })).data.changes;
    expect(JSON.stringify(changes)).not.toContain(event.id);
  });
});

test("tells of organizations by themselves, also that one is listed no more", async () => {
  const listed = await a.organization();
  const owner = await a.owner(listed);
  const { position } = (await as().run("{ position }")).data;
  const edit = { organizationId: listed.id, version: 1, website: "https://union.example" };
  expect((await as(owner).call("editOrganization", edit, "organization { id }")).code).toBe("OK");
  expect(await changesSince(as(), position, [listed.id], 1)).toEqual([
    { topic: "ORGANIZATION", kind: "UPDATED", id: listed.id, node: { id: listed.id } },
  ]);
  const rejection = { organizationId: listed.id, reason };
  expect((await as(await a.siteStaff()).call("rejectOrganization", rejection, "organization { id }")).code).toBe("OK");
  const gone = { topic: "ORGANIZATION", kind: "HIDDEN", id: listed.id, node: null };
  while ((await changesSince(as(), position, [listed.id], 1))[0]!.node !== null);
  expect(await changesSince(as(), position, [listed.id], 1)).toEqual([gone]);
});

test("a copy is made again where the log no longer reaches back", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const copy = await fresh();
  expect(copy.events.has(event.id)).toBe(true);
  await as(await a.staff(campaign)).call("deleteEvent", inputs.deleteEvent(event), "removedId");
  await finish(copy);
  expect([copy.events.has(event.id), copy.copies]).toEqual([false, 1]);
  const old = copy.position;
  const { id } = await a.event({ campaign });
  await server().services.pool.query(
    "WITH gone AS (DELETE FROM changes RETURNING xid, id) UPDATE change_log SET (floor_xid, floor_id) = (SELECT xid, id FROM gone ORDER BY xid DESC, id DESC LIMIT 1)",
  );
  copy.position = old;
  await copy.catchUp();
  expect([copy.copies, copy.events.has(id)]).toEqual([2, true]);
});
