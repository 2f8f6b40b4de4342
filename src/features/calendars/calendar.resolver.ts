import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { ViewerAccount } from "../people/index.js";
import { MakeCalendarLinkInput, RemoveCalendarLinkInput } from "./calendar.inputs.js";
import { CalendarLink } from "./calendar.link.js";
import { calendarLink, makeCalendarLink, removeCalendarLink } from "./calendar.service.js";

@ObjectType()
class MakeCalendarLinkPayload {
  @Field({
    description:
      "The address, for calendar programs to subscribe to; it is told this once. Whoever has it reads your shifts: keep it secret.",
  })
  url!: string;
}

@ObjectType()
class RemoveCalendarLinkPayload {
  @Field({ description: "True: no address leads to your calendar." })
  removed!: boolean;
}

@Resolver(() => ViewerAccount)
export class CalendarResolver {
  @Mutation(() => MakeCalendarLinkPayload, {
    description:
      "Makes a secret address at which your shifts are, as iCalendar. Replaces the one before, which leads nowhere from then on.",
  })
  makeCalendarLink(@Ctx() ctx: Context, @Arg("input") input: MakeCalendarLinkInput): Promise<MakeCalendarLinkPayload> {
    return makeCalendarLink(ctx, input);
  }

  @Mutation(() => RemoveCalendarLinkPayload, {
    description: "Has the secret address of your calendar lead nowhere, at once; again is harmless.",
  })
  async removeCalendarLink(
    @Ctx() ctx: Context,
    @Arg("input") input: RemoveCalendarLinkInput,
  ): Promise<RemoveCalendarLinkPayload> {
    await removeCalendarLink(ctx, input);
    return { removed: true };
  }

  @FieldResolver(() => CalendarLink, {
    nullable: true,
    description: "The secret address of your calendar, without the address itself; null when there is none.",
  })
  calendarLink(@Ctx() ctx: Context): Promise<CalendarLink | null> {
    return calendarLink(ctx);
  }
}
