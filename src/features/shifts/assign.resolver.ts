import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Mutation, Resolver, Info } from "type-graphql";
import type { Context } from "../../platform/context.js";
import type { Answer } from "../../platform/reading/read.js";
import { AssignShiftInput } from "./assign.inputs.js";
import { assignShift } from "./assign.service.js";
import { signupPayload, ShiftSignupPayload } from "./signup.payload.js";

@Resolver()
export class AssignResolver {
  @Mutation(() => ShiftSignupPayload, {
    description:
      "Puts a person on a shift: whoever waits in line or has asked has the place at once, whoever has not is OFFERED it and has to claim it; again is harmless. Refused with CONFLICT and, as `reason`, the first of what stands in their way and is not in `overrides`; of what they do elsewhere nothing else is told. They need no confirmation in the campaign any more.",
  })
  async assignShift(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("input") input: AssignShiftInput,
  ): Promise<Answer> {
    return signupPayload(ctx, info, await assignShift(ctx, input));
  }
}
