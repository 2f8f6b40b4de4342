import { extend, list, shape } from "../../platform/reading/shape.js";
import { campaignShape } from "../campaigns/index.js";

const requirementsShape = shape("RoleRequirements");

extend(campaignShape, {
  roleRequirements: list({
    shape: () => requirementsShape,
    order: (row) => `${row}.role`,
    from: (row, parent) => ({
      table: `(SELECT r.role, array_agg(r.kind ORDER BY r.kind) AS kinds FROM role_requirements r
        WHERE r.campaign_id = ${parent}.id GROUP BY r.role) ${row}`,
      where: [],
    }),
  }),
});
