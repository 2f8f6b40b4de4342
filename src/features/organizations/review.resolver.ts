import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from "type-graphql";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { type Answer, read } from "../../platform/reading/read.js";
import { RejectOrganizationInput, ReviewOrganizationInput } from "./organization.inputs.js";
import { OrganizationConnection } from "./organization.js";
import { OrganizationPayload, organizationPayload } from "./organization.resolver.js";
import { listOrganization, rejectOrganization, unverifyOrganization, verifyOrganization } from "./review.service.js";
import { reviewList } from "./organization.shape.js";

@Resolver()
export class OrganizationReviewResolver {
  @Query(() => OrganizationConnection, {
    description: "What waits for the decision of the site's staff, the oldest first; for them only.",
  })
  organizationsInReview(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Args() _args: PageArgs,
  ): Promise<Answer | null> {
    allow(signedIn(ctx).siteStaff, "see what waits for review: the site's staff may");
    return read(ctx, info, reviewList);
  }

  @Mutation(() => OrganizationPayload, {
    description:
      "Says that an organization is who it says, by the site's staff; nobody else can take its name then. Refused with CONFLICT and a reason: ORGANIZATION_NOT_LISTED, or NAME_TAKEN by another verified one.",
  })
  async verifyOrganization(
    @Ctx() ctx: Context,
    @Arg("input") input: ReviewOrganizationInput,
  ): Promise<OrganizationPayload> {
    return organizationPayload(await verifyOrganization(ctx, input));
  }

  @Mutation(() => OrganizationPayload, { description: "Takes `verified` back, by the site's staff." })
  async unverifyOrganization(
    @Ctx() ctx: Context,
    @Arg("input") input: ReviewOrganizationInput,
  ): Promise<OrganizationPayload> {
    return organizationPayload(await unverifyOrganization(ctx, input));
  }

  @Mutation(() => OrganizationPayload, {
    description: "Shows an organization to everybody, by the site's staff, whatever its name looks like.",
  })
  async listOrganization(
    @Ctx() ctx: Context,
    @Arg("input") input: ReviewOrganizationInput,
  ): Promise<OrganizationPayload> {
    return organizationPayload(await listOrganization(ctx, input));
  }

  @Mutation(() => OrganizationPayload, {
    description: "Shows an organization to its members only and tells them why, by the site's staff; ends `verified`.",
  })
  async rejectOrganization(
    @Ctx() ctx: Context,
    @Arg("input") input: RejectOrganizationInput,
  ): Promise<OrganizationPayload> {
    return organizationPayload(await rejectOrganization(ctx, input));
  }
}
