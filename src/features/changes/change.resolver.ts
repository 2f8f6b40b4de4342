import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { ReadThrough } from "../../platform/graphql/node.js";
import { Changes } from "./change.js";
import { changesSince } from "./change.service.js";

@Resolver()
export class ChangeResolver {
  @ReadThrough()
  @Query(() => String, {
    description:
      "Where the change log stands: everything in the same answer is at least as new. Subscribe with it as `after` and nothing is missed.",
  })
  position(@Ctx() ctx: Context): string {
    return ctx.position;
  }

  @Query(() => Changes, {
    description:
      "What has changed since a position, of the things that you find in lists: campaigns, events, their announcements, shifts and turnout.",
  })
  changes(
    @Ctx() ctx: Context,
    @Arg("since", { description: "A position that this API gave you." }) since: string,
    @Arg("first", () => Int, { nullable: true, description: "At most so many: 1 to 100, 20 unless told." })
    first?: number,
  ): Promise<Changes> {
    return changesSince(ctx, since, first);
  }
}
