import { readNode } from "../../platform/graphql/node.js";
import { connection, list, one, type Scope, shape, type Sql } from "../../platform/reading/shape.js";
import { organizationShape, organizationVisible } from "../organizations/index.js";

const demandShape = shape("Demand");

/** Said, and by an organization that the reader may see. */
const isPublic = (row: string, scope: Scope): Sql =>
  `${row}.status = 'ENDORSED' AND EXISTS (SELECT 1 FROM organizations eo WHERE eo.id = ${row}.organization_id AND ${organizationVisible("eo", scope)})`;

const endorsementShape = readNode("Endorsement", {
  table: "endorsements",
  visible: isPublic,
  fields: {
    organization: one({
      shape: () => organizationShape,
      from: (row, parent) => ({ table: `organizations ${row}`, where: [`${row}.id = ${parent}.organization_id`] }),
    }),
  },
});

export const campaignShape = readNode("Campaign", {
  table: "campaigns",
  visible: () => "true",
  fields: {
    demands: list({
      shape: () => demandShape,
      order: (row) => `${row}.rank`,
      from: (row, parent) => ({ table: `demands ${row}`, where: [`${row}.campaign_id = ${parent}.id`] }),
    }),
    endorsements: connection({
      shape: () => endorsementShape,
      order: [
        { sql: (row) => `(SELECT o.name FROM organizations o WHERE o.id = ${row}.organization_id)`, type: "text" },
      ],
      from: (row, parent, scope) => ({
        table: `endorsements ${row}`,
        where: [`${row}.campaign_id = ${parent}.id`, isPublic(row, scope)],
      }),
    }),
  },
});

export const campaignBySlug = one({
  shape: () => campaignShape,
  from: (row, _parent, _scope, args) => ({
    table: `campaigns ${row}`,
    where: [`${row}.slug = ${args.bind("slug", "text")}`],
  }),
});

export const campaignList = connection({
  shape: () => campaignShape,
  order: [{ sql: (row) => `${row}.starts_on`, type: "date" }],
  descending: true,
  from: (row) => ({ table: `campaigns ${row}`, where: [] }),
});
