import { Arg, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { byShape } from "../../platform/reading/read.js";
import { Campaign, CampaignPayload, campaignPayload } from "../campaigns/index.js";
import { SetTurnoutPolicyInput } from "./policy.inputs.js";
import { setTurnoutPolicy } from "./policy.service.js";
import "./policy.shape.js";
import { TurnoutPolicy } from "./turnout.policy.js";

@Resolver(() => Campaign)
export class TurnoutPolicyResolver {
  @FieldResolver(() => TurnoutPolicy, { description: "Who may report turnout, and when everybody may read it." })
  turnoutPolicy(): never {
    return byShape();
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Says who may report turnout in a campaign, and when everybody may read the numbers; by its staff. Who follows the campaign is told by `campaignChanged`, and reads the turnout anew. The same again is harmless.",
  })
  async setTurnoutPolicy(@Ctx() ctx: Context, @Arg("input") input: SetTurnoutPolicyInput): Promise<CampaignPayload> {
    return campaignPayload(await setTurnoutPolicy(ctx, input));
  }
}
