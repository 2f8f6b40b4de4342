import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { Refusal } from "../../platform/errors.js";
import { type Page, readPage, type SealedList } from "../../platform/reading/page.js";
import { Ref } from "../../platform/reading/read.js";
import type { Sql } from "../../platform/reading/shape.js";
import { canSeeOrganization, Organization } from "../organizations/index.js";
import type { OrganizationQualificationsArgs, QualificationRequestsArgs } from "./qualification.inputs.js";
import { canDecide } from "./qualification.policy.js";
import type { OrganizationQualification } from "./qualification.js";
import { qualificationShape } from "./qualification.shape.js";

/** Whose request waits, the longest first. */
export const qualificationRequests = (
  ctx: Context,
  args: QualificationRequestsArgs,
): Promise<Page<OrganizationQualification>> =>
  look(ctx, "qualificationRequests", args, (tx, id) =>
    readPage(tx, listOf(tx, ["requests", id], "q.requested_at", "true", [id]), args),
  );

/** On whom an organization has decided, the eldest decision first. */
export const organizationQualifications = (
  ctx: Context,
  { status = null, ...args }: Omit<OrganizationQualificationsArgs, "status"> & { status?: string | null },
): Promise<Page<OrganizationQualification>> =>
  look(ctx, "organizationQualifications", args, (tx, id) => {
    const ofStatus = "($2::text IS NULL OR q.status = $2)";
    return readPage(tx, listOf(tx, ["decided", id, status], "q.decided_at", ofStatus, [id, status]), args);
  });

interface Row {
  id: string;
  nameSealed: Buffer | null;
}

const listOf = (
  { secrets }: Context,
  of: unknown,
  time: Sql,
  where: Sql,
  values: unknown[],
): SealedList<Row, OrganizationQualification> => ({
  of,
  columns: `q.id, q.name_sealed AS "nameSealed"`,
  from: "qualifications q",
  where: `q.organization_id = $1 AND ${time} IS NOT NULL AND ${where}`,
  values,
  order: [time, "q.id"],
  open: ({ id, nameSealed }) => ({
    qualification: new Ref(qualificationShape, id),
    name: nameSealed && secrets.open(nameSealed),
  }),
});

/** A look at names, by the admins of the organization; it is in the audit trail. */
function look<Result>(
  ctx: Context,
  operation: string,
  { organizationId }: { organizationId: string },
  read: (tx: Transaction, id: string) => Promise<Result>,
): Promise<Result> {
  const viewer = signedIn(ctx);
  const id = fromGlobalId("Organization", organizationId, "organizationId");
  return transact(ctx, operation, async (tx) => {
    const organization = await tx.db.findOneBy(Organization, { id });
    if (!organization || !canSeeOrganization(viewer, organization))
      throw new Refusal("NOT_FOUND", "There is no such organization.");
    allow(canDecide(viewer, { organizationId: id }), "see whom it clears: its owners and admins may");
    await audit(tx, { type: "Organization", id, scopes: [id], fields: ["qualifications.name"] });
    return read(tx, id);
  });
}
