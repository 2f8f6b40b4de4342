import { allow, type Context, signedIn } from "../../platform/context.js";
import { newId } from "../../platform/database/ids.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { City } from "../cities/index.js";
import { contactOf } from "./contact.service.js";
import { cityOf, detailsOf } from "./event.details.js";
import type { EditEventInput } from "./event.inputs.js";
import type { EventRow } from "./event.js";
import { type EventAnswer, type LockedEvent, lockEventOf } from "./event.lock.js";
import { canManage } from "./event.policy.js";
import { EarlierTimes, EventVersion } from "./event.records.js";
import { refuseCancelled } from "./event.refusals.js";
import { editedTimes } from "./event.times.js";
import { Occurrence, ReviewStatus } from "./event.values.js";
import { writeEvent } from "./event.write.js";

/** Changes what is given; refused when somebody else has changed the event since the version that the caller has seen. */
export function editEvent(ctx: Context, input: EditEventInput): Promise<EventAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "editEvent", input, async (tx) => {
    const event = await lockEventOf(tx, input);
    allow(canManage(viewer, event), "edit this event");
    await refuseStale(tx, event, input.version);
    const city = await tx.db.findOneByOrFail(City, { id: event.cityId });
    const nextCity = input.cityId ? await cityOf(tx, input.cityId) : city;
    const moved = nextCity.id !== city.id;
    const zone = input.timeZone ?? (input.timeZone === null || moved ? nextCity.timeZone : event.timeZone);
    const times = editedTimes(input, event, zone);
    await writeEvent(tx, event, {
      ...detailsOf(input, event, nextCity),
      ...contactOf(tx, input, event),
      ...times,
      ...(await occurrenceAfter(tx, event, times)),
    });
    return { eventId: event.id };
  });
}

/** Refuses what was decided on a state that is past, naming what has changed since. */
export async function refuseStale(tx: Transaction, event: LockedEvent, seen: number): Promise<void> {
  if (seen === event.version) return;
  const later = await tx.db.find(EventVersion, { where: { eventId: event.id }, order: { version: "ASC" } });
  const changed = new Set(later.filter(({ version }) => version > seen).flatMap((version) => version.changed));
  const fields = [...changed].sort().map((name) => ({
    path: `input.${name}`,
    reason: "was changed since the version you saw",
  }));
  throw new Refusal("CONFLICT", `The event is at version ${event.version} by now; read it again, then edit.`, {
    reason: ErrorReason.STALE_VERSION,
    fields: [{ path: "input.version", reason: `must be ${event.version}, the present one` }, ...fields],
  });
}

/** What other times do not end. */
const stays = new Set([Occurrence.TENTATIVE, Occurrence.MOVED_ONLINE]);

/** When other times than the announced ones are set, the earlier ones are kept, and the event says so. */
export async function occurrenceAfter(
  tx: Transaction,
  event: LockedEvent,
  next: Pick<EventRow, "startsOn" | "startsAt">,
): Promise<Partial<EventRow>> {
  const sameDay = next.startsOn === event.startsOn;
  const sameTime = !event.startsAt || event.startsAt.getTime() === next.startsAt?.getTime();
  if (event.review !== ReviewStatus.APPROVED || (sameDay && sameTime)) return {};
  refuseCancelled(event);
  const { id: eventId, startsOn, startsAt, endsAt, timeZone } = event;
  await tx.db.insert(EarlierTimes, {
    id: newId(),
    eventId,
    startsOn,
    startsAt,
    endsAt,
    timeZone,
    replacedAt: tx.now(),
  });
  if (stays.has(event.occurrence)) return {};
  const occurrence = event.onlineUrl ? Occurrence.MOVED_ONLINE : Occurrence.RESCHEDULED;
  // Why it was moved or postponed before is no reason for this.
  return { occurrence, occurrenceReason: null };
}
