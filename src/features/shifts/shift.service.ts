import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import { badInput } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { tidy } from "../../platform/graphql/text.js";
import { canCoordinate, type Event, lockEvent } from "../events/index.js";
import { requirementsAt } from "./requirement.read.js";
import { shiftChanged } from "./shift.changes.js";
import type { OpenShiftInput } from "./shift.inputs.js";
import { Shift, type ShiftRow } from "./shift.js";
import { timesOf, windowOf } from "./shift.times.js";
import { ShiftStatus } from "./shift.values.js";

/** Makes a shift that peacekeepers can claim, or the draft of one. */
export function openShift(ctx: Context, input: OpenShiftInput): Promise<{ shiftId: string }> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "openShift", input, async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", input.eventId, "input.eventId"), "pessimistic_read");
    allow(canCoordinate(viewer, event), "open shifts at this event: its coordinators, hosts and staff may");
    const required = await requirementsAt(tx, event);
    const id = newId();
    await tx.db.insert(Shift, { id, eventId: event.id, ...newShift(input, event), requires: required(input.role) });
    shiftChanged(tx, event, id, ChangeKind.CREATED);
    await audit(tx, { type: "Shift", id, scopes: [event.id, event.campaignId] });
    return { shiftId: id };
  });
}

function newShift(input: OpenShiftInput, event: Event): Partial<ShiftRow> {
  const { role, minimum, capacity } = input;
  if (minimum > capacity) throw badInput("input.minimum", "must not be above capacity");
  const times = timesOf(input, event);
  return {
    ...times,
    ...windowOf(input, event, { ...times, opensAt: null, closesAt: null }),
    status: input.draft ? ShiftStatus.DRAFT : ShiftStatus.OPEN,
    role,
    minimum,
    capacity,
    releaseCutoffMinutes: input.releaseCutoffMinutes ?? 0,
    swapNeedsApproval: input.swapNeedsApproval ?? false,
    checkInPoint: tidy(input.checkInPoint),
    instructions: tidy(input.instructions),
  };
}
