import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { campaignChanged } from "./campaign.changes.js";
import { lockAsStaff, lockCampaign } from "./campaign.lock.js";
import { isCampaignStaff } from "./campaign.policy.js";
import type { CampaignAnswer } from "./campaign.service.js";
import type { AddDemandInput, DemandInput, EditDemandInput, MoveDemandInput } from "./demand.inputs.js";
import { Demand } from "./demand.js";

export interface DemandAnswer extends CampaignAnswer {
  demandId: string;
}

const atMost = 100;

/** Adds a demand, the last one or at a place. */
export function addDemand(ctx: Context, input: AddDemandInput): Promise<DemandAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, "addDemand", input, async (tx) => {
    const { id: campaignId } = await lockAsStaff(tx, input);
    const rank = (await tx.db.countBy(Demand, { campaignId })) + 1;
    if (rank > atMost)
      throw new Refusal("CONFLICT", `A campaign has at most ${atMost} demands.`, { reason: ErrorReason.LIMIT_REACHED });
    const position = input.position ?? rank;
    checkPosition(position, rank);
    const demand = { id: newId(), campaignId, rank, text: tidy(input.text)! };
    await tx.db.insert(Demand, demand);
    await shift(tx, demand, position);
    return changed(tx, demand);
  });
}

/** Changes the words of a demand; the same words again are harmless. */
export const editDemand = (ctx: Context, input: EditDemandInput): Promise<DemandAnswer> =>
  change(ctx, "editDemand", input, async (tx, { id, text }) => {
    const words = tidy(input.text)!;
    if (text === words) return false;
    await tx.db.update(Demand, { id }, { text: words });
    return true;
  });

/** Puts a demand at another place; where it is already is harmless. */
export const moveDemand = (ctx: Context, input: MoveDemandInput): Promise<DemandAnswer> =>
  change(ctx, "moveDemand", input, async (tx, demand) => {
    checkPosition(input.position, await tx.db.countBy(Demand, { campaignId: demand.campaignId }));
    if (input.position === demand.rank) return false;
    await shift(tx, demand, input.position);
    return true;
  });

/** Takes a demand away; those behind it move up. */
export const removeDemand = (ctx: Context, input: DemandInput): Promise<DemandAnswer> =>
  change(ctx, "removeDemand", input, async (tx, demand) => {
    await shift(tx, demand, await tx.db.countBy(Demand, { campaignId: demand.campaignId }));
    await tx.db.delete(Demand, { id: demand.id });
    return true;
  });

function checkPosition(position: number, last: number): void {
  if (position < 1 || position > last) throw badInput("input.position", `must be from 1 to ${last}`);
}

/** Moves a demand to a rank, and all between its old and new one by one: ranks stay without gaps. */
const shift = (tx: Transaction, { id, campaignId, rank }: Demand, to: number): Promise<unknown> =>
  tx.db.query(
    `UPDATE demands SET rank = CASE WHEN id = $1 THEN $4::int WHEN $3::int < $4::int THEN rank - 1 ELSE rank + 1 END
     WHERE campaign_id = $2 AND rank BETWEEN LEAST($3::int, $4::int) AND GREATEST($3::int, $4::int)`,
    [id, campaignId, rank, to],
  );

function change(
  ctx: Context,
  operation: string,
  input: DemandInput,
  make: (tx: Transaction, demand: Demand) => Promise<boolean>,
): Promise<DemandAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const demand = await lockDemand(tx, fromGlobalId("Demand", input.demandId, "input.demandId"));
    if (await make(tx, demand)) return changed(tx, demand);
    return { campaignId: demand.campaignId, demandId: demand.id };
  });
}

async function changed(tx: Transaction, { id, campaignId }: Demand): Promise<DemandAnswer> {
  await audit(tx, { type: "Demand", id, scopes: [campaignId] });
  campaignChanged(tx, campaignId);
  return { campaignId, demandId: id };
}

/** The demand as it is once its campaign is locked: all that is done to demands waits for that lock. */
async function lockDemand(tx: Transaction, id: string): Promise<Demand> {
  const missing = new Refusal("NOT_FOUND", "There is no such demand.");
  const found = await tx.db.findOneBy(Demand, { id });
  if (!found) throw missing;
  const campaign = await lockCampaign(tx, found.campaignId, { missing });
  allow(isCampaignStaff(tx.viewer, campaign.id), "do this: only staff of the campaign may");
  const demand = await tx.db.findOneBy(Demand, { id });
  if (!demand) throw missing;
  return demand;
}
