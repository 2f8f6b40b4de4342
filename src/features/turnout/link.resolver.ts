import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { connectionOf, PageArgs } from "../../platform/graphql/connection.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Event } from "../events/index.js";
import { CreateTurnoutLinkInput, ReportTurnoutByLinkInput, RevokeTurnoutLinkInput } from "./link.inputs.js";
import { TurnoutLink } from "./link.js";
import { reportByLink } from "./link.report.js";
import { createTurnoutLink, type LinkAnswer, revokeTurnoutLink } from "./link.service.js";
import { linkShape } from "./link.shape.js";
import { TurnoutFlag, TurnoutReportStatus } from "./turnout.values.js";

@ObjectType({ description: "A link after a mutation." })
class TurnoutLinkPayload {
  @Field(() => TurnoutLink, { description: "The link as it is now." })
  link!: Ref;
  @Field(() => String, {
    nullable: true,
    description:
      "The address to hand out, told once: when it is made, and not when the call is repeated. Whoever has it can report.",
  })
  url!: string | null;
}

const payload = ({ linkId, url }: LinkAnswer): TurnoutLinkPayload => ({ link: new Ref(linkShape, linkId), url });

@ObjectType({ description: "What became of a report by link: nothing else of the event is told." })
class ReportByLinkPayload {
  @Field(() => TurnoutReportStatus, { description: "Whether it counts." })
  status!: TurnoutReportStatus;
  @Field(() => [TurnoutFlag], { description: "Why it waits for a reviewer, if it does." })
  flags!: TurnoutFlag[];
}

const TurnoutLinkConnection = connectionOf("TurnoutLink", () => TurnoutLink);

@Resolver(() => Event)
export class LinkResolver {
  @FieldResolver(() => TurnoutLinkConnection, {
    description: "The links that take reports of it, the newest first, for those who coordinate it; empty for others.",
  })
  turnoutLinks(@Args() _args: PageArgs): never {
    return byShape();
  }

  @Mutation(() => TurnoutLinkPayload, {
    description:
      "Makes a secret address by which people without an account report turnout of the event, from 2 hours before it to 12 hours after. At most 50 an event: refused with CONFLICT and the reason LIMIT_REACHED.",
  })
  async createTurnoutLink(
    @Ctx() ctx: Context,
    @Arg("input") input: CreateTurnoutLinkInput,
  ): Promise<TurnoutLinkPayload> {
    return payload(await createTurnoutLink(ctx, input));
  }

  @Mutation(() => TurnoutLinkPayload, {
    description: "Makes a link worthless at once; its reports stay. Again is harmless.",
  })
  async revokeTurnoutLink(
    @Ctx() ctx: Context,
    @Arg("input") input: RevokeTurnoutLinkInput,
  ): Promise<TurnoutLinkPayload> {
    return payload(await revokeTurnoutLink(ctx, input));
  }

  @Mutation(() => ReportByLinkPayload, {
    description:
      "Adds a count of the people at an event for whoever holds a link of it, without an account. All who hold one link are one voice. Refused with NOT_FOUND when the link leads nowhere, and with CONFLICT and a reason: LINK_NOT_YET_VALID, LINK_EXPIRED, and as `reportTurnout` is.",
  })
  reportTurnoutByLink(
    @Ctx() ctx: Context,
    @Arg("input") input: ReportTurnoutByLinkInput,
  ): Promise<ReportByLinkPayload> {
    return reportByLink(ctx, input);
  }
}
