import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, Info, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { ReadThrough } from "../../platform/graphql/node.js";
import { type Answer, read, Ref } from "../../platform/reading/read.js";
import { EditOrganizationInput, RegisterOrganizationInput } from "./organization.inputs.js";
import { Organization, OrganizationConnection } from "./organization.js";
import { editOrganization, type OrganizationAnswer, registerOrganization } from "./organization.service.js";
import { organizationBySlug, organizationList, organizationShape } from "./organization.shape.js";

@ObjectType({ description: "An organization after a mutation." })
export class OrganizationPayload {
  @Field(() => Organization, { description: "The organization as it is now." })
  organization!: Ref;
}

export const organizationPayload = ({ organizationId }: OrganizationAnswer): OrganizationPayload => ({
  organization: new Ref(organizationShape, organizationId),
});

@Resolver()
export class OrganizationResolver {
  @ReadThrough()
  @Query(() => Organization, {
    nullable: true,
    description: "The organization with this slug; null when there is none, or none that you may see.",
  })
  organization(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("slug", { description: "The organization's name in URLs." }) _slug: string,
  ): Promise<Answer | null> {
    return read(ctx, info, organizationBySlug);
  }

  @ReadThrough()
  @Query(() => OrganizationConnection, { description: "All organizations that you may see, by name." })
  organizations(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Args() _args: PageArgs,
  ): Promise<Answer | null> {
    return read(ctx, info, organizationList);
  }

  @Mutation(() => OrganizationPayload, {
    description:
      "Registers an organization, whose owner you are. One whose name looks like another's is IN_REVIEW until the site's staff list it. Refused with CONFLICT and a reason: NAME_TAKEN, LIMIT_REACHED (20 a day).",
  })
  async registerOrganization(
    @Ctx() ctx: Context,
    @Arg("input") input: RegisterOrganizationInput,
  ): Promise<OrganizationPayload> {
    const answer = await registerOrganization(ctx, input);
    // From here on this request has an owner's rights.
    ctx.viewer = await ctx.viewerOf(ctx.viewer!.sessionId);
    return organizationPayload(answer);
  }

  @Mutation(() => OrganizationPayload, {
    description:
      "Changes what an organization says of itself, by its owners and admins. Refused with CONFLICT and a reason: STALE_VERSION, NAME_TAKEN.",
  })
  async editOrganization(
    @Ctx() ctx: Context,
    @Arg("input") input: EditOrganizationInput,
  ): Promise<OrganizationPayload> {
    return organizationPayload(await editOrganization(ctx, input));
  }
}
