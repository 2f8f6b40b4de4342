import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Campaign } from "./campaign.js";
import { CampaignPayload, campaignPayload } from "./campaign.payload.js";
import { campaignShape } from "./campaign.shape.js";
import { AddDemandInput, DemandInput, EditDemandInput, MoveDemandInput } from "./demand.inputs.js";
import { Demand } from "./demand.js";
import { addDemand, type DemandAnswer, editDemand, moveDemand, removeDemand } from "./demand.service.js";
import { demandShape } from "./demand.shape.js";

@ObjectType({ description: "A demand after a mutation." })
class DemandPayload extends CampaignPayload {
  @Field(() => Demand, { nullable: true, description: "The demand as it is now; null when it has been removed since." })
  demand!: Ref;
}

const payload = (answer: DemandAnswer): DemandPayload => ({
  campaign: new Ref(campaignShape, answer.campaignId),
  demand: new Ref(demandShape, answer.demandId),
});

@Resolver(() => Campaign)
export class DemandResolver {
  @FieldResolver(() => [Demand], { description: "What is demanded, in order: at most 100." })
  demands(): never {
    return byShape();
  }

  @Mutation(() => DemandPayload, {
    description: "Adds a demand to a campaign, by its staff. Refused with CONFLICT and LIMIT_REACHED beyond 100.",
  })
  async addDemand(@Ctx() ctx: Context, @Arg("input") input: AddDemandInput): Promise<DemandPayload> {
    return payload(await addDemand(ctx, input));
  }

  @Mutation(() => DemandPayload, { description: "Changes the words of a demand, by its campaign's staff." })
  async editDemand(@Ctx() ctx: Context, @Arg("input") input: EditDemandInput): Promise<DemandPayload> {
    return payload(await editDemand(ctx, input));
  }

  @Mutation(() => DemandPayload, { description: "Puts a demand at another place, by its campaign's staff." })
  async moveDemand(@Ctx() ctx: Context, @Arg("input") input: MoveDemandInput): Promise<DemandPayload> {
    return payload(await moveDemand(ctx, input));
  }

  @Mutation(() => CampaignPayload, {
    description: "Takes a demand away, by its campaign's staff; those behind it move up.",
  })
  async removeDemand(@Ctx() ctx: Context, @Arg("input") input: DemandInput): Promise<CampaignPayload> {
    return campaignPayload(await removeDemand(ctx, input));
  }
}
