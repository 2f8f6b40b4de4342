import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, FieldResolver, Info, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { type Answer, byShape, read, Ref } from "../../platform/reading/read.js";
import { ViewerAccount } from "../people/index.js";
import { Shift } from "./shift.js";
import { shiftShape } from "./shift.shape.js";
import { ShiftSignupPayload, signupPayload } from "./signup.payload.js";
import { approveSwap, declineSwap, undoSwap, withdrawSwapRequest } from "./swap.decide.service.js";
import {
  AcceptSwapInput,
  ApproveSwapInput,
  DeclineSwapInput,
  OfferSwapInput,
  UndoSwapInput,
  WithdrawSwapInput,
  WithdrawSwapRequestInput,
} from "./swap.inputs.js";
import { ShiftSwap, ShiftSwapConnection } from "./swap.js";
import { acceptSwap, offerSwap, type SwapAnswer, withdrawSwap } from "./swap.service.js";
import { swapShape, viewerSwaps } from "./swap.shape.js";
import { SwapStatus } from "./swap.values.js";

@ObjectType({ description: "A swap after a mutation." })
class ShiftSwapPayload {
  @Field(() => Shift, { nullable: true, description: "The shift as it is now; null when you may not see its event." })
  shift!: Ref;
  @Field(() => ShiftSwap, { description: "The swap as it is now." })
  swap!: Ref;
}

const payload = ({ shiftId, swapId }: SwapAnswer): ShiftSwapPayload => ({
  shift: new Ref(shiftShape, shiftId),
  swap: new Ref(swapShape, swapId),
});

@Resolver()
export class SwapResolver {
  @Mutation(() => ShiftSignupPayload, {
    description:
      "Offers your place to whoever is eligible, until the shift begins: you keep it until somebody has it. Again is harmless.",
  })
  async offerSwap(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: OfferSwapInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await offerSwap(ctx, input));
  }

  @Mutation(() => ShiftSignupPayload, {
    description: "Keeps your place after all; whoever waits for it is told. Again is harmless.",
  })
  async withdrawSwap(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: WithdrawSwapInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await withdrawSwap(ctx, input));
  }

  @Mutation(() => ShiftSwapPayload, {
    description:
      "Takes the place that is offered longest (NO_SWAP_OFFERED where none is); refused as a claim is, but never because the shift is full. PENDING where the shift asks for approval, and for somebody whom nobody knows in the campaign: at most two at a time. Again is harmless.",
  })
  async acceptSwap(@Ctx() ctx: Context, @Arg("input") input: AcceptSwapInput): Promise<ShiftSwapPayload> {
    return payload(await acceptSwap(ctx, input));
  }

  @Mutation(() => ShiftSwapPayload, { description: "Takes back your wish to have a place. Again is harmless." })
  async withdrawSwapRequest(
    @Ctx() ctx: Context,
    @Arg("input") input: WithdrawSwapRequestInput,
  ): Promise<ShiftSwapPayload> {
    return payload(await withdrawSwapRequest(ctx, input));
  }

  @Mutation(() => ShiftSwapPayload, {
    description:
      "Lets a place go over to who wants it, if they are still eligible; their later claims in the campaign need no confirmation. Again is harmless.",
  })
  async approveSwap(@Ctx() ctx: Context, @Arg("input") input: ApproveSwapInput): Promise<ShiftSwapPayload> {
    return payload(await approveSwap(ctx, input));
  }

  @Mutation(() => ShiftSwapPayload, {
    description: "Says no to who wants a place; it is offered to others. Again is harmless.",
  })
  async declineSwap(@Ctx() ctx: Context, @Arg("input") input: DeclineSwapInput): Promise<ShiftSwapPayload> {
    return payload(await declineSwap(ctx, input));
  }

  @Mutation(() => ShiftSwapPayload, {
    description:
      "Gives a place back to who had given it, until the shift begins; refused with what stands in their way by now. Again is harmless.",
  })
  async undoSwap(@Ctx() ctx: Context, @Arg("input") input: UndoSwapInput): Promise<ShiftSwapPayload> {
    return payload(await undoSwap(ctx, input));
  }
}

@Resolver(() => Shift)
export class ShiftSwapsResolver {
  @FieldResolver(() => Int, { description: "How many of its places are offered to others, and nobody waits for." })
  swapsOffered(): never {
    return byShape();
  }

  @FieldResolver(() => ShiftSwapConnection, {
    description:
      "Its swaps, in the order that they were asked for, for those who coordinate the event; empty for others.",
  })
  swaps(
    @Args() _args: PageArgs,
    @Arg("status", () => SwapStatus, { nullable: true, description: "Only those that stand so." })
    _status?: SwapStatus,
  ): never {
    return byShape();
  }
}

@Resolver(() => ViewerAccount)
export class ViewerSwapsResolver {
  @FieldResolver(() => ShiftSwapConnection, {
    description: "Swaps in which you give a place or take one, the latest first.",
  })
  async swaps(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: PageArgs): Promise<Answer> {
    return (await read(ctx, info, viewerSwaps))!;
  }
}
