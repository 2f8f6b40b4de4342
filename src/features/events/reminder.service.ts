import { type Services, systemContext } from "../../platform/context.js";
import { transact } from "../../platform/database/transact.js";
import { every } from "../../platform/jobs/queue.js";
import { seen } from "../../platform/reading/read.js";
import { dayIn, instantOf } from "../../platform/time.js";
import { letter } from "../letters/index.js";
import { presentInWords } from "./event.facts.js";
import { tellFollowers, toFollower } from "./event.followers.js";
import { Event } from "./event.js";
import { visible } from "./event.policy.js";
import { FollowReason, Occurrence, ReminderKind } from "./event.values.js";

const hour = 3_600_000;
type Timed = Pick<Event, "id" | "startsOn" | "startsAt" | "spanStartsAt" | "timeZone">;

/** A day of action has thousands of events on one day of few zones: what its clocks say is worked out once. */
class Days {
  readonly #known = new Map<string, ReturnType<typeof timesOf>>();

  of({ startsOn, timeZone }: Timed): ReturnType<typeof timesOf> {
    const name = `${startsOn} ${timeZone}`;
    const known = this.#known.get(name) ?? timesOf(startsOn, timeZone);
    this.#known.set(name, known);
    return known;
  }
}

/** The times of a day of a place that reminders go by. */
function timesOf(startsOn: string, timeZone: string) {
  const before = new Date(Date.parse(startsOn) - 24 * hour).toISOString().slice(0, 10);
  return {
    ...dayIn(startsOn, timeZone),
    dayBefore: instantOf(`${before}T10:00`, timeZone, "time"),
    morning: instantOf(`${startsOn}T08:00`, timeZone, "time"),
  };
}

/** From when to when a reminder makes sense, on the clock of the event's place. */
function windowOf(kind: ReminderKind, { startsAt: begins }: Timed, day: ReturnType<typeof timesOf>) {
  const { dayBefore, morning, startsAt, endsAt } = day;
  if (kind === ReminderKind.DAY_BEFORE) return { from: dayBefore, until: startsAt };
  // Of an event in the early morning two hours before.
  const early = begins && begins.getTime() - 2 * hour < morning.getTime();
  return { from: early ? new Date(begins.getTime() - 2 * hour) : morning, until: begins ?? endsAt };
}

const isDue = (kind: ReminderKind, event: Timed, now: Date, days: Days): boolean => {
  const { from, until } = windowOf(kind, event, days.of(event));
  return from <= now && now < until;
};

/** A reminder belongs to the times that the event had when it was due; for others it is not sent. */
export const reminder = letter<{ eventId: string; kind: ReminderKind; startsAt: string }>(
  "event-reminder",
  async (ctx, { personId }, { eventId, kind, startsAt }) => {
    const event = await ctx.db.findOneBy(Event, { id: eventId });
    const takesPlace = event && !off.includes(event.occurrence) && event.spanStartsAt.toISOString() === startsAt;
    if (!takesPlace || !isDue(kind, event, ctx.now(), new Days())) return null;
    if ((await seen(ctx, "events", [eventId], visible)).size === 0) return null;
    const when = kind === ReminderKind.DAY_BEFORE ? "Tomorrow" : "Today";
    const text = await toFollower(ctx, personId, eventId, await presentInWords(ctx, event));
    return { about: eventId, subject: `${when}: ${event.title}`, text };
  },
);

const off = [Occurrence.CANCELLED, Occurrence.POSTPONED];

/**
 * Finds the reminders that are due, from the events as they are: one that moves is reminded of at its new time, and
 * nothing has to be undone. A reminder is noted with the times that it is for, so each is given out once.
 */
export const reminders = every("event reminders", 60, async (services: Services) => {
  const system = systemContext(services);
  const events: (Timed & { given: ReminderKind[] })[] = await services.db.query(
    `SELECT * FROM (SELECT id, starts_on::text AS "startsOn", starts_at AS "startsAt", span_starts_at AS "spanStartsAt", time_zone AS "timeZone",
       ARRAY(SELECT r.kind FROM event_reminders r WHERE r.event_id = e.id AND r.starts_at = e.span_starts_at) AS given
     FROM events e WHERE review = 'APPROVED' AND record = 'LIVE' AND occurrence <> ALL ($2::text[])
       AND span_ends_at > $1 AND span_starts_at BETWEEN $1::timestamptz - interval '16 days' AND $1::timestamptz + interval '40 hours') due
     WHERE cardinality(given) < 2`,
    [services.now(), off],
  );
  const days = new Days();
  for (const event of events)
    for (const kind of Object.values(ReminderKind))
      if (!event.given.includes(kind) && isDue(kind, event, services.now(), days))
        await transact(system, "remindOfEvent", async (tx) => {
          const startsAt = event.spanStartsAt.toISOString();
          const fresh: unknown[] = await tx.db.query(
            `INSERT INTO event_reminders (event_id, kind, starts_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING kind`,
            [event.id, kind, startsAt],
          );
          if (fresh.length === 0) return;
          const data = { eventId: event.id, kind, startsAt };
          await tellFollowers(tx, event.id, reminder, `${kind}:${startsAt}`, data, [FollowReason.WAITLIST]);
        });
});
