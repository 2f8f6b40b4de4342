import type { Transaction } from "../../platform/database/transact.js";
import { seen } from "../../platform/reading/read.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { letter, sendLetter } from "../letters/index.js";
import { adminsOf, Organization } from "../organizations/index.js";
import { managersOf } from "./event.coordinators.js";
import { presentInWords } from "./event.facts.js";
import { EventHost } from "./event.host.js";
import { Event, type EventRow } from "./event.js";
import { concerned, visible } from "./event.policy.js";
import { HostStatus, ReviewStatus } from "./event.values.js";

const outcomes: Partial<Record<ReviewStatus, [subject: string, text: string]>> = {
  [ReviewStatus.APPROVED]: ["Published", "was approved, and is published."],
  [ReviewStatus.CHANGES_REQUESTED]: ["Please change", "needs changes; then submit it again."],
  [ReviewStatus.REJECTED]: ["Not published", "is not published."],
};

/** SQL: the event is there, and the recipient has to do with it. */
const stillConcerned = (row: string, scope: Scope): Sql => `(${visible(row, scope)} AND ${concerned(row, scope)})`;

/** Tells the hosts what their campaign's staff have decided. */
const reviewOutcome = letter<{ eventId: string; review: ReviewStatus }>(
  "event-review",
  async (ctx, _recipient, { eventId, review }) => {
    const event = await ctx.db.findOneBy(Event, { id: eventId });
    const outcome = outcomes[review];
    if (event?.review !== review || !outcome) return null;
    if ((await seen(ctx, "events", [eventId], stillConcerned)).size === 0) return null;
    const note = event.reviewNote ? `\n\nThe staff say:\n${event.reviewNote}` : "";
    return { about: eventId, subject: `${outcome[0]}: ${event.title}`, text: `${event.title} ${outcome[1]}${note}` };
  },
);

/** Has the outcome of a review told to whoever drafted the event, and to the admins of its hosts. */
export async function tellOutcome(tx: Transaction, event: EventRow, review: ReviewStatus): Promise<void> {
  const people = await managersOf(tx, event);
  const key = (personId: string): string => `${event.id}:${personId}:${review}:${tx.now().toISOString()}`;
  const data = { eventId: event.id, review };
  await sendLetter(
    tx,
    reviewOutcome,
    people.map((personId) => ({ personId, key: key(personId), data })),
  );
}

/** Asks the admins of an organization whether it hosts an event with the others. */
const coHostInvitation = letter<{ eventId: string; organizationId: string }>(
  "co-host-invitation",
  async (ctx, _recipient, { eventId, organizationId }) => {
    const host = await ctx.db.findOneBy(EventHost, { eventId, organizationId, status: HostStatus.INVITED });
    const event = await ctx.db.findOneBy(Event, { id: eventId });
    if (!host || !event || !ctx.viewer?.adminOf.includes(organizationId)) return null;
    if ((await seen(ctx, "events", [eventId], stillConcerned)).size === 0) return null;
    const { name } = await ctx.db.findOneByOrFail(Organization, { id: organizationId });
    return {
      about: eventId,
      subject: `Will you host with us? ${event.title}`,
      text: [
        `Your organization, ${name}, is asked to co-host this event. Its name shows only once you have agreed.`,
        await presentInWords(ctx, event),
        `Answer under "coHostInvitations" of your organization, at ${ctx.config.publicUrl}`,
      ].join("\n\n"),
    };
  },
);

/** One mail a day for an event: whoever asks, takes it back and asks again fills nobody's mailbox. */
export async function askToCoHost(tx: Transaction, eventId: string, organizationId: string): Promise<void> {
  const people = await adminsOf(tx, [organizationId]);
  const data = { eventId, organizationId };
  const day = tx.now().toISOString().slice(0, 10);
  const key = (personId: string): string => `${eventId}:${personId}:${organizationId}:${day}`;
  await sendLetter(
    tx,
    coHostInvitation,
    people.map((personId) => ({ personId, key: key(personId), data })),
  );
}
