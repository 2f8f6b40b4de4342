import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { canCoordinate, type LockedEvent, lockEventOf, Occurrence, ReviewStatus } from "../events/index.js";
import { lockPerson } from "../people/index.js";
import { Rsvp, RsvpStatus } from "../rsvps/index.js";
import { tellOutcome } from "./qualification.letters.js";
import { dayMs } from "./qualification.policy.js";
import { checkVerified, clearedUntil, conflict, lockRow } from "./qualification.rules.js";
import { Qualification, type QualificationRow } from "./qualification.js";
import { QualificationStatus } from "./qualification.values.js";
import { keep, settle } from "./training.effect.js";
import type { AttendanceInput } from "./training.inputs.js";
import { Attendance } from "./training.js";
import { trainingOf } from "./training.service.js";

export interface AttendanceAnswer {
  eventId: string;
  attended: boolean;
}

const { CLEARED, REVOKED } = QualificationStatus;

/** Notes that somebody has attended, and clears them; again is harmless. */
export const recordAttendance = (ctx: Context, input: AttendanceInput): Promise<AttendanceAnswer> =>
  ofAttendee(ctx, "recordAttendance", input, true, async (tx, event, rsvp) => {
    const { kind, organizationId, validDays } = await trainingOf(tx, event);
    checkBegun(event, tx.now());
    if (rsvp.status !== RsvpStatus.GOING) throw noRsvp();
    await checkVerified(tx, organizationId);
    const key = { personId: rsvp.personId, kind, organizationId };
    const before = await lockRow(tx, key);
    if (before && (await tx.db.existsBy(Attendance, { eventId: event.id, qualificationId: before.id }))) return;
    if (before?.status === REVOKED)
      throw conflict(
        "The organization has revoked this: its admins clear anew, no training does.",
        ErrorReason.QUALIFICATION_REVOKED,
      );
    const until = new Date(event.spanEndsAt.getTime() + validDays * dayMs);
    const id = await clear(tx, key, before, until);
    await tx.db.insert(Attendance, { eventId: event.id, qualificationId: id, at: tx.now(), until });
    await note(tx, event, { id, organizationId });
  });

/** Clears until then, unless that is so already. */
async function clear(
  tx: Transaction,
  key: Pick<QualificationRow, "personId" | "kind" | "organizationId">,
  before: QualificationRow | null,
  until: Date,
): Promise<string> {
  if (before?.status === CLEARED && (before.expiresAt === null || before.expiresAt >= until)) return before.id;
  const id = before?.id ?? newId();
  const clearance = { ...clearedUntil(until, tx.now()), beforeTraining: keep(before) };
  if (before) await tx.db.update(Qualification, { id }, clearance);
  else await tx.db.insert(Qualification, { id, ...key, ...clearance });
  await tellOutcome(tx, { id, personId: key.personId }, CLEARED);
  return id;
}

/** Takes that back: the clearance is as if they had not attended, unless it was decided on by hand since. Again is harmless. */
export const undoAttendance = (ctx: Context, input: AttendanceInput): Promise<AttendanceAnswer> =>
  ofAttendee(ctx, "undoAttendance", input, false, async (tx, event, { personId }) => {
    const attended: { id: string }[] = await tx.db.query(
      `SELECT q.id FROM attendances a JOIN qualifications q ON q.id = a.qualification_id
       WHERE a.event_id = $1 AND q.person_id = $2 ORDER BY q.id`,
      [event.id, personId],
    );
    for (const { id } of attended) {
      const row = (await lockRow(tx, { id }))!;
      await tx.db.delete(Attendance, { eventId: event.id, qualificationId: id });
      await settle(tx, row);
      await note(tx, event, row);
    }
  });

function checkBegun({ review, occurrence, spanStartsAt }: LockedEvent, now: Date): void {
  if (review !== ReviewStatus.APPROVED)
    throw conflict("The event is not approved yet.", ErrorReason.EVENT_NOT_APPROVED);
  if (occurrence === Occurrence.CANCELLED) throw conflict("The event is cancelled.", ErrorReason.EVENT_CANCELLED);
  if (spanStartsAt > now) throw conflict("The event has not begun yet.", ErrorReason.EVENT_NOT_BEGUN);
}

const noRsvp = (): Refusal => new Refusal("NOT_FOUND", "There is no such RSVP that holds places at this event.");

const note = (
  tx: Transaction,
  event: LockedEvent,
  { id, organizationId }: Pick<QualificationRow, "id" | "organizationId">,
): Promise<void> =>
  audit(tx, {
    type: "Qualification",
    id,
    scopes: [event.id, event.campaignId, organizationId],
    fields: ["attendance"],
  });

/** Does it with the person locked whose RSVP it is: their qualifications are made one after the other. */
function ofAttendee(
  ctx: Context,
  operation: string,
  input: AttendanceInput,
  attended: boolean,
  act: (tx: Transaction, event: LockedEvent, rsvp: Rsvp) => Promise<void>,
): Promise<AttendanceAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const event = await lockEventOf(tx, input, "pessimistic_read");
    allow(canCoordinate(viewer, event), "record who attends: those who manage the event and its coordinators may");
    const id = fromGlobalId("Rsvp", input.rsvpId, "input.rsvpId");
    const rsvp = await tx.db.findOneBy(Rsvp, { id, eventId: event.id });
    if (!rsvp) throw noRsvp();
    await lockPerson(tx, rsvp.personId);
    await act(tx, event, rsvp);
    return { eventId: event.id, attended };
  });
}
