import type { Viewer } from "../../platform/context.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { organizationVisible } from "../organizations/index.js";
import { isCampaignStaff, staffOf } from "./campaign.policy.js";
import type { Endorsement } from "./endorsement.js";

type Facts = Pick<Endorsement, "campaignId" | "organizationId">;

/** Admins of the organization say yes or no in its name. */
export const speaksForEndorser = (viewer: Viewer | null, { organizationId }: Facts): boolean =>
  viewer !== null && viewer.adminOf.includes(organizationId);

/** The two sides know every step; the public knows an endorsement once there was a yes. */
export const isSideOf = (viewer: Viewer | null, endorsement: Facts): boolean =>
  isCampaignStaff(viewer, endorsement.campaignId) || speaksForEndorser(viewer, endorsement);

/** SQL: the reader is an admin of the organization, for an expression with its id. */
export const adminOf = (organizationId: Sql, scope: Scope): Sql =>
  scope.signedIn ? `${organizationId} = ANY (${scope.bind((run) => run.ctx.viewer!.adminOf, "uuid[]")})` : "false";

/** SQL for {@link isSideOf}. */
export const sideOf = (row: string, scope: Scope): Sql =>
  `(${staffOf(`${row}.campaign_id`, scope)} OR ${adminOf(`${row}.organization_id`, scope)})`;

/** SQL: the reader may see the organization that the row belongs to. */
export function ofVisibleOrganization(row: string, scope: Scope): Sql {
  const organization = scope.alias();
  return `EXISTS (SELECT 1 FROM organizations ${organization} WHERE ${organization}.id = ${row}.organization_id AND ${organizationVisible(organization, scope)})`;
}

/** SQL: there was a yes, whether or not it still holds. */
export const wasEndorsed = (row: string): Sql =>
  `(${row}.status = 'ENDORSED' OR EXISTS (SELECT 1 FROM endorsement_steps es WHERE es.endorsement_id = ${row}.id AND es.status = 'ENDORSED'))`;
