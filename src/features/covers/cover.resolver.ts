import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, FieldResolver, Info, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { type Answer, byShape, read, Ref } from "../../platform/reading/read.js";
import { ViewerAccount } from "../people/index.js";
import { Shift, shiftShape } from "../shifts/index.js";
import { CallOut, CallOutConnection } from "./call.js";
import { type CallAnswer, callOut, closeCallOut } from "./call.service.js";
import { AcceptCoverInput, CallOutInput, CloseCallOutInput, DeclineCoverInput } from "./cover.inputs.js";
import { CoverRequest, CoverRequestConnection } from "./cover.js";
import { acceptCover, type CoverAnswer, declineCover } from "./cover.service.js";
import { callShape, coverShape, viewerCovers } from "./cover.shape.js";

@ObjectType({ description: "A call-out after a mutation." })
class CallOutPayload {
  @Field(() => Shift, { description: "The shift as it is now." })
  shift!: Ref;
  @Field(() => CallOut, { description: "The call-out as it is now." })
  callOut!: Ref;
}

@ObjectType({ description: "What you are asked, after a mutation." })
class CoverRequestPayload {
  @Field(() => Shift, { nullable: true, description: "The shift as it is now; null when you may not see its event." })
  shift!: Ref;
  @Field(() => CoverRequest, { description: "What has become of it." })
  request!: Ref;
}

const called = ({ shiftId, callOutId }: CallAnswer): CallOutPayload => ({
  shift: new Ref(shiftShape, shiftId),
  callOut: new Ref(callShape, callOutId),
});

const answered = ({ shiftId, coverId }: CoverAnswer): CoverRequestPayload => ({
  shift: new Ref(shiftShape, shiftId),
  request: new Ref(coverShape, coverId),
});

@Resolver()
export class CoverResolver {
  @Mutation(() => CallOutPayload, {
    description:
      "Asks people on call to help out on a shift that has room, five for each place that is missing: those whom coordinators know, cleared and free, the nearest first, then those who were asked least recently; when they do not answer, the next. Nobody is asked twice for one call-out, nor more than three times a day. Again sets `count` and `withinKm`.",
  })
  async callOut(@Ctx() ctx: Context, @Arg("input") input: CallOutInput): Promise<CallOutPayload> {
    return called(await callOut(ctx, input));
  }

  @Mutation(() => CallOutPayload, { description: "Ends a call-out: nobody can accept any more. Again is harmless." })
  async closeCallOut(@Ctx() ctx: Context, @Arg("input") input: CloseCallOutInput): Promise<CallOutPayload> {
    return called(await closeCallOut(ctx, input));
  }

  @Mutation(() => CoverRequestPayload, {
    description:
      "Gives you the place that you are asked to take, at once; COVER_CLOSED where somebody was faster or nobody is needed any more, or refused as a claim is. Again is harmless.",
  })
  async acceptCover(@Ctx() ctx: Context, @Arg("input") input: AcceptCoverInput): Promise<CoverRequestPayload> {
    return answered(await acceptCover(ctx, input));
  }

  @Mutation(() => CoverRequestPayload, {
    description:
      "Says that you cannot help out: somebody else is asked, and you not again for this shift. Again is harmless.",
  })
  async declineCover(@Ctx() ctx: Context, @Arg("input") input: DeclineCoverInput): Promise<CoverRequestPayload> {
    return answered(await declineCover(ctx, input));
  }
}

@Resolver(() => Shift)
export class ShiftCallOutsResolver {
  @FieldResolver(() => CallOutConnection, {
    description: "Its call-outs, the latest first, for those who coordinate the event; empty for others.",
  })
  callOuts(@Args() _args: PageArgs): never {
    return byShape();
  }
}

@Resolver(() => ViewerAccount)
export class ViewerCoversResolver {
  @FieldResolver(() => CoverRequestConnection, { description: "Where you are asked to help out, the latest first." })
  async coverRequests(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: PageArgs): Promise<Answer> {
    return (await read(ctx, info, viewerCovers))!;
  }
}
