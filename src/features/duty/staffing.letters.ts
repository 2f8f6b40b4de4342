import { Event } from "../events/index.js";
import { coordinatorLetter, hoursInWords, Shift } from "../shifts/index.js";

/** Tells a coordinator that a shift that begins soon has too few people; not when it has recovered. */
export const understaffedLetter = coordinatorLetter<{ eventId: string; shiftId: string }>(
  "shift-under-minimum",
  async (ctx, { shiftId }) => {
    const shift = await ctx.db.findOneBy(Shift, { id: shiftId });
    if (!shift || shift.confirmed >= shift.minimum || shift.startsAt <= ctx.now()) return null;
    const event = await ctx.db.findOneByOrFail(Event, { id: shift.eventId });
    return {
      subject: "Too few peacekeepers",
      text: `A shift that begins soon needs ${shift.minimum} and has ${shift.confirmed} confirmed: ${hoursInWords(shift, event)}.`,
    };
  },
);
