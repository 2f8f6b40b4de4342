import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { byShape } from "../../platform/reading/read.js";
import { OrganizationConnection } from "../organizations/index.js";
import { CampaignOrganizationInput } from "./campaign.inputs.js";
import { Campaign } from "./campaign.js";
import { CampaignPayload, campaignPayload } from "./campaign.payload.js";
import { distrustOrganization, trustOrganization } from "./trust.service.js";
import "./trust.shape.js";

@Resolver(() => Campaign)
export class TrustResolver {
  @FieldResolver(() => OrganizationConnection, {
    description:
      "The organizations whose events need no review while `reviewPolicy` is TRUST_SOME, by name; for the campaign's staff, empty for everybody else.",
  })
  trustedOrganizations(@Args() _args: PageArgs): never {
    return byShape();
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Lets the organization's events be published without review while `reviewPolicy` is TRUST_SOME; by the campaign's staff. Again is harmless.",
  })
  async trustOrganization(
    @Ctx() ctx: Context,
    @Arg("input") input: CampaignOrganizationInput,
  ): Promise<CampaignPayload> {
    return campaignPayload(await trustOrganization(ctx, input));
  }

  @Mutation(() => CampaignPayload, {
    description: "Ends that; what is published stays published. By the campaign's staff; again is harmless.",
  })
  async distrustOrganization(
    @Ctx() ctx: Context,
    @Arg("input") input: CampaignOrganizationInput,
  ): Promise<CampaignPayload> {
    return campaignPayload(await distrustOrganization(ctx, input));
  }
}
