import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { type Answer, read } from "../../platform/reading/read.js";
import { ViewerAccount } from "../people/index.js";
import { ContactShowingConnection, PeacekeeperContact } from "./contact.js";
import { peacekeeperContact } from "./contact.service.js";
import { viewerShowings } from "./contact.shape.js";

@Resolver(() => ViewerAccount)
export class PeacekeeperContactResolver {
  @Query(() => PeacekeeperContact, {
    description:
      "How a peacekeeper is reached, for those who coordinate a shift on which they hold a confirmed place: from 24 hours before it until 4 hours after it, else FORBIDDEN, with the times. Each look is in the audit trail, and in their `contactShowings`.",
  })
  peacekeeperContact(
    @Ctx() ctx: Context,
    @Arg("signupId", () => ID, { description: "Their sign-up." }) signupId: string,
  ): Promise<PeacekeeperContact> {
    return peacekeeperContact(ctx, signupId);
  }

  @FieldResolver(() => ContactShowingConnection, {
    description: "When your name and number were shown to coordinators of your shifts, the latest first.",
  })
  async contactShowings(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Args() _args: PageArgs,
  ): Promise<Answer> {
    return (await read(ctx, info, viewerShowings))!;
  }
}
