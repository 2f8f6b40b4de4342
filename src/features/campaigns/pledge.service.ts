import type { Context } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { transact } from "../../platform/database/transact.js";
import { badInput } from "../../platform/errors.js";
import { City } from "../cities/index.js";
import { Campaign } from "./campaign.js";
import { checkOpen, noSuchCampaign } from "./campaign.lock.js";
import { canSeeCampaign } from "./campaign.policy.js";
import type { CampaignAnswer } from "./campaign.service.js";
import type { PledgeInput } from "./pledge.inputs.js";

/**
 * Counts a promise to take part, each device once. Who it was is kept nowhere: not in the audit trail, the change log
 * or the keys of repeated calls either.
 */
export function pledge(ctx: Context, input: PledgeInput): Promise<CampaignAnswer> {
  const campaignId = fromGlobalId("Campaign", input.campaignId, "input.campaignId");
  const cityId = fromGlobalId("City", input.cityId, "input.cityId");
  return transact(ctx, "pledge", async (tx) => {
    const campaign = await tx.db.findOneBy(Campaign, { id: campaignId });
    if (!campaign || !canSeeCampaign(tx.viewer, campaign)) throw noSuchCampaign();
    checkOpen(campaign.status);
    if (!(await tx.db.existsBy(City, { id: cityId })))
      throw badInput("input.cityId", "is not the id of a city; see `cities`");
    const mark = tx.secrets.fingerprint("pledge", `${campaignId}:${input.deviceKey}`);
    // The last statement before the commit: a crowd in one city waits for one another no longer than that.
    await tx.db.query(
      `WITH fresh AS (INSERT INTO pledge_marks (campaign_id, mark) VALUES ($1, $3) ON CONFLICT DO NOTHING RETURNING 1)
       INSERT INTO pledge_counts AS c (campaign_id, city_id, count) SELECT $1, $2, 1 FROM fresh
       ON CONFLICT (campaign_id, city_id) DO UPDATE SET count = c.count + 1`,
      [campaignId, cityId, mark],
    );
    return { campaignId };
  });
}
