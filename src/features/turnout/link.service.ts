import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { newToken, tokenHash } from "../../platform/secrets.js";
import { canCoordinate, lockEventBehind, lockEventOf } from "../events/index.js";
import { TurnoutLink } from "./link.js";
import type { CreateTurnoutLinkInput, RevokeTurnoutLinkInput } from "./link.inputs.js";
import { voiceOf } from "./reporter.voice.js";
import { TurnoutSource } from "./turnout.values.js";

const mostOfEvent = 50;
const what = "give out links of this event: its coordinators, hosts and staff may";

export interface LinkAnswer {
  linkId: string;
  /** Told once: what is kept of it cannot be turned back. A call that is repeated does not tell it again. */
  url: string | null;
}

/** Makes a link that takes reports of an event on its day. */
export async function createTurnoutLink(ctx: Context, input: CreateTurnoutLinkInput): Promise<LinkAnswer> {
  const viewer = signedIn(ctx);
  const source = input.source ?? TurnoutSource.PEACEKEEPER;
  if (source === TurnoutSource.STAFF) throw badInput("input.source", "must not be STAFF: staff sign in");
  const token = newToken();
  const { linkId } = await transactOnce(ctx, "createTurnoutLink", input, async (tx) => {
    const event = await lockEventOf(tx, input);
    allow(canCoordinate(viewer, event), what);
    const { id: eventId } = event;
    if ((await tx.db.countBy(TurnoutLink, { eventId })) >= mostOfEvent)
      throw new Refusal("CONFLICT", `An event has at most ${mostOfEvent} links.`, {
        reason: ErrorReason.LIMIT_REACHED,
      });
    const id = newId();
    await tx.db.insert(TurnoutLink, {
      id,
      eventId,
      source,
      reporterId: await voiceOf(tx, event, null),
      tokenHash: tokenHash(token),
      label: tidy(input.label)!,
      createdAt: tx.now(),
      revokedAt: null,
    });
    await audit(tx, { type: "TurnoutLink", id, scopes: [eventId, event.campaignId] });
    return { linkId: id };
  });
  const made = await ctx.db.existsBy(TurnoutLink, { id: linkId, tokenHash: tokenHash(token) });
  return { linkId, url: made ? `${ctx.config.publicUrl}/report/${token}` : null };
}

/** Makes a link worthless; what was reported by it stays. */
export function revokeTurnoutLink(ctx: Context, input: RevokeTurnoutLinkInput): Promise<LinkAnswer> {
  const viewer = signedIn(ctx);
  const id = fromGlobalId("TurnoutLink", input.linkId, "input.linkId");
  return transactOnce(ctx, "revokeTurnoutLink", input, async (tx) => {
    const found = await tx.db.findOneBy(TurnoutLink, { id });
    const { thing, event } = await lockEventBehind(tx, found, "link");
    if (!canCoordinate(viewer, event)) throw new Refusal("NOT_FOUND", "There is no such link.");
    if (!thing.revokedAt) {
      await tx.db.update(TurnoutLink, { id }, { revokedAt: tx.now() });
      await audit(tx, { type: "TurnoutLink", id, scopes: [event.id, event.campaignId], fields: ["revokedAt"] });
    }
    return { linkId: id, url: null };
  });
}
