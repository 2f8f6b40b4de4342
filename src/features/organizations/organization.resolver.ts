import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { ReadThrough } from "../../platform/graphql/node.js";
import { type Answer, read } from "../../platform/reading/read.js";
import { Organization, OrganizationConnection } from "./organization.js";
import { organizationBySlug, organizationList } from "./organization.shape.js";

@Resolver()
export class OrganizationResolver {
  @ReadThrough()
  @Query(() => Organization, {
    nullable: true,
    description: "The organization with this slug; null when there is none.",
  })
  organization(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("slug") _slug: string,
  ): Promise<Answer | null> {
    return read(ctx, info, organizationBySlug);
  }

  @ReadThrough()
  @Query(() => OrganizationConnection, { description: "All organizations, by name." })
  organizations(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Args() _args: PageArgs,
  ): Promise<Answer | null> {
    return read(ctx, info, organizationList);
  }
}
