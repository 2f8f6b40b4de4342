import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { seen } from "../../platform/reading/read.js";
import { type Event, findRow, presentInWords, visible } from "../events/index.js";
import type { CancelRsvpInput, ConfirmRsvpInput } from "./rsvp.inputs.js";
import { isHeld, lockPlaces, type Places, seat, settle, unseat } from "./rsvp.places.js";
import { closedBecause, hasLapsed } from "./rsvp.policy.js";
import type { RsvpAnswer } from "./rsvp.service.js";
import { Rsvp, type RsvpRow } from "./rsvp.js";
import { readToken, type RsvpKey } from "./rsvp.token.js";
import { RsvpStatus } from "./rsvp.values.js";

const noRsvp = (): Refusal =>
  new Refusal("NOT_FOUND", "There is no such RSVP: it was not confirmed in time, or the link was cut off.");

/** Makes an RSVP that was asked for by e-mail count; again is harmless. */
export const confirmRsvp = (ctx: Context, { token }: Pick<ConfirmRsvpInput, "token">): Promise<RsvpAnswer> =>
  transact(ctx, "confirmRsvp", (tx) => answer(tx, keyOf(ctx, token), confirm));

async function confirm(tx: Transaction, places: Places, rsvp: RsvpRow): Promise<void> {
  if (isHeld(rsvp)) return;
  if (rsvp.status === RsvpStatus.CANCELLED)
    throw new Refusal("CONFLICT", "This RSVP is cancelled; RSVP once more to come after all.", {
      reason: ErrorReason.RSVP_CANCELLED,
    });
  const closed = closedBecause(places.event, tx.now());
  if (closed) throw closed;
  await seat(tx, places, rsvp, rsvp);
}

/** Gives the places back, by the account or by the link of a mail; again is harmless. */
export function cancelRsvp(ctx: Context, input: CancelRsvpInput): Promise<RsvpAnswer> {
  const { rsvpId, token } = input;
  if (Boolean(rsvpId) === Boolean(token)) throw badInput("input", "must have either rsvpId or token");
  if (token) return transact(ctx, "cancelRsvp", (tx) => answer(tx, keyOf(ctx, token), cancel));
  const { personId } = signedIn(ctx);
  const id = fromGlobalId("Rsvp", rsvpId!, "input.rsvpId");
  return transactOnce(ctx, "cancelRsvp", input, async (tx) => {
    const own = await tx.db.findOneBy(Rsvp, { id, personId });
    if (!own) throw noRsvp();
    return answer(tx, own, cancel);
  });
}

async function cancel(tx: Transaction, places: Places, rsvp: RsvpRow): Promise<void> {
  if (rsvp.status !== RsvpStatus.CANCELLED) await unseat(tx, places, rsvp);
}

function keyOf({ secrets }: Context, token: string): RsvpKey {
  const key = readToken(secrets, token);
  if (!key) throw noRsvp();
  return key;
}

/** Does it with the RSVP and the places of its event locked, also where the event may no longer be seen. */
async function answer(
  tx: Transaction,
  { eventId, personId }: RsvpKey,
  act: (tx: Transaction, places: Places, rsvp: RsvpRow) => Promise<void>,
): Promise<RsvpAnswer> {
  const event = await findRow(tx, eventId, { lock: { mode: "pessimistic_read" } });
  if (!event) throw noRsvp();
  const places = await lockPlaces(tx, event);
  const rsvp = await tx.db.findOneBy(Rsvp, { eventId: event.id, personId });
  if (!rsvp || hasLapsed(rsvp, tx.now())) throw noRsvp();
  await act(tx, places, rsvp);
  await settle(tx, places);
  return { eventId: event.id, rsvpId: rsvp.id };
}

/** What the page of a link shows. */
interface Linked {
  rsvp: RsvpRow;
  /** The event, and what it is in words; null while not everybody may see it. */
  event: Event | null;
  words: string | null;
}

/** What a link leads to: the place as its person may know it who is going, as everybody else may; null: to nothing. */
export async function rsvpOfLink(ctx: Context, token: string): Promise<Linked | null> {
  const key = readToken(ctx.secrets, token);
  const event = key && (await findRow(ctx, key.eventId));
  const rsvp = event && (await ctx.db.findOneBy(Rsvp, { eventId: event.id, personId: key.personId }));
  if (!rsvp || hasLapsed(rsvp, ctx.now())) return null;
  const shown = (await seen(ctx, "events", [event.id], visible)).size > 0;
  if (!shown) return { rsvp, event: null, words: null };
  const viewer = rsvp.status === RsvpStatus.GOING ? await ctx.viewerOfPerson(rsvp.personId) : null;
  return { rsvp, event, words: await presentInWords({ ...ctx, viewer }, event) };
}
