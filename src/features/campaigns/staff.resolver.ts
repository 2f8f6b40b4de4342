import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, FieldResolver, ID, Info, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { type Answer, read, type Ref } from "../../platform/reading/read.js";
import { Invitation, type InvitationAnswer, readInvitation, ViewerAccount } from "../people/index.js";
import { CampaignInput } from "./campaign.inputs.js";
import { Campaign, CampaignConnection } from "./campaign.js";
import { campaignPayload } from "./campaign.payload.js";
import type { CampaignAnswer } from "./campaign.service.js";
import { viewerCampaigns } from "./campaign.shape.js";
import { InviteCampaignStaffInput, RemoveCampaignStaffInput } from "./staff.inputs.js";
import { CampaignStaffMember } from "./staff.js";
import { inviteCampaignStaff } from "./staff.invitations.js";
import { campaignStaff, leaveCampaignStaff, removeCampaignStaff } from "./staff.service.js";

@ObjectType({ description: "The same whether the address has an account or not." })
class InviteCampaignStaffPayload {
  @Field(() => Invitation, { description: "The invitation; `withdrawInvitation` takes it back." })
  invitation!: InvitationAnswer;
}

@ObjectType({ description: "The staff of a campaign is smaller now." })
class CampaignStaffPayload {
  @Field(() => Campaign, {
    nullable: true,
    description: "The campaign as it is now; null when you may no longer see it.",
  })
  campaign!: Ref;
}

/** From here on this request is that of the viewer with the rights that are left. */
async function payload(ctx: Context, answer: CampaignAnswer): Promise<CampaignStaffPayload> {
  ctx.viewer = await ctx.viewerOf(signedIn(ctx).sessionId);
  return campaignPayload(answer);
}

@Resolver(() => ViewerAccount)
export class CampaignStaffResolver {
  @FieldResolver(() => CampaignConnection, {
    description: "The campaigns whose staff you are, whatever their status, the latest day of action first.",
  })
  async campaigns(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: PageArgs): Promise<Answer> {
    return (await read(ctx, info, viewerCampaigns))!;
  }

  @Query(() => [CampaignStaffMember], {
    nullable: true,
    description: "Who is on the staff of a campaign; null unless you are one of them. Each look is in the audit trail.",
  })
  campaignStaff(
    @Ctx() ctx: Context,
    @Arg("campaignId", () => ID, { description: "A campaign whose staff you are." }) campaignId: string,
  ): Promise<CampaignStaffMember[] | null> {
    return campaignStaff(ctx, fromGlobalId("Campaign", campaignId, "campaignId"));
  }

  @Mutation(() => InviteCampaignStaffPayload, {
    description:
      "Invites a person to the staff, for 14 days, by the staff; again renews the invitation. Refused with CONFLICT and a reason: ALREADY_STAFF, LIMIT_REACHED (200 invitations in 24 hours).",
  })
  async inviteCampaignStaff(
    @Ctx() ctx: Context,
    @Arg("input") input: InviteCampaignStaffInput,
  ): Promise<InviteCampaignStaffPayload> {
    return { invitation: await readInvitation(ctx, (await inviteCampaignStaff(ctx, input)).invitationId) };
  }

  @Mutation(() => CampaignStaffPayload, {
    description:
      "Takes a person off the staff at once, by the staff. Refused with CONFLICT and LAST_STAFF for the last one; again is harmless.",
  })
  async removeCampaignStaff(
    @Ctx() ctx: Context,
    @Arg("input") input: RemoveCampaignStaffInput,
  ): Promise<CampaignStaffPayload> {
    return payload(ctx, await removeCampaignStaff(ctx, input));
  }

  @Mutation(() => CampaignStaffPayload, {
    description: "Takes you off the staff at once. Refused with CONFLICT and LAST_STAFF when you are the last.",
  })
  async leaveCampaignStaff(@Ctx() ctx: Context, @Arg("input") input: CampaignInput): Promise<CampaignStaffPayload> {
    return payload(ctx, await leaveCampaignStaff(ctx, input));
  }
}
