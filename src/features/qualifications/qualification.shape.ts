import { readNode } from "../../platform/graphql/node.js";
import { connection, one, type One, type Scope, type Sql } from "../../platform/reading/shape.js";
import { organizationShape, organizationVisible } from "../organizations/index.js";
import { known, own, renewalMs } from "./qualification.policy.js";
import { counting } from "./qualification.sql.js";

const inMs = (ms: number, scope: Scope): Sql =>
  scope.bind((run) => new Date(run.ctx.now().getTime() + ms), "timestamptz");

/** The organization of a row, for those who may see it. */
export const organizationOfRow: One = one({
  shape: () => organizationShape,
  from: (row, parent, scope) => ({
    table: `organizations ${row}`,
    where: [`${row}.id = ${parent}.organization_id`, organizationVisible(row, scope)],
  }),
});

const endsBy = (row: string, ms: number, scope: Scope): Sql =>
  `COALESCE(${row}.status = 'CLEARED' AND ${row}.expires_at < ${inMs(ms, scope)}, false)`;

export const qualificationShape = readNode("Qualification", {
  table: "qualifications",
  visible: known,
  fields: {
    isExpired: (row, scope) => endsBy(row, 0, scope),
    renewalDue: (row, scope) => endsBy(row, renewalMs, scope),
    counts: (row, scope) => counting(row, inMs(0, scope)),
    organization: organizationOfRow,
  },
});

/** The viewer's own, the latest request or decision first. */
export const viewerQualifications = connection({
  shape: () => qualificationShape,
  order: [{ sql: (row) => `COALESCE(${row}.requested_at, ${row}.decided_at)`, type: "timestamptz" }],
  descending: true,
  from: (row, _parent, scope) => ({ table: `qualifications ${row}`, where: [own(row, scope)] }),
});
