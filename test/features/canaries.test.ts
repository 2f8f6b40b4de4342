import { getNamedType } from "graphql";
import { theSchema } from "../../src/app/schema.js";
import { kinds } from "../support/canaries/events.js";
import { type Canaries, canaries } from "../support/canaries/index.js";
import { hear } from "../support/canaries/live.js";
import { post } from "../support/canaries/hooks.js";
import { allReads, readAll } from "../support/canaries/reads.js";
import type { Reply } from "../support/client.js";
import { jobsDone, runTask } from "../support/jobs.js";
import { known } from "../support/matrix/known.js";
import { mutationPolicies } from "../support/matrix/mutations.js";
import { concerned, everybody, type Role, roles } from "../support/matrix/people.js";
import { does } from "../support/matrix/setting.js";
import { mailsTo } from "../support/outbox.js";
import { everythingBelow } from "../support/selection.js";
import { openWorld } from "../support/world.js";

// Everybody asks the same: each connection plans a read once, which takes longer than to read a few rows.
const world = openWorld({ LOG_LEVEL: "trace", DATABASE_POOL: "3" }, { plan_cache_mode: "force_generic_plan" });
const { a, as, lines, server } = world;
let it: Canaries;
let start: string;

beforeAll(async () => {
  start = (await as().run("{ position }")).data.position;
  it = await canaries(world);
});

/** What somebody has read that they may not know, as "who, by what, which". */
const leaks = new Set<string>();
const searched = (role: Role | "the log", by: string, text: string): void => {
  for (const mark of it.marks.unknownTo(role, text)) leaks.add(`${role} by ${by}: ${mark}`);
};
afterEach(() => leaks.clear());

test.each(roles)("shows %s, by whatever can be read, nothing that they may not know", async (role) => {
  const refused = await readAll(as(it.people[role]), allReads(it, role, start), (name, text) =>
    searched(role, name, text),
  );
  expect(refused).toEqual([]);
  expect([...leaks].sort()).toEqual([]);
});

/** A mutation that answers with as much as the server admits: what is not admitted is not done either. */
async function calls(role: Role, name: string, input: object): Promise<Reply> {
  const type = getNamedType(theSchema().getMutationType()!.getFields()[name]!.type);
  const deep = await as(it.people[role]).call(name, input, everythingBelow(type, 2).slice(1, -1));
  if (deep.code !== "QUERY_TOO_LARGE") return deep;
  return as(it.people[role]).call(name, input, everythingBelow(type, 1).slice(1, -1));
}

/** Those who have nothing to do with what is hidden, or no more. */
const outsiders: Role[] = ["nobody", "stranger", "otherAdmin", "formerAdmin", "otherStaff", "attendee", "suggester"];

test.each(outsiders)("tells %s nothing that they may not know when it refuses what they do", async (role) => {
  const { id: event, ...things } = it.events.find(({ kind }) => kind === "rejected")!;
  const hideable = Object.entries(mutationPolicies).flatMap(([name, policies]) =>
    [policies].flat().flatMap((policy) => ("hidden" in known[policy.about] ? [{ name, policy }] : [])),
  );
  for (const { name, policy } of hideable)
    for (const secret of [it.hidden, { ...it.hidden, ...things, event }]) {
      const { code, body } = await calls(role, name, policy.input(secret as never, role));
      expect(["OK", "QUERY_TOO_LARGE"]).not.toContain(code);
      searched(role, name, JSON.stringify(body));
    }
  expect([...leaks].sort()).toEqual([]);
});

/** Who has it all posted to them too. */
const hooked: Role[] = ["stranger", "formerStaff"];

test("tells nobody, on any subscription or by any webhook, what they may not know, while all of it changes", async () => {
  const hearings = await Promise.all(roles.map((role) => hear(world.url(), it, role)));
  const posts = [];
  for (const role of hooked) posts.push(await post(world, it, role));
  await changeEverything();
  await does(world, it.people.admin, "editEvent", {
    eventId: it.open.event,
    version: 2,
    whatToBring: "the last change",
  });
  for (const { role, frames, nameOf, until, close } of hearings) {
    await until("the last change");
    expect(frames.filter((frame) => frame.includes("QUERY_TOO_LARGE"))).toEqual([]);
    for (const frame of frames) searched(role, nameOf(frame), frame);
    await close();
  }
  const position = (await as().run("{ position }")).data.position;
  for (const { role, made } of posts) {
    const texts = await made(position);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) searched(role, `webhook ${JSON.parse(text).type}`, text);
  }
  expect([...leaks].sort()).toEqual([]);
});

/** Insiders change what only they may know of, and what was public becomes hidden. */
async function changeEverything(): Promise<void> {
  const { marks, people, open, hidden, events } = it;
  const acts = async (role: Role, name: string, input: object): Promise<void> => {
    const { code, message, body } = await calls(role, name, input);
    if (code !== "OK") throw new Error(`${name}: ${message}`);
    searched(role, name, JSON.stringify(body));
  };
  const of = (kind: string) => ({ eventId: events.find((event) => event.kind === kind)!.id });
  const hours = { role: "MARSHAL", startsAt: "2026-01-23T11:00", endsAt: "2026-01-23T13:00", capacity: 5 };
  for (const kind of ["draft", "private", "rejected", "waiting", "unlisted"]) {
    const knows = kinds[kind]!.knows;
    const title = marks.text(`later title of the ${kind} event`, knows);
    await acts("admin", "editEvent", { ...of(kind), version: 1, title });
    await acts("coordinator", "openShift", { ...of(kind), ...hours });
  }
  for (const kind of ["private", "unlisted"]) {
    const text = marks.text(`later news of the ${kind} event`, kinds[kind]!.knows);
    await acts("creator", "announce", { ...of(kind), subject: text, text });
    await acts("reporter", "reportTurnout", { ...of(kind), count: 7, words: text });
    const { report: reportId } = events.find((event) => event.kind === kind)!;
    await acts("coordinator", "doubtTurnoutReport", { reportId, reason: text });
    await acts("reporter", "correctTurnoutReport", { reportId, count: 8, note: text });
    await acts("admin", "setRsvpLimit", { ...of(kind), limit: 100 });
  }
  const twin = { eventId: open.twin };
  const note = marks.text("note on what was public", concerned);
  await acts("staff", "requestEventChanges", { ...twin, note });
  await acts("admin", "editEvent", { ...twin, version: 2, title: marks.text("title of what was public", concerned) });
  const title = marks.text("later title of the draft of a campaign", ["staff", "siteStaff"]);
  await acts("staff", "editCampaign", { campaignId: hidden.campaign, version: 1, title });
  const words = marks.text("later words of a hidden demand", ["staff", "siteStaff"]);
  await acts("staff", "editDemand", { demandId: hidden.demand, text: words });
  const reason = marks.text("reason of a deletion", []);
  const merged = await a.event({
    campaign: { id: open.campaign, slug: "" },
    host: { id: open.organization, slug: "" },
  });
  for (const role of ["stranger", "invitedMember"] as const) await a.follower(merged, people[role]);
  await acts("owner", "mergeEvent", { eventId: merged.id, intoEventId: of("private").eventId });
  await jobsDone(server().services);
  await acts("owner", "deleteEvent", { ...of("private"), reason });
}

test("mails to nobody what they may not know, nor shows it on the pages that mails lead to", async () => {
  await runTask(server().services, "event reminders");
  await jobsDone(server().services);
  let mails = 0;
  for (const role of everybody)
    for (const mail of await mailsTo(world.folder(), it.people[role]!.email)) {
      const text = mail
        .replaceAll("=\r\n", "")
        .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
      searched(role, `mail "${/^Subject: (.*)/m.exec(text)?.[1]}"`, text);
      for (const [link] of text.matchAll(/https?:\/\/\S+/g)) {
        const path = new URL(link.replace(/[>.]+$/, "")).pathname;
        searched(role, path.slice(0, 12), await (await fetch(world.url() + path)).text());
      }
      mails++;
    }
  expect(mails).toBeGreaterThan(10);
  for (const path of [
    "/metrics",
    "/readyz",
    "/livez",
    "/map",
    "/map/states.geojson",
    "/unsubscribe/none",
    "/rsvp/none",
    `/imports/${it.open.import}`,
  ])
    searched("nobody", path, (await (await fetch(world.url() + path)).text()).replaceAll(path, ""));
  expect([...leaks].sort()).toEqual([]);
});

test("exports to nobody what they may not know", async () => {
  for (const ending of ["csv", "json"])
    for (const slug of [it.open.campaignSlug, ...it.marks.words("slug")]) {
      const reply = await fetch(`${world.url()}/turnout.${ending}?campaign=${slug}`);
      expect(reply.status).toBe(slug === it.open.campaignSlug ? 200 : 404);
      searched("nobody", `turnout.${ending}`, await reply.text());
    }
  expect([...leaks].sort()).toEqual([]);
});

test("draws for nobody on a map what they may not know", async () => {
  const words = it.marks.words("title").map((title) => `q=${encodeURIComponent(title)}`);
  const slugs = it.marks.words("slug").map((slug) => `campaign=${slug}`);
  for (const query of ["", `campaign=${it.open.campaignSlug}`, "region=MN", ...words, ...slugs])
    for (const path of ["tiles/0/0/0.mvt", "tiles/20/252591/377226.mvt", "tiles.json"]) {
      const reply = await fetch(`${world.url()}/${path}?${query}`);
      searched("nobody", path, (await reply.text()).replace(query, ""));
      if (query.startsWith("q=")) expect([path, reply.status]).toEqual([path, 200]);
    }
  expect([...leaks].sort()).toEqual([]);
});

test("feeds to nobody what they may not know", async () => {
  const { open, hidden, events, marks } = it;
  const slugs = [open.campaignSlug, open.organizationSlug, ...marks.words("slug")];
  const words = marks.words("title").map((word) => `?q=${word}`);
  const filters = [...new Set(slugs)].flatMap((slug) => [`?campaign=${slug}`, `?organization=${slug}`]);
  const ids = [open.event, open.twin, hidden.event, hidden.twin, ...events.map(({ id }) => id)];
  const paths = [
    ...["geojson", "ics", "atom", "csv"].flatMap((ending) =>
      ["", "?region=MN", "?on=2026-01-23", "?occurrence=SCHEDULED", ...words, ...filters].map(
        (query) => `/events.${ending}${query}`,
      ),
    ),
    ...[...new Set(slugs)].flatMap((slug) => [`/campaigns/${slug}/events.atom`, `/organizations/${slug}/events.ics`]),
    ...ids.flatMap((id) => ["", ".jsonld", ".ics", ".geojson"].map((ending) => `/events/${id}${ending}`)),
  ];
  for (const path of paths) {
    const reply = await fetch(world.url() + path, { redirect: "manual" });
    expect([path, reply.status]).not.toEqual([path, 429]);
    const told = (await reply.text()) + JSON.stringify([...reply.headers]);
    // What was asked for is no news.
    searched("nobody", path, told.replaceAll(path.replace(/\.\w+$/, ""), ""));
  }
  expect([...leaks].sort()).toEqual([]);
});

test("has shown everything to somebody who may know it", () => {
  expect(it.marks.knowable.filter((name) => !it.marks.met.has(name))).toEqual([]);
});

test("wrote nothing of it into the log", () => {
  expect(lines.length).toBeGreaterThan(0);
  searched("the log", "a line", lines.join("\n"));
  expect([...leaks]).toEqual([]);
});
