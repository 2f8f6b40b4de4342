import type { Context } from "../../platform/context.js";
import { seen } from "../../platform/reading/read.js";
import { Event, visible } from "../events/index.js";
import type { ShiftRow } from "./shift.js";
import { assured, holds, SignupStatus } from "./shift.values.js";
import { hoursInWords } from "./shift.words.js";

/** Why a place ended that ended with its event. */
export const eventIsOff = "the event does not take place";

type Stake = Pick<ShiftRow, "role" | "startsAt" | "endsAt" | "checkInPoint"> & { status: SignupStatus };

/** What a person has, or had until the event was off, at an event: the next first. */
const stakesOf = (ctx: Context, personId: string, eventId: string): Promise<Stake[]> =>
  ctx.db.query(
    `SELECT s.role, s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.check_in_point AS "checkInPoint", g.status
     FROM shift_signups g JOIN shifts s ON s.id = g.shift_id JOIN signup_steps t ON t.signup_id = g.id AND t.version = g.version
     WHERE g.person_id = $1 AND s.event_id = $2
       AND CASE WHEN ${holds("g")} OR g.status = 'WAITLISTED' THEN s.ends_at > $3 ELSE t.reason = $4 END
     ORDER BY s.starts_at, s.id LIMIT 20`,
    [personId, eventId, ctx.now(), eventIsOff],
  );

const heads: Partial<Record<SignupStatus, string>> = {
  [SignupStatus.RELEASED]: "It does not take place, so nor does your shift",
  [SignupStatus.REQUESTED]: "Your shift, once a coordinator confirms it",
  [SignupStatus.OFFERED]: "Offered to you",
  [SignupStatus.WAITLISTED]: "You wait in line for a shift",
};

function stakeInWords(stake: Stake, event: Event): string {
  const line = `${heads[stake.status] ?? "Your shift"}: ${hoursInWords(stake, event)}`;
  return stake.checkInPoint && assured.includes(stake.status) ? `${line}\nCheck in: ${stake.checkInPoint}` : line;
}

/** The shifts of a person at an event in words, as they are now; null when there is none that may be told of. */
export async function stakesInWords(ctx: Context, personId: string, eventId: string): Promise<string | null> {
  const stakes = await stakesOf(ctx, personId, eventId);
  const event = stakes.length > 0 && (await ctx.db.findOneBy(Event, { id: eventId }));
  if (!event) return null;
  const mayOpen = (await seen(ctx, "events", [eventId], visible)).size > 0;
  const told = stakes.filter(({ status }) => mayOpen || status === SignupStatus.RELEASED);
  return told.map((stake) => stakeInWords(stake, event)).join("\n") || null;
}
