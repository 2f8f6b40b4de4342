import { audit } from "../../platform/audit/audit.js";
import type { Context } from "../../platform/context.js";
import { badInput } from "../../platform/errors.js";
import { canCoordinate, type EventAnswer, withEvent } from "../events/index.js";
import { ShiftRatio, StaffingPlan } from "./staffing.plan.js";
import type { SetStaffingInput } from "./template.inputs.js";

const blank = { expectedTurnout: null, ratio: ShiftRatio.ONE_TO_50 };

/** Says how many people are expected, and for how many of them one peacekeeper is. */
export const setStaffing = (ctx: Context, input: SetStaffingInput): Promise<EventAnswer> =>
  withEvent(ctx, "setStaffing", input, "plan the staffing of this event", canCoordinate, async (tx, event) => {
    if (input.ratio === null) throw badInput("input.ratio", "cannot be cleared; leave it out to keep it as it is");
    const before = (await tx.db.findOneBy(StaffingPlan, { eventId: event.id })) ?? blank;
    const { expectedTurnout = before.expectedTurnout, ratio = before.ratio } = input;
    const after = { expectedTurnout, ratio };
    const fields = (["expectedTurnout", "ratio"] as const).filter((name) => before[name] !== after[name]);
    if (fields.length === 0) return;
    // By another plan other targets are to be told.
    await tx.db.upsert(StaffingPlan, { eventId: event.id, ...after, toldTarget: null }, ["eventId"]);
    await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId], fields });
  });
