import type { Viewer } from "../../platform/context.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";

/** Staff of a campaign let events in by the file, and see what became of the rows. */
export const canImport = (viewer: Viewer, campaignId: string): boolean => viewer.staffOf.includes(campaignId);

/** Whoever started an import may still do what it does. */
export const canGoOn = (viewer: Viewer | null, of: { campaignId: string; organizationId: string | null }): boolean =>
  viewer !== null &&
  canImport(viewer, of.campaignId) &&
  (of.organizationId === null || viewer.adminOf.includes(of.organizationId));

/** SQL for {@link canImport}, for a row that has the campaign's id. */
export const visible = (row: string, scope: Scope): Sql =>
  scope.signedIn ? `${row}.campaign_id = ANY (${scope.bind((run) => run.ctx.viewer!.staffOf, "uuid[]")})` : "false";
