import type { Viewer } from "../../platform/context.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { MembershipRole, OrganizationStatus } from "./organization.values.js";

/** What the rights on an organization depend on. */
interface OrganizationFacts {
  id: string;
  status: OrganizationStatus;
}

/** May see the organization: one that is not listed is its members' and the site's staff's. */
export const canSee = (viewer: Viewer | null, { id, status }: OrganizationFacts): boolean =>
  status === OrganizationStatus.LISTED || (viewer !== null && (viewer.siteStaff || viewer.memberOf.includes(id)));

/** SQL for {@link canSee}; edges to organizations have it among their conditions. */
export function visible(row: string, scope: Scope): Sql {
  const listed = `${row}.status = 'LISTED'`;
  if (!scope.signedIn) return listed;
  const siteStaff = scope.bind((run) => run.ctx.viewer!.siteStaff, "boolean");
  return `(${listed} OR ${siteStaff} OR ${row}.id = ANY (${scope.bind((run) => run.ctx.viewer!.memberOf, "uuid[]")}))`;
}

/** Owners and admins act in its name. */
export const canManage = (viewer: Viewer, organizationId: string): boolean => viewer.adminOf.includes(organizationId);

/** SQL for {@link canManage}, of any of these organizations. */
export function manages(ids: Sql[], scope: Scope): Sql {
  if (!scope.signedIn) return "false";
  const mine = scope.bind((run) => run.ctx.viewer!.adminOf, "uuid[]");
  return `(${ids.map((id) => `${id} = ANY (${mine})`).join(" OR ")})`;
}

/** Owners invite to any role and remove anybody; admins do so with members only. */
export const canDispose = (own: MembershipRole | null, of: MembershipRole): boolean =>
  own === MembershipRole.OWNER || (own === MembershipRole.ADMIN && of === MembershipRole.MEMBER);

/** The viewer's own role there. */
export function roleOf(viewer: Viewer, organizationId: string): MembershipRole | null {
  if (viewer.ownerOf.includes(organizationId)) return MembershipRole.OWNER;
  if (viewer.adminOf.includes(organizationId)) return MembershipRole.ADMIN;
  return viewer.memberOf.includes(organizationId) ? MembershipRole.MEMBER : null;
}

const ranks = Object.values(MembershipRole);

/** Whether a change of role takes rights away. */
export const isLess = (role: MembershipRole, than: MembershipRole): boolean =>
  ranks.indexOf(role) > ranks.indexOf(than);
