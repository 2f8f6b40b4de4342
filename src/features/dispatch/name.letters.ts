import { IsNull } from "typeorm";
import type { Transaction } from "../../platform/database/transact.js";
import { seen } from "../../platform/reading/read.js";
import { Event, presentInWords, visible } from "../events/index.js";
import { letter, sendLetter } from "../letters/index.js";
import { Organization, OrganizationStatus } from "../organizations/index.js";
import { DispatchName, DispatchPledge } from "./dispatch.js";

/** Tells a person who has named them as a peacekeeper, and for what. */
const namedLetter = letter<{ pledgeId: string }>("dispatch-named", async (ctx, { personId }, { pledgeId }) => {
  if (!(await ctx.db.existsBy(DispatchName, { pledgeId, personId, removedAt: IsNull() }))) return null;
  const { eventId, organizationId } = await ctx.db.findOneByOrFail(DispatchPledge, { id: pledgeId });
  const organization = await ctx.db.findOneByOrFail(Organization, { id: organizationId });
  if (organization.status !== OrganizationStatus.LISTED) return null;
  // Whoever names somebody for what is hidden from them does not tell them of it.
  if ((await seen(ctx, "events", [eventId], visible)).size === 0) return null;
  const event = await ctx.db.findOneByOrFail(Event, { id: eventId });
  const text = [
    `${organization.name} has named you as one of the peacekeepers that it sends to this event.`,
    await presentInWords(ctx, event),
    `To take a place, sign in with this address at ${ctx.config.publicUrl} and claim a shift. If nobody has asked you, you need not do anything.`,
  ];
  return { about: eventId, subject: `Named as a peacekeeper: ${event.title}`, text: text.join("\n\n") };
});

/** One letter for a person and a promise, however often the name is taken back and given again. */
export const tellNamed = (tx: Transaction, pledgeId: string, personId: string): Promise<void> =>
  sendLetter(tx, namedLetter, [{ personId, key: `${pledgeId}:${personId}`, data: { pledgeId } }]);
