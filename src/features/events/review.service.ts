import { type Context, signedIn } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { Campaign, checkOpen } from "../campaigns/index.js";
import type { EventRow } from "./event.js";
import { type EventAnswer, type LockedEvent, type OfEvent, withEvent } from "./event.lock.js";
import { canManage, isStaff } from "./event.policy.js";
import { refuseCancelled, refuseEnded } from "./event.refusals.js";
import { isOfTrusted } from "./event.trust.js";
import { tellOutcome } from "./host.letters.js";
import { ReviewStatus } from "./event.values.js";
import { writeEvent } from "./event.write.js";

/** Hands a draft, or one that staff wanted changed, to the campaign's staff; a trusted organization's is published at once. */
export const submitEvent = (ctx: Context, input: OfEvent): Promise<EventAnswer> =>
  withEvent(ctx, "submitEvent", input, "submit this event", canManage, async (tx, event) => {
    if (event.review === ReviewStatus.IN_REVIEW) return;
    refuseCancelled(event);
    if (event.review === ReviewStatus.REJECTED)
      throw refusal(
        "The event was rejected, and `reviewNote` says why; copyEvent makes a new draft of it.",
        ErrorReason.EVENT_NOT_DRAFT,
      );
    if (event.review !== ReviewStatus.DRAFT && event.review !== ReviewStatus.CHANGES_REQUESTED)
      throw refusal("Only a draft can be submitted; this event is already past that.", ErrorReason.EVENT_NOT_DRAFT);
    await handIn(tx, event);
  });

/** What submitting comes to; what is over is refused. What staff wanted changed they look at again, whoever hosts it. */
export async function handIn(tx: Transaction, event: EventRow): Promise<EventRow> {
  refuseEnded(event, tx.now());
  if (event.campaignId) checkOpen((await tx.db.findOneByOrFail(Campaign, { id: event.campaignId })).status);
  const trusted = event.review === ReviewStatus.DRAFT && (await isOfTrusted(tx, event));
  const review = trusted ? ReviewStatus.APPROVED : ReviewStatus.IN_REVIEW;
  return writeEvent(tx, event, { review, waitingSince: trusted ? null : tx.now(), reviewNote: null });
}

const looked = { waitingSince: null, unreviewedFields: [], reviewHeldBy: null, reviewHeldAt: null };

/** Publishes an event that waits for review; on one that was changed since its approval: staff have seen the changes. */
export const approveEvent = (ctx: Context, input: OfEvent): Promise<EventAnswer> =>
  withEvent(
    ctx,
    "approveEvent",
    input,
    "approve this event: only staff of its campaign may",
    isStaff,
    async (tx, event) => {
      if (event.review !== ReviewStatus.IN_REVIEW && event.review !== ReviewStatus.APPROVED)
        throw refusal("Only an event in review can be approved.", ErrorReason.EVENT_NOT_IN_REVIEW);
      await writeEvent(tx, event, { review: ReviewStatus.APPROVED, reviewNote: null, ...looked });
      if (event.review === ReviewStatus.IN_REVIEW) await tellOutcome(tx, event, ReviewStatus.APPROVED);
    },
  );

/** Sends an event back to its hosts with what to change; one that was published is public no longer. */
export const requestEventChanges = (ctx: Context, input: OfEvent & { note: string }): Promise<EventAnswer> =>
  withEvent(
    ctx,
    "requestEventChanges",
    input,
    "review this event: only staff of its campaign may",
    isStaff,
    (tx, event) => answer(tx, event, ReviewStatus.CHANGES_REQUESTED, input.note),
  );

/** Ends the review without publishing, for a reason that its hosts are told. */
export const rejectEvent = (ctx: Context, input: OfEvent & { reason: string }): Promise<EventAnswer> =>
  withEvent(ctx, "rejectEvent", input, "review this event: only staff of its campaign may", isStaff, (tx, event) =>
    answer(tx, event, ReviewStatus.REJECTED, input.reason),
  );

async function answer(tx: Transaction, event: LockedEvent, review: ReviewStatus, note: string): Promise<void> {
  if (event.review !== ReviewStatus.IN_REVIEW && event.review !== ReviewStatus.APPROVED && event.review !== review)
    throw refusal("Only an event in review can be sent back or rejected.", ErrorReason.EVENT_NOT_IN_REVIEW);
  await writeEvent(tx, event, { review, reviewNote: tidy(note), ...looked });
  if (event.review !== review) await tellOutcome(tx, event, review);
}

const heldForMs = 30 * 60_000;

/** Tells the other staff that this viewer looks at the event; for half an hour, nobody else takes it meanwhile. */
export const takeReview = (ctx: Context, input: OfEvent): Promise<EventAnswer> =>
  withEvent(
    ctx,
    "takeReview",
    input,
    "review this event: only staff of its campaign may",
    isStaff,
    async (tx, event) => {
      if (event.waitingSince === null)
        throw refusal("This event does not wait for review.", ErrorReason.EVENT_NOT_IN_REVIEW);
      const me = signedIn(tx).personId;
      const held = event.reviewHeldAt !== null && tx.now().getTime() - event.reviewHeldAt.getTime() < heldForMs;
      if (held && event.reviewHeldBy !== me)
        throw refusal("Somebody else of the staff looks at this event right now.", ErrorReason.REVIEW_HELD);
      await writeEvent(tx, event, { reviewHeldBy: me, reviewHeldAt: tx.now() });
    },
  );

/** Lets others of the staff look at the event. */
export const releaseReview = (ctx: Context, input: OfEvent): Promise<EventAnswer> =>
  withEvent(
    ctx,
    "releaseReview",
    input,
    "review this event: only staff of its campaign may",
    isStaff,
    async (tx, event) => {
      if (event.reviewHeldBy === signedIn(tx).personId)
        await writeEvent(tx, event, { reviewHeldBy: null, reviewHeldAt: null });
    },
  );

const refusal = (message: string, reason: ErrorReason): Refusal => new Refusal("CONFLICT", message, { reason });
