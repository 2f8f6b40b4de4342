import { extend, list } from "../../platform/reading/shape.js";
import { organizationShape, organizationVisible } from "../organizations/index.js";
import { campaignShape } from "./campaign.shape.js";

extend(campaignShape, {
  organizers: list({
    shape: () => organizationShape,
    order: (row) => `${row}.name, ${row}.id`,
    from: (row, parent, scope) => ({
      table: `organizations ${row}`,
      where: [
        organizationVisible(row, scope),
        `${row}.id IN (SELECT co.organization_id FROM campaign_organizers co WHERE co.campaign_id = ${parent}.id)`,
      ],
    }),
  }),
});
