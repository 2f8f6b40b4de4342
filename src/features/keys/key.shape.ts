import { readNode } from "../../platform/graphql/node.js";
import { connection, type Scope, type Sql } from "../../platform/reading/shape.js";

const mine = (row: string, scope: Scope): Sql =>
  `${row}.person_id = ${scope.bind((run) => run.ctx.viewer?.personId ?? null, "uuid")}`;

export const keyShape = readNode("ApiKey", { table: "api_keys", visible: mine, fields: {} });

/** The viewer's keys, the newest first, also those that are over. */
export const viewerKeys = connection({
  shape: () => keyShape,
  order: [{ sql: (row) => `${row}.created_at`, type: "timestamptz" }],
  descending: true,
  from: (row, _parent, scope) => ({ table: `api_keys ${row}`, where: [mine(row, scope)] }),
});
