import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { seen } from "../../platform/reading/read.js";
import { Event, presentInWords, visible } from "../events/index.js";
import { letter, sendLetter } from "../letters/index.js";
import { Shift } from "./shift.js";
import type { LockedShift } from "./shift.lock.js";
import { assured, holding, ShiftStatus, SignupStatus } from "./shift.values.js";
import { type SignupRow, SignupStep } from "./signup.js";
import { factsOf } from "./signup.letters.js";
import { signupsOf } from "./signup.places.js";
import { stakesInWords } from "./stakes.words.js";

interface Changed {
  eventId: string;
  /** Null: the event has moved, with all its shifts. */
  shiftId: string | null;
  /** Of the shift, or of the event: what is changed again by the time of sending is told by the later letter. */
  version: number;
}

const versionOf = async (ctx: Context, { eventId, shiftId }: Changed): Promise<number | undefined> =>
  (shiftId === null ? await ctx.db.findOneBy(Event, { id: eventId }) : await ctx.db.findOneBy(Shift, { id: shiftId }))
    ?.version;

/** To those who hold a place or wait for one: how it is now. */
export const changedLetter = letter<Changed>("shift-changed", async (ctx, { personId }, changed) => {
  const { eventId, version } = changed;
  if ((await versionOf(ctx, changed)) !== version) return null;
  if ((await seen(ctx, "events", [eventId], visible)).size === 0) return null;
  const event = await ctx.db.findOneByOrFail(Event, { id: eventId });
  const words = await stakesInWords(ctx, personId, eventId);
  return words
    ? {
        about: eventId,
        subject: `Your shift has changed: ${event.title}`,
        text: `It is now:\n${words}\n\n${await presentInWords(ctx, event)}`,
      }
    : null;
});

/** Tells those on a shift, and those who wait for one, that it is different; of a check-in point only who may know it. */
export async function tellChanged(tx: Transaction, at: LockedShift, onlyAssured: boolean): Promise<void> {
  const { shift, event } = at;
  if (shift.status === ShiftStatus.DRAFT) return;
  const signups = await signupsOf(tx, at, onlyAssured ? assured : [...holding, SignupStatus.WAITLISTED]);
  const data = { eventId: event.id, shiftId: shift.id, version: shift.version };
  await sendLetter(
    tx,
    changedLetter,
    signups.map(({ personId }) => ({ personId, key: `${shift.id}:${personId}:${shift.version}`, data })),
  );
}

const cancelledLetter = letter<{ signupId: string }>("shift-cancelled", async (ctx, _recipient, { signupId }) => {
  const facts = await factsOf(ctx, signupId);
  if (facts?.signup.status !== SignupStatus.RELEASED) return null;
  const step = await ctx.db.findOneBy(SignupStep, { signupId, version: facts.signup.version });
  const why = step?.reason ? `\nWhy: ${step.reason}` : "";
  return {
    about: facts.event.id,
    subject: `A shift does not take place: ${facts.event.title}`,
    text: `The coordinators have called off a shift on which you had a place, or waited for one.${why}\n\n${facts.words}`,
  };
});

/** Tells those whose places, or turns in the line, have ended with a shift. */
export const tellCancelled = (tx: Transaction, ended: SignupRow[]): Promise<void> =>
  sendLetter(
    tx,
    cancelledLetter,
    ended.map(({ id: signupId, personId, version }) => ({
      personId,
      key: `${signupId}:${version}`,
      data: { signupId },
    })),
  );
