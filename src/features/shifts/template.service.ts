import { In } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { canCoordinate, type Event, lockEventBehind, lockEventOf } from "../events/index.js";
import { tellCancelled } from "./plan.letters.js";
import { requirementsAt } from "./requirement.read.js";
import { shiftChanged } from "./shift.changes.js";
import { endShift } from "./shift.end.js";
import { Shift } from "./shift.js";
import { type LockedShift, lockShiftsOf } from "./shift.lock.js";
import { stretchOf } from "./shift.times.js";
import { ShiftStatus } from "./shift.values.js";
import type { ApplyShiftTemplateInput, UndoShiftTemplateInput } from "./template.inputs.js";
import { ShiftTemplateRun } from "./template.run.js";
import { needsOf, partsOf } from "./template.sets.js";

const most = 200;

interface TemplateAnswer {
  eventId: string;
  runId: string;
  shiftIds: string[];
}

/** Makes a set of shifts by role, all or none. */
export function applyShiftTemplate(ctx: Context, input: ApplyShiftTemplateInput): Promise<TemplateAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "applyShiftTemplate", input, async (tx) => {
    const event = await lockEventOf(tx, input, "pessimistic_read");
    allow(canCoordinate(viewer, event), "open shifts at this event: its coordinators, hosts and staff may");
    const run = { id: newId(), eventId: event.id, template: input.template, at: tx.now() };
    const required = await requirementsAt(tx, event);
    const shifts = shiftsOf(input, event).map((shift) => ({
      ...shift,
      id: newId(),
      templateRunId: run.id,
      requires: required(shift.role),
    }));
    await tx.db.insert(ShiftTemplateRun, run);
    await tx.db.insert(Shift, shifts);
    for (const { id } of shifts) shiftChanged(tx, event, id, ChangeKind.CREATED);
    await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId], fields: ["shifts"] });
    return { eventId: event.id, runId: run.id, shiftIds: shifts.map(({ id }) => id) };
  });
}

function shiftsOf(input: ApplyShiftTemplateInput, event: Event) {
  const known = { startsAt: event.startsAt?.toISOString(), endsAt: event.endsAt?.toISOString() };
  const times = { startsAt: input.startsAt ?? known.startsAt, endsAt: input.endsAt ?? known.endsAt };
  const { startsAt, endsAt } = stretchOf(times, event);
  const needs = needsOf(input.template, input.ratio);
  const parts = partsOf(startsAt, endsAt);
  if (parts.length * needs.length > most)
    throw badInput("input.endsAt", `would make more than ${most} shifts; give a shorter stretch of time`);
  const status = input.draft ? ShiftStatus.DRAFT : ShiftStatus.OPEN;
  return parts.flatMap((part) => needs.map((need) => ({ ...part, ...need, eventId: event.id, status })));
}

/** Takes back what one use of a template has made, as one; again is harmless. */
export function undoShiftTemplate(ctx: Context, input: UndoShiftTemplateInput): Promise<{ eventId: string }> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "undoShiftTemplate", input, async (tx) => {
    const id = fromGlobalId("ShiftTemplateRun", input.templateRunId, "input.templateRunId");
    const found = await tx.db.findOneBy(ShiftTemplateRun, { id });
    const { event } = await lockEventBehind(tx, found, "run of a template", "pessimistic_read");
    if (!canCoordinate(viewer, event)) throw new Refusal("NOT_FOUND", "There is no such run of a template.");
    const all = await lockShiftsOf(tx, event, { templateRunId: id });
    const shifts = all.filter(({ shift }) => shift.status !== ShiftStatus.CANCELLED);
    refuseBegun(tx, shifts);
    if (!input.cancelHeld) await refuseHeld(tx, shifts);
    for (const at of shifts) await takeBack(tx, at);
    if (shifts.length > 0)
      await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId], fields: ["shifts"] });
    return { eventId: event.id };
  });
}

function refuseBegun(tx: Transaction, shifts: LockedShift[]): void {
  const begun = shifts.filter(({ shift }) => shift.startsAt <= tx.now()).length;
  if (begun > 0)
    throw new Refusal("CONFLICT", `${begun} of its shifts have begun; cancel the others one by one.`, {
      reason: ErrorReason.SHIFT_STARTED,
    });
}

async function refuseHeld(tx: Transaction, shifts: LockedShift[]): Promise<void> {
  const held = shifts.filter(({ shift }) => shift.taken > 0);
  const waiting: number = await tx.db.count("ShiftSignup", {
    where: { shiftId: In(shifts.map(({ shift }) => shift.id)), status: "WAITLISTED" },
  });
  const taken = held.reduce((sum, { shift }) => sum + shift.taken, 0);
  if (taken + waiting > 0)
    throw new Refusal(
      "CONFLICT",
      `${taken} places on ${held.length} of its shifts are held, and ${waiting} people wait for one: send cancelHeld, and they are told.`,
      { reason: ErrorReason.PLACES_HELD },
    );
}

/** A draft goes; what others have seen is called off. */
async function takeBack(tx: Transaction, at: LockedShift): Promise<void> {
  if (at.shift.status === ShiftStatus.DRAFT) await tx.db.delete(Shift, { id: at.shift.id });
  else await tellCancelled(tx, await endShift(tx, at, { reason: "the shifts were planned anew" }));
}
