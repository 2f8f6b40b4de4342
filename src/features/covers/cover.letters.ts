import { Event, presentInWords } from "../events/index.js";
import { letter } from "../letters/index.js";
import { Shift, shiftInWords, untilInWords } from "../shifts/index.js";
import { CallOut } from "./call.js";
import { CoverRequest } from "./cover.js";
import { CallOutStatus, CoverStatus } from "./cover.values.js";

/** Asks a person to help out, while somebody is missing. */
export const coverLetter = letter<{ coverId: string }>("cover-asked", async (ctx, _recipient, { coverId }) => {
  const request = await ctx.db.findOneBy(CoverRequest, { id: coverId, status: CoverStatus.ASKED });
  const call = request && (await ctx.db.findOneBy(CallOut, { id: request.callOutId, status: CallOutStatus.OPEN }));
  if (!call || request.deadline <= ctx.now()) return null;
  const shift = await ctx.db.findOneByOrFail(Shift, { id: call.shiftId });
  const event = await ctx.db.findOneByOrFail(Event, { id: shift.eventId });
  return {
    about: event.id,
    subject: `Can you help out? ${event.title}`,
    text: `Somebody is missing on this shift, and you said that you may be asked. Sign in with this address at ${ctx.config.publicUrl} and accept until ${untilInWords(request.deadline, event)}; whoever is first has the place. If you cannot come, decline, and somebody else is asked.\n\n${shiftInWords(shift, event)}\n\n${await presentInWords(ctx, event)}`,
  };
});
