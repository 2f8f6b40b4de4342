import { record } from "../../platform/changes/record.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import type { Event, EventRow } from "./event.js";
import { isPublicEvent } from "./event.policy.js";
import { EventRecord, Occurrence } from "./event.values.js";

type Scoped = Pick<Event, "id" | "campaignId" | "cityId">;

export const eventTopic = "event";
/** An event that was public is so no longer. Its changes never merge with others, so that nobody misses it. */
export const eventRemovedTopic = "event-removed";
/** An event is gone that the public did not know: told to those concerned with it. */
export const eventWithdrawnTopic = "event-withdrawn";

const note = (tx: Transaction, topic: string, kind: ChangeKind, { id, campaignId, cityId }: Scoped): void =>
  record(tx, { topic, kind, subjectId: id, scopes: [campaignId, cityId, id].filter((scope) => scope !== null) });

/** Records that an event is new or different. */
export const eventChanged = (tx: Transaction, event: Scoped, kind: ChangeKind): void =>
  note(tx, eventTopic, kind, event);

/** Records what has become of an event, for those who find it now and those who found it before. */
export function eventWritten(tx: Transaction, before: EventRow, after: EventRow): void {
  const [was, is] = [isPublicEvent(before), isPublicEvent(after)];
  const ended = after.record !== before.record;
  if (was && !is) note(tx, eventRemovedTopic, endings[after.record], before);
  else if (ended) note(tx, eventWithdrawnTopic, endings[after.record], before);
  eventChanged(tx, after, !was && is ? ChangeKind.PUBLISHED : stepOf(before, after));
}

/** What is said of an event to those who find it no longer. */
export const endings: Record<EventRecord, ChangeKind> = {
  LIVE: ChangeKind.HIDDEN,
  MERGED: ChangeKind.MERGED,
  DELETED: ChangeKind.DELETED,
};

const stepOf = (before: EventRow, after: EventRow): ChangeKind =>
  after.occurrence === Occurrence.CANCELLED && before.occurrence !== after.occurrence
    ? ChangeKind.CANCELLED
    : ChangeKind.UPDATED;
