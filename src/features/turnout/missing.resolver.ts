import { Arg, Args, Ctx, Field, FieldResolver, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Campaign, campaignShape } from "../campaigns/index.js";
import { Event } from "../events/index.js";
import { NudgeHostsInput, TurnoutMissingArgs } from "./missing.inputs.js";
import { nudgeHosts } from "./missing.service.js";
import "./missing.shape.js";

@ObjectType({ description: "An event that has begun, and of which nobody has said yet how many came." })
class MissingTurnout {
  @Field(() => Event, { description: "The event." })
  event!: Event;
  @Field(() => Int, { description: "How many reports of it wait for a reviewer." })
  flagged!: number;
  @Field(() => DateTime, {
    nullable: true,
    description: "When its hosts were last asked for a count; null when they were not.",
  })
  nudgedAt!: Date | null;
}
const MissingTurnoutConnection = connectionOf("MissingTurnout", () => MissingTurnout, { counted: true });

@ObjectType({ description: "What became of asking for counts." })
class NudgeHostsPayload {
  @Field(() => Campaign, { description: "The campaign." })
  campaign!: Ref;
  @Field(() => Int, { description: "Of how many events the hosts are asked by mail." })
  nudged!: number;
}

@Resolver(() => Campaign)
export class MissingResolver {
  @FieldResolver(() => MissingTurnoutConnection, {
    description:
      "Its events that have begun, take place and have no number yet, by region and city; for its staff, empty for others.",
  })
  turnoutMissing(@Args() _args: TurnoutMissingArgs): never {
    return byShape();
  }

  @Mutation(() => NudgeHostsPayload, {
    description:
      "Asks the hosts and coordinators of events that have begun and have no number for a count, by mail; by the campaign's staff. Whoever was asked within 3 hours is left alone.",
  })
  async nudgeHosts(@Ctx() ctx: Context, @Arg("input") input: NudgeHostsInput): Promise<NudgeHostsPayload> {
    const { campaignId, nudged } = await nudgeHosts(ctx, input);
    return { campaign: new Ref(campaignShape, campaignId), nudged };
  }
}
