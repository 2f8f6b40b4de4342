import { seen } from "../../platform/reading/read.js";
import { Event } from "../events/index.js";
import { letter } from "../letters/index.js";
import { coordinatorLetter, peacekeeperOf, Shift, shiftInWords, hoursInWords } from "../shifts/index.js";
import { CoordinatorMessage, PeacekeeperMessage } from "./message.js";
import { messageShape } from "./message.shape.js";

/** Relays a message to a peacekeeper whom it is for still. */
export const toPeacekeeper = letter<{ messageId: string }>(
  "peacekeeper-message",
  async (ctx, _recipient, { messageId }) => {
    const message = await ctx.db.findOneBy(PeacekeeperMessage, { id: messageId });
    if (!message || (await seen(ctx, messageShape.table, [messageId], messageShape.visible)).size === 0) return null;
    const { eventId, shiftId, subject, text } = message;
    const event = await ctx.db.findOneByOrFail(Event, { id: eventId });
    const shift = shiftId && (await ctx.db.findOneByOrFail(Shift, { id: shiftId }));
    const about = shift ? `\n\n${shiftInWords(shift, event)}` : "";
    const words = `From the coordinators of ${event.title} to its peacekeepers:\n\n${text}${about}`;
    return { about: eventId, subject, text: words };
  },
);

/** Relays what a peacekeeper says to those who coordinate their shift. */
export const toCoordinators = coordinatorLetter<{ eventId: string; messageId: string }>(
  "coordinator-message",
  async (ctx, { messageId }) => {
    const message = await ctx.db.findOneBy(CoordinatorMessage, { id: messageId });
    if (!message) return null;
    const shift = await ctx.db.findOneByOrFail(Shift, { id: message.shiftId });
    const event = await ctx.db.findOneByOrFail(Event, { id: shift.eventId });
    const { nameSealed } = await peacekeeperOf(ctx, message.personId);
    const name = nameSealed ? ctx.secrets.open(nameSealed) : "A peacekeeper";
    const text = `${name} writes to you (${hoursInWords(shift, event)}):\n\n${ctx.secrets.open(message.textSealed)}`;
    return { subject: "From a peacekeeper", text };
  },
);
