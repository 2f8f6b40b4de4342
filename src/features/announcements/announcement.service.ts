import { MoreThan } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { tidy } from "../../platform/graphql/text.js";
import {
  canManage,
  lockEvent,
  lockEventBehind,
  type LockedEvent,
  onMerge,
  ReviewStatus,
  tellFollowers,
} from "../events/index.js";
import { announcementChanged } from "./announcement.changes.js";
import type { AnnounceInput, RemoveAnnouncementInput } from "./announcement.inputs.js";
import { announcementLetter } from "./announcement.letters.js";
import { Announcement } from "./announcement.js";

const day = 24 * 3_600_000;
const perDay = 10;

interface AnnouncementAnswer {
  announcementId: string;
}

/** Tells something to those who follow an event. */
export function announce(ctx: Context, input: AnnounceInput): Promise<AnnouncementAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "announce", input, async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", input.eventId, "input.eventId"));
    allow(canManage(viewer, event), "announce anything at this event: those who manage it may");
    if (event.review !== ReviewStatus.APPROVED)
      throw new Refusal("CONFLICT", "The event is not approved yet.", { reason: ErrorReason.EVENT_NOT_APPROVED });
    await refuseTooMany(tx, event.id);
    const announcement = { id: newId(), eventId: event.id, postedAt: tx.now(), removedAt: null };
    await tx.db.insert(Announcement, { ...announcement, subject: tidy(input.subject)!, text: tidy(input.text)! });
    await noted(tx, event, announcement.id, ChangeKind.CREATED);
    await tellFollowers(tx, event.id, announcementLetter, announcement.id, { announcementId: announcement.id });
    return { announcementId: announcement.id };
  });
}

/** Removed ones count: people were told all the same. */
async function refuseTooMany(tx: Transaction, eventId: string): Promise<void> {
  const postedAt = MoreThan(new Date(tx.now().getTime() - day));
  if ((await tx.db.countBy(Announcement, { eventId, postedAt })) >= perDay)
    throw new Refusal("CONFLICT", `An event has at most ${perDay} announcements in 24 hours.`, {
      reason: ErrorReason.LIMIT_REACHED,
    });
}

/** Takes an announcement away; again is harmless. */
export function removeAnnouncement(ctx: Context, input: RemoveAnnouncementInput): Promise<AnnouncementAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "removeAnnouncement", input, async (tx) => {
    const id = fromGlobalId("Announcement", input.announcementId, "input.announcementId");
    // The event is locked first, as by a merge that moves its announcements.
    const { event } = await lockEventBehind(tx, await tx.db.findOneBy(Announcement, { id }), "announcement");
    const manages = canManage(viewer, event);
    const removed = (await tx.db.findOneByOrFail(Announcement, { id })).removedAt !== null;
    if (removed && !manages) throw new Refusal("NOT_FOUND", "There is no such announcement.");
    allow(manages, "remove this announcement: those who manage the event may");
    if (removed) return { announcementId: id };
    await tx.db.update(Announcement, { id }, { subject: "", text: "", removedAt: tx.now() });
    await noted(tx, event, id, ChangeKind.REMOVED);
    return { announcementId: id };
  });
}

async function noted(tx: Transaction, event: LockedEvent, id: string, kind: ChangeKind): Promise<void> {
  announcementChanged(tx, event, id, kind);
  await audit(tx, { type: "Announcement", id, scopes: [event.id, event.campaignId] });
}

onMerge.push(async (tx, from, into) => {
  const [moved]: [{ id: string; removed_at: Date | null }[], number] = await tx.db.query(
    `UPDATE announcements SET event_id = $2 WHERE event_id = $1 RETURNING id, removed_at`,
    [from.id, into.id],
  );
  for (const { id, removed_at: removedAt } of moved)
    if (removedAt === null) announcementChanged(tx, into, id, ChangeKind.UPDATED);
});
