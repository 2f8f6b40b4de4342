import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { organizationChanged } from "./organization.changes.js";
import type { RejectOrganizationInput, ReviewOrganizationInput } from "./organization.inputs.js";
import { Organization } from "./organization.js";
import { tellReview } from "./organization.letters.js";
import { judgeName, lockAllOrganizations } from "./organization.names.js";
import { changedFields, lockOrganization, type OrganizationAnswer } from "./organization.service.js";
import { OrganizationStatus } from "./organization.values.js";

/** Says that it is who it says; from now on nobody else can take its name. */
export const verifyOrganization = (ctx: Context, input: ReviewOrganizationInput): Promise<OrganizationAnswer> =>
  decide(ctx, "verifyOrganization", input, async (tx, { id, name, status }) => {
    if (status !== OrganizationStatus.LISTED)
      throw new Refusal("CONFLICT", "Only a listed organization can be verified; list it first.", {
        reason: ErrorReason.ORGANIZATION_NOT_LISTED,
      });
    await judgeName(tx, name, { self: id, path: "input.organizationId" });
    return { verified: true };
  });

/** Takes that back. */
export const unverifyOrganization = (ctx: Context, input: ReviewOrganizationInput): Promise<OrganizationAnswer> =>
  decide(ctx, "unverifyOrganization", input, async () => ({ verified: false }));

/** Shows it to everybody. */
export const listOrganization = (ctx: Context, input: ReviewOrganizationInput): Promise<OrganizationAnswer> =>
  decide(ctx, "listOrganization", input, async () => ({ status: OrganizationStatus.LISTED, reviewReason: null }));

/** Shows it to its members only, and tells them why. */
export const rejectOrganization = (ctx: Context, input: RejectOrganizationInput): Promise<OrganizationAnswer> =>
  decide(ctx, "rejectOrganization", input, async () => ({
    status: OrganizationStatus.REJECTED,
    reviewReason: tidy(input.reason),
    verified: false,
  }));

type Decision = Partial<Pick<Organization, "status" | "verified" | "reviewReason">>;

function decide(
  ctx: Context,
  operation: string,
  input: ReviewOrganizationInput,
  decision: (tx: Transaction, organization: Organization) => Promise<Decision>,
): Promise<OrganizationAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    await lockAllOrganizations(tx);
    const organization = await lockOrganization(tx, input.organizationId, "input.organizationId");
    allow(viewer.siteStaff, "decide on organizations: the site's staff may");
    const decided = await decision(tx, organization);
    const fields = changedFields(organization, decided);
    if (fields.length > 0) {
      await tx.db.update(Organization, { id: organization.id }, decided);
      organizationChanged(tx, organization, { id: organization.id, status: organization.status, ...decided });
      await audit(tx, { type: "Organization", id: organization.id, scopes: [organization.id], fields });
      if (decided.status) await tellReview(tx, organization.id, decided.status);
    }
    return { organizationId: organization.id };
  });
}
