import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { type Context, signedIn } from "../../platform/context.js";
import { afterDescription, following, Message } from "../../platform/graphql/live.js";
import { ReadThrough } from "../../platform/graphql/node.js";
import { type Answer, byShape, read, type Ref } from "../../platform/reading/read.js";
import { Organization } from "../organizations/index.js";
import { changesOfCampaign } from "./campaign.changes.js";
import { editCampaign } from "./campaign.edit.js";
import {
  CampaignInput,
  CampaignOrganizationInput,
  CampaignsArgs,
  CreateCampaignInput,
  EditCampaignInput,
} from "./campaign.inputs.js";
import { Campaign, CampaignConnection } from "./campaign.js";
import { CampaignPayload, campaignPayload } from "./campaign.payload.js";
import { closeCampaign, createCampaign, openCampaign, reopenCampaign } from "./campaign.service.js";
import { campaignBySlug, campaignList } from "./campaign.shape.js";
import { addOrganizer, removeOrganizer } from "./organizer.service.js";
import "./organizer.shape.js";

@ObjectType({ description: "The campaign, or what its page shows beside it, is different.", implements: Message })
class CampaignChangedMessage extends Message {
  @Field(() => Campaign, { nullable: true, description: "The campaign as it is now; null in a RESYNC." })
  campaign!: Ref | null;
}

@Resolver(() => Campaign)
export class CampaignResolver {
  @ReadThrough()
  @Query(() => Campaign, {
    nullable: true,
    description: "The campaign with this slug; null when there is none, or none that you may see.",
  })
  campaign(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("slug", { description: "The campaign's name in URLs, such as january-23." }) _slug: string,
  ): Promise<Answer | null> {
    return read(ctx, info, campaignBySlug);
  }

  @ReadThrough()
  @Query(() => CampaignConnection, {
    description: "The campaigns that you may see, the latest day of action first; drafts for their staff only.",
  })
  campaigns(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Args() _args: CampaignsArgs,
  ): Promise<Answer | null> {
    return read(ctx, info, campaignList);
  }

  @FieldResolver(() => [Organization], { description: "The organizations that call it, by name: at most 50." })
  organizers(): never {
    return byShape();
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Makes a draft of a campaign, with you as its staff. For the site's staff and admins of verified organizations.",
  })
  async createCampaign(@Ctx() ctx: Context, @Arg("input") input: CreateCampaignInput): Promise<CampaignPayload> {
    const answer = await createCampaign(ctx, input);
    // From here on this request is that of a member of its staff.
    ctx.viewer = await ctx.viewerOf(signedIn(ctx).sessionId);
    return campaignPayload(answer);
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Changes what a campaign says of itself; by its staff. Refused with CONFLICT and STALE_VERSION when somebody has edited it since `version`; an edit that changes nothing is harmless.",
  })
  async editCampaign(@Ctx() ctx: Context, @Arg("input") input: EditCampaignInput): Promise<CampaignPayload> {
    return campaignPayload(await editCampaign(ctx, input));
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Makes a draft public; on an open campaign it changes nothing. A public campaign is never a draft again.",
  })
  async openCampaign(@Ctx() ctx: Context, @Arg("input") input: CampaignInput): Promise<CampaignPayload> {
    return campaignPayload(await openCampaign(ctx, input));
  }

  @Mutation(() => CampaignPayload, {
    description: "Ends taking events, endorsements and pledges; on a closed campaign it changes nothing.",
  })
  async closeCampaign(@Ctx() ctx: Context, @Arg("input") input: CampaignInput): Promise<CampaignPayload> {
    return campaignPayload(await closeCampaign(ctx, input));
  }

  @Mutation(() => CampaignPayload, {
    description: "Takes events, endorsements and pledges again; on an open campaign it changes nothing.",
  })
  async reopenCampaign(@Ctx() ctx: Context, @Arg("input") input: CampaignInput): Promise<CampaignPayload> {
    return campaignPayload(await reopenCampaign(ctx, input));
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Names an organization as one that calls the campaign: you are staff of the campaign and an admin of the organization. Again is harmless; at most 50.",
  })
  async addOrganizer(@Ctx() ctx: Context, @Arg("input") input: CampaignOrganizationInput): Promise<CampaignPayload> {
    return campaignPayload(await addOrganizer(ctx, input));
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Takes the name off again: staff of the campaign may, and admins of the organization. Again is harmless.",
  })
  async removeOrganizer(@Ctx() ctx: Context, @Arg("input") input: CampaignOrganizationInput): Promise<CampaignPayload> {
    return campaignPayload(await removeOrganizer(ctx, input));
  }

  @Subscription(() => CampaignChangedMessage, {
    description:
      "Tells when the campaign, its demands, organizers or endorsements are different, as far as you may see it. Pledges are not told: read them.",
    subscribe: following("Campaign", "campaignId", ({ id, after }) => changesOfCampaign(id, after)),
  })
  campaignChanged(
    @Root() message: CampaignChangedMessage,
    @Arg("campaignId", () => ID, { description: "The campaign to watch." }) _campaignId: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): CampaignChangedMessage {
    return message;
  }
}
