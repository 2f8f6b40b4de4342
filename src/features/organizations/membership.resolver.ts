import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, FieldResolver, Info, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import type { Page } from "../../platform/reading/page.js";
import { type Answer, read, Ref } from "../../platform/reading/read.js";
import { Invitation, type InvitationAnswer, readInvitation, ViewerAccount } from "../people/index.js";
import {
  ChangeMemberRoleInput,
  InviteMemberInput,
  LeaveOrganizationInput,
  MembersArgs,
  RemoveMemberInput,
} from "./membership.inputs.js";
import { inviteMember } from "./membership.invitations.js";
import { type OrganizationMember, OrganizationMemberConnection } from "./membership.js";
import { organizationMembers } from "./membership.list.js";
import { changeMemberRole, leaveOrganization, removeMember } from "./membership.service.js";
import { Organization, OrganizationConnection } from "./organization.js";
import { OrganizationPayload, organizationPayload } from "./organization.resolver.js";
import { viewerOrganizations } from "./organization.shape.js";

@ObjectType({ description: "The same whether the address has an account or not." })
class InviteMemberPayload {
  @Field(() => Invitation, { description: "The invitation; `withdrawInvitation` takes it back." })
  invitation!: InvitationAnswer;
}

@ObjectType()
class LeaveOrganizationPayload {
  @Field(() => Organization, { nullable: true, description: "What you left; null when only its members see it." })
  organization!: Ref;
}

@Resolver(() => ViewerAccount)
export class MembershipResolver {
  @FieldResolver(() => OrganizationConnection, {
    description: "Those that you belong to, whatever their status, by name; `viewerRole` is your role.",
  })
  async organizations(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: PageArgs): Promise<Answer> {
    return (await read(ctx, info, viewerOrganizations))!;
  }

  @Query(() => OrganizationMemberConnection, {
    nullable: true,
    description:
      "The members of an organization, the eldest first, for its owners, its admins and the site's staff. Null when there is none that you may see.",
  })
  organizationMembers(@Ctx() ctx: Context, @Args() args: MembersArgs): Promise<Page<OrganizationMember> | null> {
    return organizationMembers(ctx, args);
  }

  @Mutation(() => InviteMemberPayload, {
    description:
      "Invites a person, for 14 days; again renews the invitation, also with another role. Refused with CONFLICT and a reason: ALREADY_MEMBER, LIMIT_REACHED (200 invitations in 24 hours).",
  })
  async inviteMember(@Ctx() ctx: Context, @Arg("input") input: InviteMemberInput): Promise<InviteMemberPayload> {
    return { invitation: await readInvitation(ctx, (await inviteMember(ctx, input)).invitationId) };
  }

  @Mutation(() => OrganizationPayload, {
    description: "Gives a member another role, by owners. Refused with CONFLICT for the last owner: LAST_OWNER.",
  })
  async changeMemberRole(
    @Ctx() ctx: Context,
    @Arg("input") input: ChangeMemberRoleInput,
  ): Promise<OrganizationPayload> {
    return organizationPayload(await changeMemberRole(ctx, input));
  }

  @Mutation(() => OrganizationPayload, {
    description:
      "Takes a member out, at once: requests are refused and subscriptions end; again is harmless. Refused with CONFLICT for the last owner: LAST_OWNER.",
  })
  async removeMember(@Ctx() ctx: Context, @Arg("input") input: RemoveMemberInput): Promise<OrganizationPayload> {
    return organizationPayload(await removeMember(ctx, input));
  }

  @Mutation(() => LeaveOrganizationPayload, {
    description: "Ends your membership, at once; again is harmless. The last owner cannot leave: LAST_OWNER.",
  })
  async leaveOrganization(
    @Ctx() ctx: Context,
    @Arg("input") input: LeaveOrganizationInput,
  ): Promise<LeaveOrganizationPayload> {
    const answer = await leaveOrganization(ctx, input);
    // From here on this request has no more rights than the viewer.
    ctx.viewer = await ctx.viewerOf(ctx.viewer!.sessionId);
    return organizationPayload(answer);
  }
}
