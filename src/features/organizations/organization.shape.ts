import { readNode } from "../../platform/graphql/node.js";
import { connection, one, type OrderKey, type Sql } from "../../platform/reading/shape.js";
import { manages, visible } from "./organization.policy.js";

const table = (row: string): Sql => `organizations ${row}`;
const byName: OrderKey[] = [{ sql: (row) => `${row}.name`, type: "text" }];

export const organizationShape = readNode("Organization", {
  table: "organizations",
  visible,
  fields: {
    viewerRole: (row, scope) =>
      scope.signedIn
        ? `(SELECT m.role FROM memberships m WHERE m.organization_id = ${row}.id
            AND m.person_id = ${scope.bind((run) => run.ctx.viewer!.personId, "uuid")})`
        : "NULL",
    parent: one({
      shape: () => organizationShape,
      from: (row, local, scope) => ({
        table: table(row),
        where: [`${row}.id = ${local}.parent_id`, `${local}.parent_status = 'ACCEPTED'`, visible(row, scope)],
      }),
    }),
    pendingParent: one({
      shape: () => organizationShape,
      from: (row, local, scope) => ({
        table: table(row),
        where: [
          `${row}.id = ${local}.parent_id`,
          `${local}.parent_status = 'PENDING'`,
          visible(row, scope),
          manages([`${row}.id`, `${local}.id`], scope),
        ],
      }),
    }),
    locals: connection({
      shape: () => organizationShape,
      order: byName,
      from: (row, parent, scope) => ({
        table: table(row),
        where: [`${row}.parent_id = ${parent}.id`, `${row}.parent_status = 'ACCEPTED'`, visible(row, scope)],
      }),
    }),
    pendingLocals: connection({
      shape: () => organizationShape,
      order: byName,
      from: (row, parent, scope) => ({
        table: table(row),
        where: [
          `${row}.parent_id = ${parent}.id`,
          `${row}.parent_status = 'PENDING'`,
          visible(row, scope),
          manages([`${row}.id`, `${parent}.id`], scope),
        ],
      }),
    }),
  },
});

export const organizationBySlug = one({
  shape: () => organizationShape,
  from: (row, _parent, scope, args) => ({
    table: table(row),
    where: [`${row}.slug = ${args.bind("slug", "text")}`, visible(row, scope)],
  }),
});

export const organizationList = connection({
  shape: () => organizationShape,
  order: byName,
  from: (row, _parent, scope) => ({ table: table(row), where: [visible(row, scope)] }),
});

/** Those that the viewer belongs to. */
export const viewerOrganizations = connection({
  shape: () => organizationShape,
  order: byName,
  from: (row, _parent, scope) => ({
    table: table(row),
    where: [`${row}.id = ANY (${scope.bind((run) => run.ctx.viewer?.memberOf ?? [], "uuid[]")})`],
  }),
});

/** What waits for the site's staff, the longest first; nobody else finds anything in it. */
export const reviewList = connection({
  shape: () => organizationShape,
  order: [{ sql: (row) => `${row}.created_at`, type: "timestamptz" }],
  from: (row, _parent, scope) => ({
    table: table(row),
    where: [
      `${row}.status = 'IN_REVIEW'`,
      scope.signedIn ? scope.bind((run) => run.ctx.viewer!.siteStaff, "boolean") : "false",
    ],
  }),
});
