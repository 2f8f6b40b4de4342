import { readNode } from "../../platform/graphql/node.js";
import { connection, one } from "../../platform/reading/shape.js";
import { campaignVisible, staffOf } from "./campaign.policy.js";

export const campaignShape = readNode("Campaign", { table: "campaigns", visible: campaignVisible, fields: {} });

export const campaignBySlug = one({
  shape: () => campaignShape,
  from: (row, _parent, scope, args) => ({
    table: `campaigns ${row}`,
    where: [`${row}.slug = ${args.bind("slug", "text")}`, campaignVisible(row, scope)],
  }),
});

/** The campaign that a row belongs to, if the reader may see it. */
export const campaignOfRow = one({
  shape: () => campaignShape,
  from: (row, parent, scope) => ({
    table: `campaigns ${row}`,
    where: [`${row}.id = ${parent}.campaign_id`, campaignVisible(row, scope)],
  }),
});

/** Those whose staff the viewer is. */
export const viewerCampaigns = connection({
  shape: () => campaignShape,
  order: [{ sql: (row) => `${row}.starts_on`, type: "date" }],
  descending: true,
  from: (row, _parent, scope) => ({ table: `campaigns ${row}`, where: [staffOf(`${row}.id`, scope)] }),
});

export const campaignList = connection({
  shape: () => campaignShape,
  order: [{ sql: (row) => `${row}.starts_on`, type: "date" }],
  descending: true,
  from: (row, _parent, scope, args) => ({
    table: `campaigns ${row}`,
    where: [
      campaignVisible(row, scope),
      ...(args.has("filter.statuses") ? [`${row}.status = ANY (${args.bind("filter.statuses", "text[]")})`] : []),
    ],
  }),
});
