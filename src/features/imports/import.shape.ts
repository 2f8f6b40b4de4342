import { readNode } from "../../platform/graphql/node.js";
import { connection, extend, one } from "../../platform/reading/shape.js";
import { campaignShape } from "../campaigns/index.js";
import { visible } from "./import.policy.js";

const problemShape = readNode("ImportProblem", {
  table: "import_problems",
  fields: {},
  visible: (row, scope) =>
    `EXISTS (SELECT 1 FROM event_imports i WHERE i.id = ${row}.import_id AND ${visible("i", scope)})`,
});

export const importShape = readNode("EventImport", {
  table: "event_imports",
  visible,
  fields: {
    campaign: one({
      shape: () => campaignShape,
      from: (row, parent) => ({ table: `campaigns ${row}`, where: [`${row}.id = ${parent}.campaign_id`] }),
    }),
    problems: connection({
      shape: () => problemShape,
      order: [{ sql: (row) => `${row}.line`, type: "int" }],
      from: (row, parent) => ({ table: `import_problems ${row}`, where: [`${row}.import_id = ${parent}.id`] }),
    }),
  },
});

extend(campaignShape, {
  imports: connection({
    shape: () => importShape,
    order: [{ sql: (row) => `${row}.created_at`, type: "timestamptz" }],
    descending: true,
    from: (row, parent, scope) => ({
      table: `event_imports ${row}`,
      where: [`${row}.campaign_id = ${parent}.id`, visible(row, scope)],
    }),
  }),
});
