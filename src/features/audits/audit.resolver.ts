import type { GraphQLResolveInfo } from "graphql";
import { Args, ArgsType, Ctx, Field, ID, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { type Answer, read } from "../../platform/reading/read.js";
import { AuditEntryConnection } from "./audit.js";
import { refuseReader } from "./audit.policy.js";
import { auditTrail } from "./audit.shape.js";

@ArgsType()
class TrailArgs extends PageArgs {
  @Field(() => ID, { description: "The id of an event, an organization or a campaign." })
  of!: string;
}

@Resolver()
export class AuditResolver {
  @Query(() => AuditEntryConnection, {
    description:
      "What was done within an event (for those who manage it; once it is deleted or merged, for the campaign's staff), an organization (for its admins) or a campaign (for its staff), the latest first. NOT_FOUND for everybody else.",
  })
  async auditTrail(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() { of }: TrailArgs): Promise<Answer> {
    await refuseReader(ctx, of);
    return (await read(ctx, info, auditTrail))!;
  }
}
