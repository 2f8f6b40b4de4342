import { globalIdOfSql, globalIdSql, parseGlobalId } from "../../platform/database/ids.js";
import { connection, shape } from "../../platform/reading/shape.js";

const entryShape = shape("AuditEntry", {
  actor: (row) => `CASE WHEN ${row}.actor_id IS NOT NULL THEN ${globalIdSql("Person", `${row}.actor_id`)} END`,
  actorIsYou: (row, scope) =>
    `(${row}.actor_id IS NOT DISTINCT FROM ${scope.bind((run) => run.ctx.viewer!.personId, "uuid")})`,
  subjectId: (row) => globalIdOfSql(`${row}.subject_type`, `${row}.subject_id`),
});

/** What was done within an event, an organization or a campaign, the latest first. */
export const auditTrail = connection({
  shape: () => entryShape,
  order: [{ sql: (row) => `${row}.at`, type: "timestamptz" }],
  descending: true,
  from: (row, _parent, _scope, args) => ({
    table: `audit_entries ${row}`,
    where: [`${row}.scopes @> ARRAY[${args.bindAs((value) => parseGlobalId(String(value("of")))?.id, "uuid")}]`],
  }),
});
