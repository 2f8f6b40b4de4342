import type { Viewer } from "../../platform/context.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { manages } from "../organizations/index.js";
import { type QualificationRow, type Standing } from "./qualification.js";
import { QualificationStatus } from "./qualification.values.js";

type Facts = Pick<QualificationRow, "personId" | "organizationId">;

export const dayMs = 24 * 3_600_000;
/** From how long before its end a clearance is to be renewed. */
export const renewalMs = 30 * dayMs;

/** Admins of the organization decide in its name. */
export const canDecide = (viewer: Viewer, { organizationId }: Pick<Facts, "organizationId">): boolean =>
  viewer.adminOf.includes(organizationId);

/** So can the site's staff, where an organization does not. */
export const canRevoke = (viewer: Viewer, facts: Facts): boolean => canDecide(viewer, facts) || viewer.siteStaff;

export const isOwn = (viewer: Viewer, { personId }: Facts): boolean => viewer.personId === personId;

/** Whose it is, and those who decide on it. */
export const canKnow = (viewer: Viewer, facts: Facts): boolean => isOwn(viewer, facts) || canRevoke(viewer, facts);

/** SQL: the row is the reader's own. */
export const own = (row: string, scope: Scope): Sql =>
  `${row}.person_id = ${scope.bind((run) => run.ctx.viewer?.personId ?? null, "uuid")}`;

/** SQL for {@link canKnow}. */
export function known(row: string, scope: Scope): Sql {
  if (!scope.signedIn) return "false";
  const siteStaff = scope.bind((run) => run.ctx.viewer!.siteStaff, "boolean");
  return `(${own(row, scope)} OR ${manages([`${row}.organization_id`], scope)} OR ${siteStaff})`;
}

/** Whether it was cleared until a time that is past, or soon will be. */
export const isDue = ({ status, expiresAt }: Standing, now: Date): boolean =>
  status === QualificationStatus.CLEARED && expiresAt !== null && expiresAt.getTime() - renewalMs < now.getTime();

/** Whether there is something to ask for that is not asked for already. */
export const canAsk = (standing: Standing, now: Date): boolean =>
  standing.requestedAt === null && (standing.status !== QualificationStatus.CLEARED || isDue(standing, now));
