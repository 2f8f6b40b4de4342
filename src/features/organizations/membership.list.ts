import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId, toGlobalId } from "../../platform/database/ids.js";
import { transact } from "../../platform/database/transact.js";
import { type Page, readPage, type SealedList } from "../../platform/reading/page.js";
import type { MembersArgs } from "./membership.inputs.js";
import type { OrganizationMember } from "./membership.js";
import { Organization } from "./organization.js";
import { canManage, canSee } from "./organization.policy.js";
import type { MembershipRole } from "./organization.values.js";

interface Row {
  personId: string;
  emailSealed: Buffer;
  role: MembershipRole;
  since: Date;
}

/** The members of an organization, the eldest first, for its admins; each look at addresses is in the audit trail. */
export function organizationMembers(ctx: Context, args: MembersArgs): Promise<Page<OrganizationMember> | null> {
  const viewer = signedIn(ctx);
  const id = fromGlobalId("Organization", args.organizationId, "organizationId");
  return transact(ctx, "organizationMembers", async (tx) => {
    const organization = await tx.db.findOneBy(Organization, { id });
    if (!organization || !canSee(viewer, organization)) return null;
    allow(viewer.siteStaff || canManage(viewer, id), "see its members: its owners and admins may");
    await audit(tx, { type: "Organization", id, scopes: [id], fields: ["members.email"] });
    return readPage(tx, membersOf(tx, id), args);
  });
}

const membersOf = ({ secrets }: Context, organizationId: string): SealedList<Row, OrganizationMember> => ({
  of: ["members", organizationId],
  columns: `m.person_id AS "personId", p.email_sealed AS "emailSealed", m.role, m.since`,
  from: "memberships m JOIN people p ON p.id = m.person_id",
  where: "m.organization_id = $1",
  values: [organizationId],
  order: ["m.since", "m.person_id"],
  open: ({ personId, emailSealed, role, since }) => ({
    personId: toGlobalId("Person", personId),
    email: secrets.open(emailSealed),
    role,
    since,
  }),
});
