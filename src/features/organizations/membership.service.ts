import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { accessEnded, withdrawInvitationsBy } from "../people/index.js";
import type { ChangeMemberRoleInput, LeaveOrganizationInput, RemoveMemberInput } from "./membership.inputs.js";
import { Membership } from "./membership.js";
import { membershipInvitation } from "./membership.invitations.js";
import { canDispose, isLess } from "./organization.policy.js";
import { lockOrganization, type OrganizationAnswer } from "./organization.service.js";
import { MembershipRole } from "./organization.values.js";

/** Gives a member another role; owners only, and never so that no owner is left. */
export function changeMemberRole(ctx: Context, input: ChangeMemberRoleInput): Promise<OrganizationAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "changeMemberRole", input, async (tx) => {
    const organizationId = await lockMembers(tx, input.organizationId);
    const own = await memberOf(tx, organizationId, viewer.personId);
    allow(own?.role === MembershipRole.OWNER, "change roles in this organization: its owners may");
    const member = await memberOf(tx, organizationId, fromGlobalId("Person", input.personId, "input.personId"));
    if (!member) throw new Refusal("NOT_FOUND", "There is no such member.");
    if (member.role === input.role) return { organizationId };
    await keepAnOwner(tx, member);
    await tx.db.update(Membership, { organizationId, personId: member.personId }, { role: input.role });
    if (isLess(input.role, member.role)) await loseRights(tx, member);
    await audit(tx, { type: "Person", id: member.personId, scopes: [organizationId], fields: ["role"] });
    return { organizationId };
  });
}

/** Takes a member out, at once; again is harmless. */
export function removeMember(ctx: Context, input: RemoveMemberInput): Promise<OrganizationAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "removeMember", input, async (tx) => {
    const organizationId = await lockMembers(tx, input.organizationId);
    const own = await memberOf(tx, organizationId, viewer.personId);
    allow(canDispose(own?.role ?? null, MembershipRole.MEMBER), "remove members of this organization");
    const member = await memberOf(tx, organizationId, fromGlobalId("Person", input.personId, "input.personId"));
    if (!member) return { organizationId };
    allow(canDispose(own!.role, member.role), "remove this member: owners of the organization may");
    await remove(tx, member);
    return { organizationId };
  });
}

/** Ends the viewer's own membership; again is harmless. */
export function leaveOrganization(ctx: Context, input: LeaveOrganizationInput): Promise<OrganizationAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "leaveOrganization", input, async (tx) => {
    const organizationId = await lockMembers(tx, input.organizationId);
    const member = await memberOf(tx, organizationId, viewer.personId);
    if (member) await remove(tx, member);
    return { organizationId };
  });
}

/** The lock on the organization's row is the lock on its list of members: two owners cannot leave at once. */
const lockMembers = async (tx: Transaction, globalId: string): Promise<string> =>
  (await lockOrganization(tx, globalId, "input.organizationId")).id;

const memberOf = (tx: Transaction, organizationId: string, personId: string): Promise<Membership | null> =>
  tx.db.findOneBy(Membership, { organizationId, personId });

async function remove(tx: Transaction, member: Membership): Promise<void> {
  const { organizationId, personId } = member;
  await keepAnOwner(tx, member);
  await tx.db.delete(Membership, { organizationId, personId });
  await loseRights(tx, member);
  await audit(tx, { type: "Person", id: personId, scopes: [organizationId], fields: ["role"] });
}

async function keepAnOwner(tx: Transaction, { organizationId, role }: Membership): Promise<void> {
  if (role !== MembershipRole.OWNER) return;
  if ((await tx.db.countBy(Membership, { organizationId, role: MembershipRole.OWNER })) === 1)
    throw new Refusal("CONFLICT", "It is the last owner; make somebody else an owner first.", {
      reason: ErrorReason.LAST_OWNER,
    });
}

/** Sockets close at once, and what the person has promised to others falls with the rights to do so. */
async function loseRights(tx: Transaction, { organizationId, personId }: Membership): Promise<void> {
  accessEnded(tx, personId);
  await withdrawInvitationsBy(tx, personId, { kind: membershipInvitation, subjectId: organizationId });
}
