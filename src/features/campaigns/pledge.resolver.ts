import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { rateLimit } from "../../platform/limits/rate.js";
import { byShape } from "../../platform/reading/read.js";
import { Campaign } from "./campaign.js";
import { CampaignPayload, campaignPayload } from "./campaign.payload.js";
import { PledgeInput } from "./pledge.inputs.js";
import { CityPledgesConnection, Pledges } from "./pledge.js";
import { pledge } from "./pledge.service.js";
import "./pledge.shape.js";

// For one caller, a minute: many people may share an address, at a rally above all.
const pledgeLimit = rateLimit(300);

@Resolver(() => Campaign)
export class CampaignPledgesResolver {
  @FieldResolver(() => Pledges, { description: "Promises to take part." })
  pledges(): never {
    return byShape();
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Promises to take part, with or without an account; nobody learns who. The same device key counts once in a campaign, in the city that came first. Refused with CONFLICT and CAMPAIGN_NOT_OPEN; with RATE_LIMITED beyond 300 a minute from one address.",
  })
  async pledge(@Ctx() ctx: Context, @Arg("input") input: PledgeInput): Promise<CampaignPayload> {
    await pledgeLimit(ctx, ctx.address);
    return campaignPayload(await pledge(ctx, input));
  }
}

@Resolver(() => Pledges)
export class PledgesResolver {
  @FieldResolver(() => CityPledgesConnection, {
    description: "By city, the most pledges first. Counts move: a city may be on two pages, or on none.",
  })
  cities(@Args() _args: PageArgs): never {
    return byShape();
  }
}
