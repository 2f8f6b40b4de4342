import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Campaign, campaignShape } from "../campaigns/index.js";
import { LiftQuarantinesInput, QuarantineReportersInput, TurnoutReportersArgs } from "./quarantine.inputs.js";
import { liftQuarantines, quarantineReporters, type ReportersAnswer } from "./quarantine.service.js";
import { TurnoutReporter } from "./reporter.js";
import "./quarantine.shape.js";
import { reporterShape } from "./turnout.shape.js";

const TurnoutReporterConnection = connectionOf("TurnoutReporter", () => TurnoutReporter);

@ObjectType({ description: "Reporters after a mutation, and their campaign." })
class TurnoutReportersPayload {
  @Field(() => Campaign, { description: "The campaign, with its turnout as it is now." })
  campaign!: Ref;
  @Field(() => [TurnoutReporter], { description: "The reporters as they are now, each once." })
  reporters!: Ref[];
}

const payload = ({ campaignId, reporterIds }: ReportersAnswer): TurnoutReportersPayload => ({
  campaign: new Ref(campaignShape, campaignId),
  reporters: reporterIds.map((id) => new Ref(reporterShape, id)),
});

@Resolver()
export class QuarantineResolver {
  @Mutation(() => TurnoutReportersPayload, {
    description:
      "Takes all that these reporters have sent, and will send, out of all totals at once, to the digit as if they had never reported; by the campaign's staff. They are not told: their reports are taken as always. What was shown at a past moment (`asOf`) stays. Again is harmless. An id that is no reporter of the campaign is refused with BAD_USER_INPUT and its place in the list.",
  })
  async quarantineReporters(
    @Ctx() ctx: Context,
    @Arg("input") input: QuarantineReportersInput,
  ): Promise<TurnoutReportersPayload> {
    return payload(await quarantineReporters(ctx, input));
  }

  @Mutation(() => TurnoutReportersPayload, {
    description:
      "Lets what these reporters have sent, also meanwhile, count again; by the campaign's staff. Again is harmless.",
  })
  async liftQuarantines(
    @Ctx() ctx: Context,
    @Arg("input") input: LiftQuarantinesInput,
  ): Promise<TurnoutReportersPayload> {
    return payload(await liftQuarantines(ctx, input));
  }
}

@Resolver(() => Campaign)
export class CampaignReportersResolver {
  @FieldResolver(() => TurnoutReporterConnection, {
    description:
      "Whoever has reported turnout, without names, those with the most flagged reports first; for the campaign's staff, empty for everybody else.",
  })
  turnoutReporters(@Args() _args: TurnoutReportersArgs): never {
    return byShape();
  }
}
