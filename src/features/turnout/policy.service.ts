import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { type CampaignAnswer, campaignChanged, lockAsStaff } from "../campaigns/index.js";
import type { SetTurnoutPolicyInput } from "./policy.inputs.js";
import { ReportingPolicy, TurnoutPublishing } from "./policy.values.js";
import { TurnoutPolicy } from "./turnout.policy.js";

/** Says who may report in a campaign and when everybody may read the numbers; the same again is harmless. */
export function setTurnoutPolicy(ctx: Context, input: SetTurnoutPolicyInput): Promise<CampaignAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, "setTurnoutPolicy", input, async (tx) => {
    const { id: campaignId } = await lockAsStaff(tx, input);
    const unset = { reporting: ReportingPolicy.NAMED, publishing: TurnoutPublishing.NOW };
    const before = (await tx.db.findOneBy(TurnoutPolicy, { campaignId })) ?? unset;
    const { reporting = before.reporting, publishing = before.publishing } = input;
    const after = { reporting, publishing };
    const fields = (["reporting", "publishing"] as const).filter((field) => after[field] !== before[field]);
    if (fields.length === 0) return { campaignId };
    await tx.db.upsert(TurnoutPolicy, { campaignId, ...after }, ["campaignId"]);
    campaignChanged(tx, campaignId);
    await audit(tx, { type: "Campaign", id: campaignId, scopes: [campaignId], fields });
    return { campaignId };
  });
}
