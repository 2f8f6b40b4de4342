import { PeacekeeperRow } from "../../../src/features/shifts/index.js";
import { fromGlobalId } from "../../../src/platform/database/ids.js";
import { type Evidence, evidence } from "../matrix/evidence.js";
import { admins, concerned, coordinators, members, type People, type Role, roles } from "../matrix/people.js";
import type { Setting } from "../matrix/setting.js";
import type { openWorld } from "../world.js";
import { kinds, markedEvent } from "./events.js";
import { Marks } from "./marks.js";

type World = ReturnType<typeof openWorld>;
type Place = Awaited<ReturnType<typeof markedEvent>>;

export interface Canaries {
  marks: Marks;
  people: People;
  open: Evidence;
  hidden: Setting;
  events: Place[];
}

/** A world in which every value that somebody may not see is a string of its own. */
export async function canaries(world: World): Promise<Canaries> {
  const marks = new Marks();
  const { people, ids, hidden } = await evidence(world);
  markPeople(marks, people);
  await markContact(world, marks, people);
  await markHidden(world, marks, ids, hidden);
  await markQualification(world, marks, ids);
  const events: Place[] = [];
  for (const kind of Object.keys(kinds)) events.push(await markedEvent(world, marks, people, ids, kind));
  await markReporters(world, marks, [ids, events[0]!]);
  return { marks, people, open: ids, hidden, events };
}

/** Whose address who may read beside themselves: of an organization its admins, of a campaign its staff. */
function markPeople(marks: Marks, people: People): void {
  const readers: Partial<Record<Role, Role[]>> = {};
  const group = (who: Role[], by: Role[]): void => {
    for (const role of who) readers[role] = [...(readers[role] ?? []), ...by, "siteStaff"];
  };
  group([...members], [...admins]);
  group(["coHostMember", "coHostAdmin"], ["coHostAdmin"]);
  group(["invitedMember", "invitedAdmin"], ["invitedAdmin"]);
  group(["otherMember", "otherAdmin", "otherOwner"], ["otherAdmin", "otherOwner"]);
  group(["staff"], ["staff"]);
  // Whom the organization has named.
  readers.stranger = [...admins];
  for (const role of roles)
    if (people[role]) marks.mark(people[role].email, `address of ${role}`, [role, ...(readers[role] ?? [])]);
}

/** Who somebody is who asks to be cleared, and what they were told. */
async function markQualification({ server }: World, marks: Marks, { qualification }: Evidence): Promise<void> {
  const { db, secrets } = server().services;
  const knows: Role[] = [...admins, "attendee", "siteStaff"];
  marks.mark(qualification, "id of a qualification", knows);
  await db.query("UPDATE qualifications SET name_sealed = $2, reason = $3 WHERE id = $1", [
    fromGlobalId("Qualification", qualification, "id"),
    secrets.seal(marks.text("name of who asks to be cleared", admins)),
    marks.text("reason of a qualification", knows),
  ]);
}

/** Which reports are of one voice is for those who review it, and what was said of it for the campaign's staff. */
async function markReporters({ server }: World, marks: Marks, of: { turnoutReporter: string }[]): Promise<void> {
  for (const [n, { turnoutReporter }] of of.entries()) {
    // The site's staff read in the trail that it was put into quarantine.
    marks.mark(turnoutReporter, `id of reporter ${n}`, [...coordinators, "siteStaff"]);
    await server().services.db.query("UPDATE turnout_reporters SET quarantine_reason = $2 WHERE id = $1", [
      fromGlobalId("TurnoutReporter", turnoutReporter, "id"),
      marks.text(`why reporter ${n} would not count`, ["staff"]),
    ]);
  }
}

/** What a peacekeeper tells the coordinators of their shifts. */
async function markContact({ server }: World, marks: Marks, people: People): Promise<void> {
  const { db, secrets } = server().services;
  const knows = [...coordinators, "peacekeeper"];
  const sealed = {
    nameSealed: secrets.seal(marks.text("name of the peacekeeper", knows)),
    phoneSealed: secrets.seal(marks.phone("number of the peacekeeper", knows)),
  };
  await db.update(PeacekeeperRow, { personId: people.peacekeeper!.id }, sealed);
}

/** The draft of a campaign, the organization in review, and what is known to two sides. */
async function markHidden({ server }: World, marks: Marks, open: Evidence, hidden: Setting): Promise<void> {
  const { db } = server().services;
  const set = (table: string, id: string, type: string, values: Record<string, string>): Promise<unknown> =>
    db.query(
      `UPDATE ${table} SET ${Object.keys(values)
        .map((column, index) => `${column} = $${index + 2}`)
        .join()} WHERE id = $1`,
      [fromGlobalId(type, id, "id"), ...Object.values(values)],
    );
  const texts = (thing: string, columns: string[], knows: readonly Role[]): Record<string, string> =>
    Object.fromEntries(columns.map((column) => [column, marks.text(`${column} of the ${thing}`, knows)]));
  const staff: Role[] = ["staff", "siteStaff"];
  const insiders: Role[] = [...members, "siteStaff"];
  const campaign = texts("draft of a campaign", ["title", "description", "call_to_action", "slug"], staff);
  await set("campaigns", hidden.campaign, "Campaign", campaign);
  await set("demands", hidden.demand, "Demand", texts("hidden demand", ["text"], staff));
  const organization = texts("organization in review", ["description", "slug", "review_reason"], insiders);
  // The mail that invites says to what.
  const name = texts("organization in review", ["name"], [...insiders, "invitee"]);
  const website = `https://${marks.text("website of the organization in review", insiders)}.example`;
  await set("organizations", hidden.organization, "Organization", { ...organization, ...name, website });
  await set("events", hidden.event, "Event", texts("event in the draft of a campaign", ["title", "venue"], concerned));
  await set(
    "announcements",
    hidden.announcement,
    "Announcement",
    texts("hidden announcement", ["subject", "text"], concerned),
  );
  await set("coverage", hidden.coverage, "Coverage", texts("hidden link", ["title", "publisher"], concerned));
  await set("import_problems", open.problem, "ImportProblem", texts("import", ["reason"], ["staff"]));
  await set("api_keys", open.apiKey, "ApiKey", texts("key", ["name"], ["peacekeeper"]));
  await set("event_imports", open.import, "EventImport", texts("import", ["failure"], ["staff"]));
  marks.mark(hidden.campaign, "id of the draft of a campaign", staff);
  marks.mark(hidden.organization, "id of the organization in review", [...insiders]);
  marks.mark(hidden.event, "id of the event in the draft of a campaign", [...concerned, "siteStaff"]);
  marks.mark(hidden.shift, "id of a hidden shift", [...concerned, "siteStaff"]);
  marks.mark(hidden.templateRun, "run of a template at a hidden event", coordinators);
  marks.mark(open.asked, "id of an endorsement that is asked for", [...admins, ...staff]);
  marks.mark(open.apiKey, "id of a key", ["peacekeeper"]);
  marks.mark(open.import, "id of an import", staff);
}
