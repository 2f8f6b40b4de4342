import { extend, one, shape } from "../../platform/reading/shape.js";
import { campaignShape } from "../campaigns/index.js";

const policyShape = shape("TurnoutPolicy");

extend(campaignShape, {
  turnoutPolicy: one({
    shape: () => policyShape,
    from: (row, parent) => ({
      table: `(SELECT COALESCE(p.reporting, 'NAMED') AS reporting, COALESCE(p.publishing, 'NOW') AS publishing
               FROM (VALUES (1)) always LEFT JOIN turnout_policies p ON p.campaign_id = ${parent}.id) ${row}`,
      where: [],
    }),
  }),
});
