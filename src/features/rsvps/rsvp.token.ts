import type { Context } from "../../platform/context.js";
import type { Secrets } from "../../platform/secrets.js";

const purpose = "rsvp";

/** Whose RSVP at which event: what a link leads to, also after the event was merged into another. */
export interface RsvpKey {
  eventId: string;
  personId: string;
}

/** What opens one person's RSVP at one event, and nothing else. */
export const tokenOf = (secrets: Secrets, { eventId, personId }: RsvpKey): string =>
  secrets.sign(purpose, JSON.stringify([eventId, personId]));

/** Whose RSVP a token opens; null when it was not made here. */
export function readToken(secrets: Secrets, token: string): RsvpKey | null {
  const text = secrets.verify(purpose, token);
  if (text === null) return null;
  const [eventId, personId] = JSON.parse(text) as [string, string];
  return { eventId, personId };
}

/** Where a person confirms or cancels without an account. */
export const rsvpUrl = ({ config, secrets }: Context, key: RsvpKey): string =>
  `${config.publicUrl}/rsvp/${tokenOf(secrets, key)}`;
