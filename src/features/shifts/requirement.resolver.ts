import { Arg, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { byShape } from "../../platform/reading/read.js";
import { Campaign, CampaignPayload, campaignPayload } from "../campaigns/index.js";
import { RoleRequirementInput, ShiftRequirementInput } from "./requirement.inputs.js";
import { RoleRequirements } from "./requirement.js";
import {
  addRoleRequirement,
  addShiftRequirement,
  removeRoleRequirement,
  removeShiftRequirement,
} from "./requirement.service.js";
import { ShiftPayload, shiftPayload } from "./shift.payload.js";
import "./requirement.shape.js";

@Resolver(() => Campaign)
export class RequirementResolver {
  @FieldResolver(() => [RoleRequirements], {
    description:
      "What new shifts of the campaign require of peacekeepers, by role: at most 10, one for each role that needs something. What a shift requires is its own: `Shift.requires`.",
  })
  roleRequirements(): never {
    return byShape();
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Lets new shifts of the campaign in one role require a qualification, by its staff; shifts that exist stay as they are. Again is harmless.",
  })
  async addRoleRequirement(@Ctx() ctx: Context, @Arg("input") input: RoleRequirementInput): Promise<CampaignPayload> {
    return campaignPayload(await addRoleRequirement(ctx, input));
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Ends that for new shifts, by the campaign's staff; shifts that exist stay as they are. Again is harmless.",
  })
  async removeRoleRequirement(
    @Ctx() ctx: Context,
    @Arg("input") input: RoleRequirementInput,
  ): Promise<CampaignPayload> {
    return campaignPayload(await removeRoleRequirement(ctx, input));
  }

  @Mutation(() => ShiftPayload, {
    description:
      "Lets a shift require a qualification, by those who coordinate its event: from now on only those who are cleared for it until its end can claim a place or take an offer; who has a place keeps it. Again is harmless. Refused with CONFLICT and a reason: SHIFT_CANCELLED, SHIFT_ENDED.",
  })
  async addShiftRequirement(@Ctx() ctx: Context, @Arg("input") input: ShiftRequirementInput): Promise<ShiftPayload> {
    return shiftPayload(await addShiftRequirement(ctx, input));
  }

  @Mutation(() => ShiftPayload, {
    description:
      "Lets a shift require a qualification no more, by those who coordinate its event; free places are offered to those who wait. Again is harmless. Refused with CONFLICT and a reason: SHIFT_CANCELLED, SHIFT_ENDED.",
  })
  async removeShiftRequirement(@Ctx() ctx: Context, @Arg("input") input: ShiftRequirementInput): Promise<ShiftPayload> {
    return shiftPayload(await removeShiftRequirement(ctx, input));
  }
}
