import type { Context } from "../../platform/context.js";
import { seen } from "../../platform/reading/read.js";
import { Event, letterEndings, presentInWords, visible } from "../events/index.js";
import { letter, type Letter } from "../letters/index.js";
import { closedBecause, hasLapsed } from "./rsvp.policy.js";
import { Rsvp, type RsvpRow } from "./rsvp.js";
import { rsvpUrl } from "./rsvp.token.js";
import { RsvpStatus } from "./rsvp.values.js";

/** An answer that comes later than this is not waited for any more: it would only fill a mailbox that somebody floods. */
const worthForMs = 3_600_000;

interface Facts {
  rsvp: RsvpRow;
  event: Event;
}

/** The RSVP and its event as they are now; null when there is nothing to come to, or the recipient may not see it. */
async function factsOf(ctx: Context, id: string): Promise<Facts | null> {
  const rsvp = await ctx.db.findOneBy(Rsvp, { id });
  if (!rsvp || hasLapsed(rsvp, ctx.now())) return null;
  const event = await ctx.db.findOneByOrFail(Event, { id: rsvp.eventId });
  const open = !closedBecause(event, ctx.now()) && (await seen(ctx, "events", [event.id], visible)).size > 0;
  return open ? { rsvp, event } : null;
}

const asks: Partial<Record<RsvpStatus, string>> = {
  [RsvpStatus.PENDING]: "Somebody, you we hope, has said that you come to this event. Confirm it within 48 hours:",
  [RsvpStatus.GOING]: "You have said that you come to this event. See or cancel it:",
  [RsvpStatus.WAITLISTED]: "You are on the waitlist of this event. See or cancel it:",
};

// No word that the caller chose stands in it: nobody can have us write to a stranger.
export const confirmLetter = letter<{ rsvpId: string; askedAt: number }>(
  "rsvp-confirm",
  async (ctx, _recipient, { rsvpId, askedAt }) => {
    if (ctx.now().getTime() - askedAt > worthForMs) return null;
    const facts = await factsOf(ctx, rsvpId);
    const ask = facts && asks[facts.rsvp.status];
    if (!ask) return null;
    const pending = facts.rsvp.status === RsvpStatus.PENDING;
    return {
      subject: `${pending ? "Confirm" : "Your RSVP"}: ${facts.event.title}`,
      text: `${await wordsOf(ctx, facts, ask)}\n\nIf it was not you, you need not do anything.`,
    };
  },
  { essential: true },
);

export const promotedLetter = letter<{ rsvpId: string }>("rsvp-promoted", async (ctx, _recipient, { rsvpId }) => {
  const facts = await factsOf(ctx, rsvpId);
  if (facts?.rsvp.status !== RsvpStatus.GOING) return null;
  return {
    subject: `There is room for you: ${facts.event.title}`,
    text: await wordsOf(
      ctx,
      facts,
      "There is room for you, and for your guests, at this event. If you cannot come, cancel here:",
    ),
    about: facts.event.id,
  } satisfies Letter;
});

/** One link for all: it shows how the RSVP stands, and confirms or cancels it, as long as there is one. */
const wordsOf = async (ctx: Context, { rsvp, event }: Facts, ask: string): Promise<string> =>
  `${await presentInWords(ctx, event)}\n\n${ask}\n${rsvpUrl(ctx, rsvp)}`;

letterEndings.push(async (ctx, personId, eventId) => {
  const rsvp = await ctx.db.findOneBy(Rsvp, { personId, eventId });
  return rsvp?.status === RsvpStatus.GOING || rsvp?.status === RsvpStatus.WAITLISTED
    ? `${asks[rsvp.status]}\n${rsvpUrl(ctx, rsvp)}`
    : null;
});
