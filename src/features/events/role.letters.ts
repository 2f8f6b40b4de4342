import type { Transaction } from "../../platform/database/transact.js";
import { letter, sendLetter } from "../letters/index.js";
import { presentInWords } from "./event.facts.js";
import { Event } from "./event.js";
import { EventRoleAssignment } from "./event.records.js";
import { EventRecord, type EventRole } from "./event.values.js";

/** Tells a person what they are to do for an event. */
const roleGiven = letter<{ eventId: string; role: EventRole }>(
  "event-role",
  async (ctx, { personId }, { eventId, role }) => {
    const event = await ctx.db.findOneBy(Event, { id: eventId, record: EventRecord.LIVE });
    if (!event || !(await ctx.db.existsBy(EventRoleAssignment, { eventId, personId, role }))) return null;
    const title = `You are ${role.toLowerCase()} of ${event.title}`;
    const where = `Sign in with this address at ${ctx.config.publicUrl}`;
    return { about: eventId, subject: title, text: `${title}.\n\n${await presentInWords(ctx, event)}\n\n${where}` };
  },
);

export const tellRole = (tx: Transaction, assignment: EventRoleAssignment): Promise<void> => {
  const { eventId, personId, role } = assignment;
  const key = `${eventId}:${personId}:${role}:${tx.now().toISOString()}`;
  return sendLetter(tx, roleGiven, [{ personId, key, data: { eventId, role } }]);
};
