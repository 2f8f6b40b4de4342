import { audit } from "../../platform/audit/audit.js";
import type { Context } from "../../platform/context.js";
import { transact } from "../../platform/database/transact.js";
import { badInput } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import type { EventContact } from "./contact.js";
import type { EventDetailsInput } from "./event.inputs.js";
import type { EventRow } from "./event.js";
import { findEvent } from "./event.lock.js";
import { canManage } from "./event.policy.js";

/** What is sealed, as JSON. */
type Contact = Omit<EventContact, "isPublic">;
type Sealed = Pick<EventRow, "contactSealed">;

/** The contact that an input sets, sealed. */
export function contactOf(
  { secrets }: Pick<Context, "secrets">,
  { contact }: Pick<EventDetailsInput, "contact">,
  before: Sealed,
): Partial<Sealed> {
  if (contact === undefined) return {};
  if (contact === null) return { contactSealed: null };
  const said: Contact = { name: tidy(contact.name), email: tidy(contact.email), phone: tidy(contact.phone) };
  if (Object.values(said).every((value) => value === null))
    throw badInput("input.contact", "is empty: give a name, an address or a number, or null to clear it");
  const text = JSON.stringify(said);
  // A seal is different each time: without this, the same contact again would look changed.
  const same = before.contactSealed !== null && secrets.open(before.contactSealed) === text;
  return same ? {} : { contactSealed: secrets.seal(text) };
}

/** The contact of an event for who may see it; each look at one that is not public is kept in the audit trail. */
export async function eventContact(ctx: Context, eventId: string): Promise<EventContact | null> {
  const event = await findEvent(ctx, eventId);
  if (!event?.contactSealed) return null;
  if (!event.contactPublic) {
    if (!ctx.viewer || !canManage(ctx.viewer, event)) return null;
    const look = { type: "Event", id: event.id, scopes: [event.id, event.campaignId], fields: ["contact"] };
    await transact(ctx, "eventContact", (tx) => audit(tx, look));
  }
  const contact = JSON.parse(ctx.secrets.open(event.contactSealed)) as Contact;
  return { ...contact, isPublic: event.contactPublic };
}
