import type { Context } from "../../platform/context.js";
import { Event, presentInWords } from "../events/index.js";
import { letter, type Letter } from "../letters/index.js";
import { Shift } from "./shift.js";
import { ShiftSignup, type SignupRow } from "./signup.js";
import { SignupStatus } from "./shift.values.js";
import { shiftInWords, untilInWords } from "./shift.words.js";

interface Facts {
  signup: SignupRow;
  event: Event;
  /** The shift, and the event as the recipient may know it. */
  words: string;
}

/** A sign-up, and its shift and event in words. */
export async function factsOf(ctx: Context, signupId: string): Promise<Facts | null> {
  const signup = await ctx.db.findOneBy(ShiftSignup, { id: signupId });
  if (!signup) return null;
  const shift = await ctx.db.findOneByOrFail(Shift, { id: signup.shiftId });
  const event = await ctx.db.findOneByOrFail(Event, { id: shift.eventId });
  return { signup, event, words: `${shiftInWords(shift, event)}\n\n${await presentInWords(ctx, event)}` };
}

/** A letter about a sign-up that is sent only while it stands so; what it tells would be past else. */
export const whileIt = (
  kind: string,
  status: SignupStatus,
  subject: string,
  text: (facts: Facts, ctx: Context) => string,
) =>
  letter<{ signupId: string }>(kind, async (ctx, _recipient, { signupId }): Promise<Letter | null> => {
    const facts = await factsOf(ctx, signupId);
    if (facts?.signup.status !== status) return null;
    if (facts.signup.deadline && facts.signup.deadline <= ctx.now()) return null;
    return {
      about: facts.event.id,
      subject: `${subject}: ${facts.event.title}`,
      text: `${text(facts, ctx)}\n\n${facts.words}`,
    };
  });

export const until = ({ signup, event }: Facts): string => untilInWords(signup.deadline!, event);

export const offerLetter = whileIt(
  "signup-offered",
  SignupStatus.OFFERED,
  "A place is free for you",
  (facts) =>
    `You waited for a place on this shift, and one is free. It is kept for you until ${until(facts)}: claim it in time.`,
);

export const confirmedLetter = whileIt(
  "signup-confirmed",
  SignupStatus.CONFIRMED,
  "You have a place",
  () => "A coordinator has confirmed your place on this shift.",
);

export const declinedLetter = whileIt(
  "signup-declined",
  SignupStatus.RELEASED,
  "Not this time",
  () => "The coordinators could not confirm your place on this shift.",
);

export const lapsedLetter = whileIt(
  "signup-lapsed",
  SignupStatus.LAPSED,
  "Your place is gone",
  () => "Nobody confirmed your place on this shift in time, so it went to others.",
);
