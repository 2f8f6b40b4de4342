import { connection, extend } from "../../platform/reading/shape.js";
import { organizationShape, organizationVisible } from "../organizations/index.js";
import { staffOf } from "./campaign.policy.js";
import { campaignShape } from "./campaign.shape.js";

extend(campaignShape, {
  trustedOrganizations: connection({
    shape: () => organizationShape,
    order: [{ sql: (row) => `${row}.name`, type: "text" }],
    from: (row, parent, scope) => ({
      table: `organizations ${row}`,
      where: [
        organizationVisible(row, scope),
        staffOf(`${parent}.id`, scope),
        `${row}.id IN (SELECT ct.organization_id FROM campaign_trusts ct WHERE ct.campaign_id = ${parent}.id)`,
      ],
    }),
  }),
});
