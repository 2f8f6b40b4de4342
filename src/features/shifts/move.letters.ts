import type { Transaction } from "../../platform/database/transact.js";
import { Event } from "../events/index.js";
import { letter, sendLetter } from "../letters/index.js";
import { coordinatorLetter, tellCoordinators } from "./coordinator.letters.js";
import { Shift } from "./shift.js";
import { SignupStatus } from "./shift.values.js";
import { hoursInWords } from "./shift.words.js";
import { ShiftSignup } from "./signup.js";

/** A place that was released because its shift was moved to the time of another that the person keeps. */
export interface LostPlace {
  signupId: string;
  personId: string;
  version: number;
  eventId: string;
  keptShiftId: string;
}

/** To whoever lost it. */
const placeLost = letter<{ signupId: string; version: number; keptShiftId: string }>(
  "place-lost",
  async (ctx, _recipient, { signupId, version, keptShiftId }) => {
    const lost = await ctx.db.findOneBy(ShiftSignup, { id: signupId, version, status: SignupStatus.RELEASED });
    const shiftOf = async (id: string) => {
      const shift = await ctx.db.findOneByOrFail(Shift, { id });
      return { shift, event: await ctx.db.findOneByOrFail(Event, { id: shift.eventId }) };
    };
    if (!lost) return null;
    const [moved, kept] = [await shiftOf(lost.shiftId), await shiftOf(keptShiftId)];
    return {
      about: moved.event.id,
      subject: `Your place is released: ${moved.event.title}`,
      text: [
        `A shift of yours at ${moved.event.title} was moved: ${hoursInWords(moved.shift, moved.event)}`,
        `You hold another place at that time, at ${kept.event.title}: ${hoursInWords(kept.shift, kept.event)}`,
        "Nobody can stand in two places, so your place on the shift that was moved is released, and you keep the other. Would you rather have the first, release the other and claim it again.",
      ].join("\n\n"),
    };
  },
);

const people = (count: number): string => (count === 1 ? "one peacekeeper" : `${count} peacekeepers`);

/** To those who coordinate the event whose shift was moved, and the event whose place is kept. Nobody is named. */
const placesOverlap = coordinatorLetter<{ eventId: string; count: number; kept: boolean }>(
  "places-overlap",
  (_ctx, { count, kept }) => ({
    subject: "Shifts overlap",
    text: kept
      ? `Places elsewhere were moved to the time of shifts at this event: ${people(count)} held both. They keep their place with you.`
      : `Shifts of this event were moved: ${people(count)} hold a place elsewhere at the new time. They keep that one, and their place here is released. Places that are free are offered to those who wait.`,
  }),
);

/** Has each person and each coordinator of the events told once of what one move has made of their places. */
export async function tellLost(tx: Transaction, lost: LostPlace[]): Promise<void> {
  if (lost.length === 0) return;
  await sendLetter(
    tx,
    placeLost,
    lost.map(({ signupId, personId, version, keptShiftId }) => ({
      personId,
      key: `${signupId}:${version}`,
      data: { signupId, version, keptShiftId },
    })),
  );
  const keptEvents: { id: string }[] = await tx.db.query(
    `SELECT s.event_id AS id FROM unnest($1::uuid[]) AS k(id) JOIN shifts s USING (id) WHERE s.event_id <> $2`,
    [lost.map(({ keptShiftId }) => keptShiftId), lost[0]!.eventId],
  );
  const mark = `${lost[0]!.signupId}:${lost[0]!.version}`;
  await tellCoordinators(tx, placesOverlap, { eventId: lost[0]!.eventId, count: lost.length, kept: false }, mark);
  for (const eventId of new Set(keptEvents.map(({ id }) => id))) {
    const count = keptEvents.filter(({ id }) => id === eventId).length;
    await tellCoordinators(tx, placesOverlap, { eventId, count, kept: true }, mark);
  }
}
