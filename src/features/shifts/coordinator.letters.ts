import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { seen } from "../../platform/reading/read.js";
import { coordinated, coordinatorsOf, Event, visible } from "../events/index.js";
import { letter, type LetterKind, sendLetter } from "../letters/index.js";

interface OfEvent {
  eventId: string;
}

type Words = { subject: string; text: string } | null;

/** A letter to those who coordinate an event, as long as they do. */
export const coordinatorLetter = <Data extends OfEvent>(
  kind: string,
  words: (ctx: Context, data: Data) => Promise<Words> | Words,
): LetterKind<Data> =>
  letter<Data>(kind, async (ctx, _recipient, data) => {
    const { eventId } = data;
    const may = await seen(
      ctx,
      "events",
      [eventId],
      (row, scope) => `(${visible(row, scope)} AND ${coordinated(row, scope)})`,
    );
    const said = may.size > 0 ? await words(ctx, data) : null;
    if (!said) return null;
    const { title } = await ctx.db.findOneByOrFail(Event, { id: eventId });
    return { ...said, about: eventId, subject: `${said.subject}: ${title}` };
  });

/** Has a letter sent to each of those who coordinate an event; the same mark is never told twice. */
export async function tellCoordinators<Data extends OfEvent>(
  tx: Transaction,
  kind: LetterKind<Data>,
  data: Data,
  mark: string,
): Promise<void> {
  const event = await tx.db.findOneByOrFail(Event, { id: data.eventId });
  const coordinators = await coordinatorsOf(tx, event);
  await sendLetter(
    tx,
    kind,
    coordinators.map((personId) => ({ personId, key: `${event.id}:${personId}:${mark}`, data })),
  );
}
