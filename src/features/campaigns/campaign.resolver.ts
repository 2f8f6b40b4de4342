import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { ReadThrough } from "../../platform/graphql/node.js";
import { type Answer, byShape, read } from "../../platform/reading/read.js";
import { Campaign, CampaignConnection, EndorsementConnection } from "./campaign.js";
import { campaignBySlug, campaignList } from "./campaign.shape.js";

@Resolver(() => Campaign)
export class CampaignResolver {
  @ReadThrough()
  @Query(() => Campaign, { nullable: true, description: "The campaign with this slug; null when there is none." })
  campaign(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Arg("slug") _slug: string): Promise<Answer | null> {
    return read(ctx, info, campaignBySlug);
  }

  @ReadThrough()
  @Query(() => CampaignConnection, { description: "All campaigns, the latest day of action first." })
  campaigns(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: PageArgs): Promise<Answer | null> {
    return read(ctx, info, campaignList);
  }

  @FieldResolver(() => EndorsementConnection, { description: "Who has endorsed it, by name of the organization." })
  endorsements(@Args() _args: PageArgs): never {
    return byShape();
  }
}
