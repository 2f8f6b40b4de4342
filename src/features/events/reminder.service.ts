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

/** From when to when a reminder makes sense, on the clock of the event's place. */
function windowOf(kind: ReminderKind, { startsOn, startsAt, timeZone }: Timed): { from: Date; until: Date } {
  const day = dayIn(startsOn, timeZone);
  if (kind === ReminderKind.DAY_BEFORE) {
    const before = new Date(Date.parse(startsOn) - 24 * hour).toISOString().slice(0, 10);
    return { from: instantOf(`${before}T10:00`, timeZone, "time"), until: day.startsAt };
  }
  const morning = instantOf(`${startsOn}T08:00`, timeZone, "time");
  // Of an event in the early morning two hours before.
  const early = startsAt && startsAt.getTime() - 2 * hour < morning.getTime();
  return { from: early ? new Date(startsAt.getTime() - 2 * hour) : morning, until: startsAt ?? day.endsAt };
}

const isDue = (kind: ReminderKind, event: Timed, now: Date): boolean => {
  const { from, until } = windowOf(kind, event);
  return from <= now && now < until;
};

/** A reminder belongs to the times that the event had when it was due; for others it is not sent. */
export const reminder = letter<{ eventId: string; kind: ReminderKind; startsAt: string }>(
  "event-reminder",
  async (ctx, { personId }, { eventId, kind, startsAt }) => {
    const event = await ctx.db.findOneBy(Event, { id: eventId });
    const takesPlace = event && !off.includes(event.occurrence) && event.spanStartsAt.toISOString() === startsAt;
    if (!takesPlace || !isDue(kind, event, ctx.now())) return null;
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
  const events: Timed[] = await services.db.query(
    `SELECT id, starts_on::text AS "startsOn", starts_at AS "startsAt", span_starts_at AS "spanStartsAt", time_zone AS "timeZone"
     FROM events e WHERE review = 'APPROVED' AND record = 'LIVE' AND occurrence <> ALL ($2::text[])
       AND span_ends_at > $1 AND span_starts_at BETWEEN $1::timestamptz - interval '16 days' AND $1::timestamptz + interval '40 hours'
       AND (SELECT count(*) FROM event_reminders r WHERE r.event_id = e.id AND r.starts_at = e.span_starts_at) < 2`,
    [services.now(), off],
  );
  for (const event of events)
    for (const kind of Object.values(ReminderKind))
      if (isDue(kind, event, services.now()))
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
