import { Announcement } from "../../../src/features/announcements/index.js";
import { Coverage } from "../../../src/features/coverage/index.js";
import { Event as EventRow, EventIdentifier } from "../../../src/features/events/index.js";
import { PeacekeeperMessage } from "../../../src/features/duty/index.js";
import { Rsvp } from "../../../src/features/rsvps/index.js";
import { ShiftSignup } from "../../../src/features/shifts/index.js";
import {
  TurnoutAct,
  TurnoutReport,
  TurnoutReportStatus,
  TurnoutSource,
  TurnoutStep,
  voiceOf,
} from "../../../src/features/turnout/index.js";
import { fromGlobalId, newId, toGlobalId } from "../../../src/platform/database/ids.js";
import { transact } from "../../../src/platform/database/transact.js";
import { systemContext } from "../jobs.js";
import { concerned, coordinators, managers, type People, type Role } from "../matrix/people.js";
import type { Setting } from "../matrix/setting.js";
import type { openWorld } from "../world.js";
import type { Marks } from "./marks.js";

type World = ReturnType<typeof openWorld>;

/** A kind of event: who may know what it is, and where. */
interface Kind {
  fields: object;
  knows: readonly Role[];
  /** The exact place; those who know the event, unless told. */
  place?: readonly Role[];
  /** Who manages it; the usual, unless nobody can any more. */
  manages?: readonly Role[];
  /** The title and words are public. */
  open?: true;
}

const removedAt = new Date("2026-01-22T00:00:00Z");
const nobody = { knows: [], manages: [] };
/** Who came by it while they could: their signups, RSVPs and suggestions lead to it. */
const visitors: Role[] = ["peacekeeper", "attendee", "suggester"];

export const kinds: Record<string, Kind> = {
  draft: { fields: { review: "DRAFT" }, knows: concerned },
  waiting: { fields: { review: "IN_REVIEW", waitingSince: removedAt }, knows: concerned },
  changes: { fields: { review: "CHANGES_REQUESTED" }, knows: concerned },
  rejected: { fields: { review: "REJECTED" }, knows: concerned },
  private: { fields: { visibility: "PRIVATE" }, knows: concerned },
  unlisted: { fields: { visibility: "UNLISTED" }, knows: [...concerned, ...visitors] },
  deleted: { fields: { record: "DELETED", removedAt }, ...nobody },
  merged: { fields: { record: "MERGED", removedAt }, ...nobody },
  blurred: {
    fields: { locationPrecision: "CITY", exactAfterRsvp: true },
    knows: concerned,
    place: [...concerned, "attendee", "peacekeeper"],
    open: true,
  },
  approximate: {
    fields: { locationPrecision: "APPROXIMATE" },
    knows: concerned,
    place: [...concerned, "peacekeeper"],
    open: true,
  },
};

/** An event of a kind, every text of which is a mark, with something of everything at it. */
export async function markedEvent(world: World, marks: Marks, people: People, at: Setting, kind: string) {
  const { fields, knows, place = knows, manages = managers, open } = kinds[kind]!;
  const { a, server } = world;
  const { secrets } = server().services;
  const text = (name: string, who: readonly Role[] = knows): string => marks.text(`${name} of the ${kind} event`, who);
  const words = open
    ? {}
    : {
        title: text("title"),
        description: text("description"),
        whatToBring: text("whatToBring"),
        accessibilityNotes: text("accessibilityNotes"),
        occurrenceReason: text("occurrenceReason"),
        onlineUrl: `https://meet.example/${text("onlineUrl")}`,
        removedReason: text("removedReason", []),
      };
  const contact = {
    name: text("contact's name", manages),
    email: `${text("contact's email", manages)}@rallygraph.example`,
    phone: marks.phone(`contact's phone of the ${kind} event`, manages),
  };
  const made = {
    ...words,
    venue: text("venue", place),
    addressLines: [text("address", place)],
    locality: text("locality", place),
    postalCode: text("postalCode", place),
    reviewNote: text("reviewNote"),
    contactSealed: secrets.seal(JSON.stringify(contact)),
    mergedIntoId: kind === "merged" ? fromGlobalId("Event", at.event, "id") : null,
    ...fields,
  };
  const of = { campaign: { id: at.campaign, slug: "" }, host: { id: at.organization, slug: "" } };
  const event = await a.event({ ...made, ...of, createdByPerson: people.creator! });
  if (!open) marks.mark(event.id, `id of the ${kind} event`, knows.length > 0 ? [...knows, "siteStaff"] : []);
  if (!open)
    await server().services.db.insert(EventIdentifier, {
      eventId: fromGlobalId("Event", event.id, "id"),
      system: "mobilize",
      value: text("identifier"),
      addedAt: removedAt,
    });
  await a.coHost(event, { id: at.coHost, slug: "" });
  await a.invited(event, { id: at.invited, slug: "" });
  await a.coordinator(event, people.coordinator);
  await a.reporter(event, people.reporter);
  await a.training(event, { id: at.organization, slug: "" });
  return { id: event.id, kind, ...(await thingsAt(world, people, event.id, text, { manages, open, kind })) };
}

interface How {
  manages: readonly Role[];
  open: true | undefined;
  kind: string;
}

/** What hangs on the event. */
async function thingsAt(
  { a, server }: World,
  people: People,
  event: string,
  text: (name: string, who?: readonly Role[]) => string,
  { manages, open, kind }: How,
) {
  const { services } = server();
  const { db, secrets, now } = services;
  const eventId = fromGlobalId("Event", event, "id");
  const id = {
    announcement: newId(),
    accepted: newId(),
    suggested: newId(),
    signup: newId(),
    report: newId(),
    turnoutReporter: "",
    message: newId(),
  };
  const atShift: Role[] = [
    ...(manages.length > 0 ? coordinators : []),
    ...(open || kind === "unlisted" ? (["peacekeeper"] as const) : []),
  ];
  const said = { checkInPoint: text("check-in point", atShift), instructions: text("instructions", atShift) };
  const [startsAt, endsAt] = [new Date("2026-02-01T00:00:00Z"), new Date("2026-02-01T01:00:00Z")];
  // Each shift is at its own time: nobody stands at two at once.
  const hour = 3_600_000 * (Object.keys(kinds).indexOf(kind) + 1);
  const times = { startsAt: new Date(startsAt.getTime() + hour), endsAt: new Date(endsAt.getTime() + hour) };
  const shift = await a.shift({ event: { id: event, slug: "" }, ...said, ...times, taken: 1, confirmed: 1 });
  const shiftId = fromGlobalId("Shift", shift, "id");
  const claimed = {
    shiftId,
    ...times,
    status: "CONFIRMED" as never,
    claimedAt: now(),
    personId: people.peacekeeper!.id,
  };
  await db.insert(ShiftSignup, { id: id.signup, ...claimed });
  const codeSealed = secrets.seal(text("check-in code", manages.length > 0 ? coordinators : []));
  await db.query("INSERT INTO check_in_codes (event_id, code_sealed, made_at) VALUES ($1, $2, $3)", [
    eventId,
    codeSealed,
    now(),
  ]);
  const told = { subject: text("subject to peacekeepers", atShift), text: text("words to peacekeepers", atShift) };
  const sent = { audience: "SHIFT" as never, shiftId, sentAt: now(), recipients: 1 };
  await db.insert(PeacekeeperMessage, { id: id.message, eventId, ...sent, ...told });
  const news = open ? { subject: "News", text: "News" } : { subject: text("subject"), text: text("announcement") };
  await db.insert(Announcement, { id: id.announcement, eventId, ...news, postedAt: now(), removedAt: null });
  const link = (who?: readonly Role[]) => ({
    eventId,
    kind: "PHOTO" as never,
    url: `https://news.example/${text("url", who)}`,
    title: text("link", who),
    publisher: text("publisher", who),
    addedAt: now(),
    removedAt: null,
  });
  if (!open)
    await db.insert(Coverage, {
      id: id.accepted,
      ...link(),
      status: "ACCEPTED" as never,
      suggestedBy: people.admin!.id,
    });
  const suggesters: Role[] = open || kind === "unlisted" ? [...manages, "suggester"] : [...manages];
  const suggested = { status: "SUGGESTED" as never, suggestedBy: people.suggester!.id };
  await db.insert(Coverage, { id: id.suggested, ...link(suggesters), ...suggested });
  // Whoever sent a count reads it for ever.
  const count = (what: string): string => text(`${what} of a count`, manages.length > 0 ? concerned : ["reporter"]);
  await transact(systemContext(services), "test", async (tx) => {
    const event = await tx.db.findOneByOrFail(EventRow, { id: eventId });
    id.turnoutReporter = await voiceOf(tx, event, people.reporter!.id);
    await tx.db.insert(TurnoutReport, {
      id: id.report,
      eventId,
      reporterId: id.turnoutReporter,
      low: 5,
      high: 5,
      words: count("words"),
      note: count("note"),
      reviewReason: count("review"),
      retractReason: count("end"),
      evidenceUrl: `https://news.example/${count("evidence")}`,
      source: TurnoutSource.HOST,
      status: TurnoutReportStatus.ACCEPTED,
      flags: [],
      observedAt: now(),
      receivedAt: now(),
    });
    await tx.db.insert(TurnoutStep, {
      eventId,
      number: 1,
      act: TurnoutAct.REOPENED,
      at: now(),
      reason: text("why a number was opened again", manages.length > 0 ? concerned : []),
    });
  });
  const rsvp = (personId: string, name: string, showName: boolean) => ({
    id: newId(),
    eventId,
    personId,
    status: "GOING" as never,
    guests: 0,
    nameSealed: secrets.seal(name),
    showName,
    since: now(),
  });
  await db.insert(Rsvp, rsvp(people.attendee!.id, text("name of who comes", manages), true));
  await db.insert(Rsvp, rsvp(people.invitee!.id, text("name that nobody may see", []), false));
  await a.confirmedRsvp({ id: event, slug: "" }, people.attendee!);
  await a.confirmedPlace({ id: event, slug: "" }, people.peacekeeper!);
  return {
    shift,
    announcement: toGlobalId("Announcement", id.announcement),
    coverage: toGlobalId("Coverage", id.accepted),
    suggestion: toGlobalId("Coverage", id.suggested),
    message: toGlobalId("PeacekeeperMessage", id.message),
    signup: toGlobalId("ShiftSignup", id.signup),
    report: toGlobalId("TurnoutReport", id.report),
    turnoutReporter: toGlobalId("TurnoutReporter", id.turnoutReporter),
  };
}
