import { room } from "../../platform/changes/change.js";
import { record } from "../../platform/changes/record.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref, seen } from "../../platform/reading/read.js";
import { campaignVisible } from "./campaign.policy.js";
import { campaignShape } from "./campaign.shape.js";

export const campaignTopic = "campaign";

/** Records that a campaign, or what its page shows beside it, is new or different. */
export const campaignChanged = (tx: Transaction, campaignId: string, kind = ChangeKind.UPDATED): void =>
  record(tx, { topic: campaignTopic, kind, subjectId: campaignId, scopes: [campaignId] });

/** Those of the campaigns that this reader may see. */
export const listedCampaigns = (ctx: Context, ids: readonly string[]): Promise<Set<string>> =>
  seen(ctx, "campaigns", ids, campaignVisible);

/** One campaign, as this reader may see it. */
export const changesOfCampaign = (campaignId: string, after?: string): LiveSource => ({
  rooms: [room(campaignTopic, campaignId)],
  after,
  message: async (ctx, change) =>
    (await listedCampaigns(ctx, [change.subjectId])).size > 0
      ? { position: change.position, kind: change.kind, campaign: new Ref(campaignShape, change.subjectId) }
      : null,
  resync: (position) => ({ position, kind: ChangeKind.RESYNC, campaign: null }),
});
