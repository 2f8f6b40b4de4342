import type { Context } from "../../platform/context.js";
import { hashOf } from "../../platform/database/idempotency.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { ErrorReason, keyReused, Refusal } from "../../platform/errors.js";
import { rateLimit } from "../../platform/limits/rate.js";
import { tokenHash } from "../../platform/secrets.js";
import { type Event, EventRecord, findRow } from "../events/index.js";
import { linkHours, TurnoutLink, TurnoutLinkKey } from "./link.js";
import type { ReportTurnoutByLinkInput } from "./link.inputs.js";
import { TurnoutReport } from "./report.js";
import { addReport } from "./report.add.js";

const hourMs = 3_600_000;
// A minute: many people hold one link, and many of them share an address.
const linkLimit = rateLimit(60);
const addressLimit = rateLimit(300);

/** A link that may be used, and its event. */
export interface OpenLink {
  link: TurnoutLink;
  event: Event;
}

/** When the links of an event take reports. */
const linkSpan = ({ spanStartsAt, spanEndsAt }: Event): { from: Date; until: Date } => ({
  from: new Date(spanStartsAt.getTime() - linkHours.before * hourMs),
  until: new Date(spanEndsAt.getTime() + linkHours.after * hourMs),
});

/** What a token opens now; refuses one that opens nothing, or nothing yet, or nothing any more. */
export async function openLink(ctx: Context, token: string): Promise<OpenLink> {
  await addressLimit(ctx, ctx.address);
  const hash = tokenHash(token);
  await linkLimit(ctx, hash.toString("hex"));
  const link = await ctx.db.findOneBy(TurnoutLink, { tokenHash: hash });
  const event = link && !link.revokedAt ? await findRow(ctx, link.eventId) : null;
  if (!link || !event || event.record !== EventRecord.LIVE)
    throw new Refusal("NOT_FOUND", "This link leads nowhere: ask for another where you got it.");
  const { from, until } = linkSpan(event);
  if (ctx.now() < from)
    throw outside("The link takes reports from two hours before the event on.", ErrorReason.LINK_NOT_YET_VALID);
  if (ctx.now() >= until)
    throw outside("The event is over: the link takes no reports any more.", ErrorReason.LINK_EXPIRED);
  return { link, event };
}

const outside = (message: string, reason: ErrorReason): Refusal => new Refusal("CONFLICT", message, { reason });

/** Adds a report for whoever holds a link of the event. */
export async function reportByLink(
  ctx: Context,
  input: ReportTurnoutByLinkInput,
): Promise<OpenLink & Pick<TurnoutReport, "status" | "flags">> {
  const open = await openLink(ctx, input.token);
  const answer = await transact(ctx, "reportTurnoutByLink", async (tx) => {
    const event = (await findRow(tx, open.event.id, { lock: { mode: "pessimistic_read" } }))!;
    const earlier = await claimKey(tx, open.link, input);
    if (earlier) return { reportId: earlier, eventId: event.id };
    const { reporterId, source } = open.link;
    const made = await addReport(tx, event, { reporterId, source }, input);
    const { idempotencyKey: key } = input;
    if (key) await tx.db.update(TurnoutLinkKey, { linkId: open.link.id, key }, { reportId: made.reportId });
    return made;
  });
  const { status, flags } = await ctx.db.findOneByOrFail(TurnoutReport, { id: answer.reportId });
  return { ...open, status, flags };
}

/** Takes the key of a phone for this report, or gives the report that it stands for. */
async function claimKey(
  tx: Transaction,
  { id: linkId }: TurnoutLink,
  input: ReportTurnoutByLinkInput,
): Promise<string | null> {
  const { idempotencyKey: key, token: _, ...said } = input;
  if (!key) return null;
  const inputHash = hashOf(said);
  const taken: unknown[] = await tx.db.query(
    `INSERT INTO turnout_link_keys (link_id, key, input_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING key`,
    [linkId, key, inputHash],
  );
  if (taken.length > 0) return null;
  const known = await tx.db.findOneByOrFail(TurnoutLinkKey, { linkId, key });
  if (!known.inputHash.equals(inputHash)) throw keyReused();
  return known.reportId;
}
