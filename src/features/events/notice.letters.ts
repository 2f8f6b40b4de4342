import type { Context } from "../../platform/context.js";
import { seen } from "../../platform/reading/read.js";
import { letter, type Letter } from "../letters/index.js";
import { toFollower } from "./event.followers.js";
import { Event } from "./event.js";
import { visible, visibleOnce } from "./event.policy.js";
import { type EventFactsTold, EventVersion } from "./event.records.js";
import { seesPlace } from "./location.shape.js";
import { EventRecord, Occurrence } from "./event.values.js";
import { eventInWords, placeInWords, timesInWords } from "./event.words.js";

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
    const exact = (await seen(ctx, "events", [eventId], seesPlace)).size > 0;
    const { subject, text } = await wordsOf(ctx, event, before, after, exact);
    return { about: eventId, subject, text: await toFollower(ctx, personId, event.mergedIntoId ?? eventId, text) };
  },
);

/** Whether the recipient may see the event, or, once it is gone, may have seen it: a merger makes people follow what is hidden from them. */
async function mayHear(ctx: Context, { id, record, everPublic }: Event): Promise<boolean> {
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

async function factsAt(ctx: Context, eventId: string, versions: number[]): Promise<(EventFactsTold | undefined)[]> {
  const rows = await ctx.db.find(EventVersion, { where: versions.map((version) => ({ eventId, version })) });
  return versions.map((version) => rows.find((row) => row.version === version)?.facts);
}

const same = (one: EventFactsTold, other: EventFactsTold | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

async function wordsOf(
  ctx: Context,
  event: Event,
  before: EventFactsTold,
  after: EventFactsTold,
  exact: boolean,
): Promise<Pick<Letter, "subject" | "text">> {
  if (after.record === EventRecord.DELETED) return gone(before);
  if (after.record === EventRecord.MERGED) return mergedWords(ctx, event, before);
  const reason = after.occurrenceReason ? [`Why: ${after.occurrenceReason}`] : [];
  const text = [...differences(before, after, exact), ...reason, "", "It is now:", eventInWords(after, exact)];
  return { subject: `${headline(before, after)}: ${after.title}`, text: text.join("\n") };
}

/** In the words that the follower knows: the event may have been hidden, and changed, since. */
const gone = ({ title }: EventFactsTold): Pick<Letter, "subject" | "text"> => ({
  subject: `No longer takes place: ${title}`,
  text: `${title} was taken off by its hosts.`,
});

/** Of the event that stays only to those who may open it. */
async function mergedWords(
  ctx: Context,
  { mergedIntoId }: Event,
  before: EventFactsTold,
): Promise<Pick<Letter, "subject" | "text">> {
  const into = await ctx.db.findOneByOrFail(Event, { id: mergedIntoId! });
  if ((await seen(ctx, "events", [into.id], visible)).size === 0) return gone(before);
  const [facts] = await factsAt(ctx, into.id, [into.version]);
  const exact = (await seen(ctx, "events", [into.id], seesPlace)).size > 0;
  return {
    subject: `Now one event: ${facts!.title}`,
    text: `${before.title} and this event are the same; from now on it is:\n\n${eventInWords(facts!, exact)}`,
  };
}

const headlines: Partial<Record<string, string>> = {
  [Occurrence.CANCELLED]: "Cancelled",
  [Occurrence.POSTPONED]: "Postponed",
  [Occurrence.MOVED_ONLINE]: "Now online",
  [Occurrence.TENTATIVE]: "Not certain yet",
  [Occurrence.SCHEDULED]: "It takes place",
};

function headline(before: EventFactsTold, after: EventFactsTold): string {
  const said = before.occurrence === after.occurrence ? undefined : headlines[after.occurrence];
  if (said) return said;
  if (timesInWords(before) !== timesInWords(after)) return "New time";
  return before.place !== after.place || before.city !== after.city ? "New place" : "Changed";
}

const line = (what: string, was: string, is: string): string[] =>
  was === is ? [] : [`${what}: ${is} (before: ${was})`];

function differences(before: EventFactsTold, after: EventFactsTold, exact: boolean): string[] {
  const occurrence = before.occurrence === after.occurrence ? undefined : headlines[after.occurrence];
  return [
    ...(occurrence ? [`${occurrence}.`] : []),
    ...line("Title", before.title, after.title),
    ...line("When", timesInWords(before), timesInWords(after)),
    ...line("Where", placeInWords(before, exact && before.precision === after.precision), placeInWords(after, exact)),
  ];
}
