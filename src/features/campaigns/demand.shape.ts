import { readNode } from "../../platform/graphql/node.js";
import { extend, list } from "../../platform/reading/shape.js";
import { ofVisibleCampaign } from "./campaign.policy.js";
import { campaignShape } from "./campaign.shape.js";

export const demandShape = readNode("Demand", { table: "demands", visible: ofVisibleCampaign, fields: {} });

extend(campaignShape, {
  demands: list({
    shape: () => demandShape,
    order: (row) => `${row}.rank`,
    from: (row, parent) => ({ table: `demands ${row}`, where: [`${row}.campaign_id = ${parent}.id`] }),
  }),
});
