import { readNode } from "../../platform/graphql/node.js";
import { connection, one } from "../../platform/reading/shape.js";

export const organizationShape = readNode("Organization", {
  table: "organizations",
  fields: {},
  visible: () => "true",
});

export const organizationBySlug = one({
  shape: () => organizationShape,
  from: (row, _parent, _scope, args) => ({
    table: `organizations ${row}`,
    where: [`${row}.slug = ${args.bind("slug", "text")}`],
  }),
});

export const organizationList = connection({
  shape: () => organizationShape,
  order: [{ sql: (row) => `${row}.name`, type: "text" }],
  from: (row) => ({ table: `organizations ${row}`, where: [] }),
});
