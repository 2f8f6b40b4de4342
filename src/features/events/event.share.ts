import type { Viewer } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { pipelined } from "../../platform/database/pipelined.js";
import { prepared } from "../../platform/database/prepared.js";
import { Refusal } from "../../platform/errors.js";
import type { Point } from "../cities/index.js";
import type { EventRow } from "./event.js";
import { canSee, type EventFacts } from "./event.policy.js";

/** An event as many may rely on it at once: its row is locked, shared, with what rights on it depend on. */
export interface SharedEvent
  extends
    EventFacts,
    Pick<EventRow, "cityId" | "occurrence" | "startsOn" | "timeZone" | "spanStartsAt" | "spanEndsAt">,
    Pick<EventRow, "latitude" | "longitude" | "accuracyMeters"> {
  /** Where its city is. */
  city: Point;
}

const lock = prepared<{ id: string; into: string | null }>(
  "share_events",
  `SELECT id, CASE record WHEN 'MERGED' THEN merged_into_id END AS into FROM events
   WHERE id = ANY ($1::uuid[]) ORDER BY id FOR SHARE`,
);

const hosts = (what: string): string =>
  `ARRAY(SELECT h.organization_id FROM event_hosts h WHERE h.event_id = e.id AND ${what})`;

const read = prepared<SharedEvent>(
  "shared_events",
  `SELECT e.id, e.campaign_id AS "campaignId", e.city_id AS "cityId", e.created_by AS "createdBy", e.review, e.visibility,
     e.record, e.occurrence, e.starts_on::text AS "startsOn", e.time_zone AS "timeZone", e.span_starts_at AS "spanStartsAt",
     e.span_ends_at AS "spanEndsAt", e.latitude, e.longitude, e.accuracy_meters AS "accuracyMeters",
     json_build_object('latitude', c.latitude, 'longitude', c.longitude) AS city,
     (SELECT h.organization_id FROM event_hosts h WHERE h.event_id = e.id AND h.role = 'LEAD') AS "leadId",
     ${hosts("h.status = 'ACCEPTED'")} AS "hostIds", ${hosts("h.status = 'INVITED'")} AS "invitedIds"
   FROM events e JOIN cities c ON c.id = e.city_id WHERE e.id = ANY ($1::uuid[])`,
);

/** Locks events in the order of their ids; the id of a merged one leads to the other. Gives each by the id it was asked by. */
export async function shareEvents(tx: Transaction, ids: string[]): Promise<Map<string, SharedEvent>> {
  const wanted = [...new Set(ids)];
  // What is locked is read by the next statement: it sees what was committed while the lock was waited for.
  const [locked, rows] = await pipelined([lock(tx, [wanted]), read(tx, [wanted])]);
  const merged = locked.filter(({ into }) => into !== null);
  const events = new Map(rows.map((event) => [event.id, event]));
  if (merged.length === 0) return events;
  const others = await shareEvents(
    tx,
    merged.map(({ into }) => into!),
  );
  for (const { id, into } of merged) events.set(id, others.get(into!)!);
  return events;
}

/** The event, if this viewer may see it. */
export function seenBy(viewer: Viewer | null, event: SharedEvent | undefined): SharedEvent {
  if (!event || !canSee(viewer, event)) throw new Refusal("NOT_FOUND", "There is no such event.");
  return event;
}
