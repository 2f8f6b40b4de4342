import { allow, type Context, signedIn } from "../../platform/context.js";
import { newId } from "../../platform/database/ids.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { refuseTooManyDrafts } from "./draft.limit.js";
import type { EventRow } from "./event.js";
import { type EventAnswer, type LockedEvent, type OfEvent, lockEventOf } from "./event.lock.js";
import { canManage } from "./event.policy.js";
import { editedTimes } from "./event.times.js";
import { Occurrence, ReviewStatus } from "./event.values.js";
import { insertEvent, writeEvent } from "./event.write.js";
import type { CopyEventInput, RepeatEventInput } from "./life.inputs.js";
import { handIn } from "./review.service.js";

/** Makes a new draft with everything but the day and what has happened to the old one. */
export const copyEvent = (ctx: Context, input: CopyEventInput): Promise<EventAnswer> =>
  copying(ctx, "copyEvent", input, 1, async (tx, event) => ({ eventId: (await copyTo(tx, event, input.startsOn)).id }));

/** Makes a draft for each of the days; they and the event know each other as a series. */
export const repeatEvent = (ctx: Context, input: RepeatEventInput): Promise<{ eventIds: string[] }> =>
  copying(ctx, "repeatEvent", input, input.dates.length, async (tx, event) => {
    const seriesId = event.seriesId ?? newId();
    await writeEvent(tx, event, { seriesId });
    const eventIds: string[] = [];
    for (const startsOn of [...input.dates].sort()) {
      const copy = await copyTo(tx, event, startsOn, seriesId);
      if (input.submit) await handIn(tx, copy);
      eventIds.push(copy.id);
    }
    return { eventIds };
  });

function copying<Result extends object>(
  ctx: Context,
  operation: string,
  input: OfEvent & Repeatable,
  copies: number,
  copy: (tx: Transaction, event: LockedEvent) => Promise<Result>,
): Promise<Result> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const event = await lockEventOf(tx, input);
    allow(canManage(viewer, event), "copy this event");
    await refuseTooManyDrafts(tx, event.campaignId, copies);
    return copy(tx, event);
  });
}

async function copyTo(
  tx: Transaction,
  { leadId, hostIds: _hosts, invitedIds: _invited, ...event }: LockedEvent,
  startsOn: string,
  seriesId: string | null = null,
): Promise<EventRow> {
  const viewer = signedIn(tx);
  const fresh = {
    id: newId(),
    createdBy: viewer.personId,
    seriesId,
    review: ReviewStatus.DRAFT,
    occurrence: Occurrence.SCHEDULED,
    occurrenceReason: null,
    onlineUrl: null,
    reviewNote: null,
    waitingSince: null,
    reviewHeldBy: null,
    reviewHeldAt: null,
    unreviewedFields: [],
    importKey: null,
  };
  const copy = { ...event, ...fresh, ...editedTimes({ startsOn }, event, event.timeZone) };
  return insertEvent(tx, copy, leadId && viewer.adminOf.includes(leadId) ? leadId : null);
}
