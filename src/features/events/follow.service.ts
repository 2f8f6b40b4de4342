import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { follow, unfollow } from "./event.follow.js";
import { type EventAnswer, lockEventOf, type OfEvent } from "./event.lock.js";
import { FollowReason } from "./event.values.js";

/** From now on the viewer is told of changes of the event; again is harmless. */
export const followEvent = (ctx: Context, input: OfEvent): Promise<EventAnswer> =>
  changing(ctx, "followEvent", input, follow);

/** The viewer follows no longer; again is harmless. Who has an RSVP, a shift or a role is still told. */
export const unfollowEvent = (ctx: Context, input: OfEvent): Promise<EventAnswer> =>
  changing(ctx, "unfollowEvent", input, unfollow);

function changing(ctx: Context, operation: string, input: OfEvent, change: typeof follow): Promise<EventAnswer> {
  const { personId } = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const event = await lockEventOf(tx, input, "pessimistic_read");
    await change(tx, event, personId, FollowReason.FOLLOW);
    return { eventId: event.id };
  });
}
