import { Not } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { invitationLetter } from "../letters/index.js";
import { type Invitation, invitationKind, invite, lockOpenInvitation, personWith } from "../people/index.js";
import type { InviteMemberInput } from "./membership.inputs.js";
import { Membership } from "./membership.js";
import { Organization } from "./organization.js";
import { canDispose, roleOf } from "./organization.policy.js";
import { lockOrganization } from "./organization.service.js";
import { organizationShape } from "./organization.shape.js";
import { MembershipRole, OrganizationStatus } from "./organization.values.js";

export const membershipInvitation = "ORGANIZATION";

invitationKind({
  kind: membershipInvitation,
  description: "To belong to an organization, as OWNER, ADMIN or MEMBER.",
  subject: organizationShape,
  mayInvite: (viewer, organizationId, role) => canDispose(roleOf(viewer, organizationId), role as MembershipRole),
  accept: join,
});

/** Makes the invited a member; one who is already stays what they are. */
async function join(tx: Transaction, { subjectId, personId, role }: Invitation): Promise<void> {
  const membership = { organizationId: subjectId, personId, role: role as MembershipRole, since: tx.now() };
  await tx.db.createQueryBuilder().insert().into(Membership).values(membership).orIgnore().execute();
}

/** Invites a person to belong to an organization; says the same whether the address has an account or not. */
export function inviteMember(ctx: Context, input: InviteMemberInput): Promise<{ invitationId: string }> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "inviteMember", input, async (tx) => {
    const { id: organizationId } = await lockOrganization(tx, input.organizationId, "input.organizationId");
    const own = roleOf(viewer, organizationId);
    allow(canDispose(own, MembershipRole.MEMBER), "invite to this organization: its owners and admins may");
    allow(canDispose(own, input.role), "invite to this role: owners of the organization may");
    const personId = await personWith(tx, input.email);
    if (await tx.db.existsBy(Membership, { organizationId, personId }))
      throw new Refusal("CONFLICT", "This person is a member already; see changeMemberRole.", {
        reason: ErrorReason.ALREADY_MEMBER,
      });
    const whom = { kind: membershipInvitation, subjectId: organizationId, personId };
    const open = await lockOpenInvitation(tx, whom);
    if (open) allow(canDispose(own, open.role as MembershipRole), "change this invitation: owners may");
    const invitation = await invite(tx, whom, input.role);
    await invited(tx, invitation);
    return { invitationId: invitation.id };
  });
}

const tellInvited = invitationLetter(
  membershipInvitation,
  // A rejected one has a name that staff have judged misleading: it is not ours to spread.
  async (ctx, id) => (await ctx.db.findOneBy(Organization, { id, status: Not(OrganizationStatus.REJECTED) }))?.name,
);

/** What follows from an invitation, within its transaction. */
async function invited(tx: Transaction, invitation: Invitation): Promise<void> {
  await tellInvited(tx, invitation);
  const { id, subjectId } = invitation;
  await audit(tx, { type: "Invitation", id, scopes: [subjectId], fields: ["role"] });
}
