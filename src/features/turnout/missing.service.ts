import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput } from "../../platform/errors.js";
import { lockAsStaff } from "../campaigns/index.js";
import { coordinatorLetter, tellCoordinators } from "../shifts/index.js";
import type { NudgeHostsInput } from "./missing.inputs.js";
import { hoursBetweenNudges, isMissing } from "./missing.sql.js";

export interface NudgeAnswer {
  campaignId: string;
  nudged: number;
}

const missing = coordinatorLetter<{ eventId: string }>("turnout-missing", async (ctx, { eventId }) => {
  const still: unknown[] = await ctx.db.query(`SELECT 1 FROM events e WHERE e.id = $1 AND ${isMissing("e", "$2")}`, [
    eventId,
    ctx.now(),
  ]);
  if (still.length === 0) return null;
  return {
    subject: "How many came?",
    text: "Nobody has sent a count yet. Send one, also a rough one: a number, or from where to where it may be. If it does not take place, say so at the event.",
  };
});

/** Asks the hosts and coordinators of events that have begun for a count, by mail; those asked lately are left alone. */
export function nudgeHosts(ctx: Context, input: NudgeHostsInput): Promise<NudgeAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, "nudgeHosts", input, async (tx) => {
    const { id: campaignId } = await lockAsStaff(tx, input);
    const only = await eventsNamed(tx, campaignId, input.eventIds ?? null);
    const asked = await noteAll(tx, campaignId, only);
    for (const eventId of asked) await tellCoordinators(tx, missing, { eventId }, tx.now().toISOString());
    if (asked.length > 0) await audit(tx, { type: "Campaign", id: campaignId, scopes: [campaignId] });
    return { campaignId, nudged: asked.length };
  });
}

const path = (index: number): string => `input.eventIds.${index}`;

async function eventsNamed(tx: Transaction, campaignId: string, globalIds: string[] | null): Promise<string[] | null> {
  if (!globalIds) return null;
  const ids = globalIds.map((id, index) => fromGlobalId("Event", id, path(index)));
  const found: { id: string }[] = await tx.db.query(`SELECT id FROM events WHERE id = ANY ($1) AND campaign_id = $2`, [
    ids,
    campaignId,
  ]);
  const known = new Set(found.map(({ id }) => id));
  const unknown = ids.findIndex((id) => !known.has(id));
  if (unknown >= 0) throw badInput(path(unknown), "is no event of this campaign");
  return ids;
}

/** Notes which events are asked now; gives those that are missing and were not asked lately. */
async function noteAll(tx: Transaction, campaignId: string, only: string[] | null): Promise<string[]> {
  const asked: { eventId: string }[] = await tx.db.query(
    `WITH asked AS (
       INSERT INTO turnout_nudges AS n (event_id, nudged_at)
       SELECT e.id, $2 FROM events e
       WHERE e.campaign_id = $1 AND ($3::uuid[] IS NULL OR e.id = ANY ($3)) AND ${isMissing("e", "$2::timestamptz")}
       ORDER BY e.id
       ON CONFLICT (event_id) DO UPDATE SET nudged_at = $2
         WHERE n.nudged_at <= $2::timestamptz - interval '${hoursBetweenNudges} hours'
       RETURNING event_id)
     SELECT event_id AS "eventId" FROM asked ORDER BY event_id`,
    [campaignId, tx.now(), only],
  );
  return asked.map(({ eventId }) => eventId);
}
