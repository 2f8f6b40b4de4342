import type { Context } from "../../platform/context.js";
import { seen } from "../../platform/reading/read.js";
import { letter, type Letter } from "../letters/index.js";
import { factsAt, knowsPlace, presentInWords } from "./event.facts.js";
import { toFollower } from "./event.followers.js";
import { Event } from "./event.js";
import { visible, visibleOnce } from "./event.policy.js";
import { type EventFactsTold } from "./event.records.js";
import { EventRecord, Occurrence } from "./event.values.js";
import { eventInWords, placeInWords, timesInWords, whereInWords } from "./event.words.js";

/**
 * Tells a follower what is different from what they last knew. A letter for a version that is past by the time of its
 * sending is not sent: the one for the later version tells it all.
 */
export const eventChange = letter<{ eventId: string; version: number }>(
  "event-change",
  async (ctx, { personId }, { eventId, version }) => {
    const told = await toldVersion(ctx, personId, eventId);
    const event = await ctx.db.findOneBy(Event, { id: eventId });
    if (told === null || !event) return null;
    const [before, after, latest] = await factsAt(ctx, eventId, [told, version, event.version]);
    if (!before || !after || !same(after, latest) || same(before, after)) return null;
    if (!(await mayHear(ctx, event))) return null;
    const words = await wordsOf(ctx, event, before, after);
    if (!words) return null;
    const text = await toFollower(ctx, personId, event.mergedIntoId ?? eventId, words.text);
    return { about: eventId, subject: words.subject, text };
  },
);

/** Whether the recipient may see the event, or, once it is gone, may have seen it: a merger makes people follow what is hidden from them. */
export async function mayHear(ctx: Context, { id, record, everPublic }: Event): Promise<boolean> {
  const isGone = record !== EventRecord.LIVE;
  return (isGone && everPublic) || (await seen(ctx, "events", [id], isGone ? visibleOnce : visible)).size > 0;
}

/** The version that a follower last knew: when they began to follow, or the last letter about a change. */
async function toldVersion(ctx: Context, personId: string, eventId: string): Promise<number | null> {
  const [row]: { version: number | null }[] = await ctx.db.query(
    `SELECT GREATEST(max(told_version), (
       SELECT max(split_part(key, ':', 3)::int) FROM letters
       WHERE kind = 'event-change' AND person_id = $1 AND sent_at IS NOT NULL AND starts_with(key, $3)
     )) AS version FROM event_follows WHERE person_id = $1 AND event_id = $2`,
    [personId, eventId, `${eventId}:`],
  );
  return row?.version ?? null;
}

const same = (one: EventFactsTold, other: EventFactsTold | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

type Words = Pick<Letter, "subject" | "text">;

/** Null when nothing is different as far as this reader may know. */
async function wordsOf(
  ctx: Context,
  event: Event,
  before: EventFactsTold,
  after: EventFactsTold,
): Promise<Words | null> {
  if (after.record === EventRecord.DELETED) return deletedWords(event, before);
  if (after.record === EventRecord.MERGED) return mergedWords(ctx, event, before);
  const exact = await knowsPlace(ctx, event.id);
  const changes = [...differences(before, after, exact), ...newReason(before, after)];
  if (changes.length === 0) return null;
  const present = off.has(after.occurrence) ? "It was to be:" : "It is now:";
  const text = [...changes, "", present, eventInWords(after, exact)].join("\n");
  return { subject: `${headline(before, after, exact)}: ${after.title}`, text };
}

/** In the words that the follower knows: the event may have been hidden, and changed, since. */
function deletedWords({ removedReason }: Event, before: EventFactsTold): Words {
  return {
    subject: `No longer takes place: ${before.title}`,
    text: `${before.title} was taken off by its hosts.\nWhy: ${removedReason}\n\nIt was to be on ${timesInWords(before)}.`,
  };
}

const offWords = ({ title }: EventFactsTold): Words => ({
  subject: `No longer takes place: ${title}`,
  text: `${title} was taken off by its hosts.`,
});

async function mergedWords(ctx: Context, { mergedIntoId }: Event, before: EventFactsTold): Promise<Words> {
  const into = await ctx.db.findOneByOrFail(Event, { id: mergedIntoId! });
  // Of the event that stays only those hear who may open it.
  if ((await seen(ctx, "events", [into.id], visible)).size === 0) return offWords(before);
  return {
    subject: `Now one event: ${into.title}`,
    text: `${before.title} and this event are the same; from now on it is:\n\n${await presentInWords(ctx, into)}`,
  };
}

const off: ReadonlySet<string> = new Set([Occurrence.CANCELLED, Occurrence.POSTPONED]);

const headlines: Partial<Record<string, string>> = {
  [Occurrence.CANCELLED]: "Cancelled",
  [Occurrence.POSTPONED]: "Postponed",
  [Occurrence.MOVED_ONLINE]: "Now online",
  [Occurrence.TENTATIVE]: "Not certain yet",
  [Occurrence.SCHEDULED]: "It takes place",
};

/** It was online, and is to be at its place. */
const isBack = (before: EventFactsTold, after: EventFactsTold): boolean =>
  before.onlineUrl !== null && after.onlineUrl === null && !off.has(after.occurrence);

function newOccurrence(before: EventFactsTold, after: EventFactsTold): string | undefined {
  if (isBack(before, after)) return "Not online any more";
  return before.occurrence === after.occurrence ? undefined : headlines[after.occurrence];
}

/** Where it was and is: a place that was hidden before is not told later. */
const places = (before: EventFactsTold, after: EventFactsTold, exact: boolean): [was: string, is: string] => [
  whereInWords(before, exact && before.precision === after.precision),
  whereInWords(after, exact),
];

function headline(before: EventFactsTold, after: EventFactsTold, exact: boolean): string {
  const said = newOccurrence(before, after);
  if (said) return said;
  if (timesInWords(before) !== timesInWords(after)) return "New time";
  const [was, is] = places(before, after, exact);
  return was === is ? "Changed" : "New place";
}

/** Why: a reason that was told before is not that of this change. */
const newReason = (before: EventFactsTold, after: EventFactsTold): string[] =>
  after.occurrenceReason &&
  (before.occurrenceReason !== after.occurrenceReason || before.occurrence !== after.occurrence)
    ? [`Why: ${after.occurrenceReason}`]
    : [];

const line = (what: string, was: string, is: string): string[] =>
  was === is ? [] : [`${what}: ${is} (before: ${was})`];

function differences(before: EventFactsTold, after: EventFactsTold, exact: boolean): string[] {
  const occurrence = newOccurrence(before, after);
  const where = isBack(before, after)
    ? [`Not online any more: it takes place at ${placeInWords(after, exact)}`]
    : line("Where", ...places(before, after, exact));
  return [
    ...(occurrence && !isBack(before, after) ? [`${occurrence}.`] : []),
    ...line("Title", before.title, after.title),
    ...line("When", timesInWords(before), timesInWords(after)),
    ...where,
  ];
}
