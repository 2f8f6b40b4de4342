import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { type CampaignAnswer, campaignChanged, lockAsStaff } from "../campaigns/index.js";
import type { QualificationKind } from "../qualifications/index.js";
import { refusePast } from "./edit.service.js";
import type { RoleRequirementInput, ShiftRequirementInput } from "./requirement.inputs.js";
import { RoleRequirement } from "./requirement.js";
import { type ShiftAnswer, withShift } from "./shift.lock.js";
import { writeShift } from "./shift.write.js";
import { settle } from "./signup.places.js";

/** New shifts of the campaign in that role require it; again is harmless. */
export const addRoleRequirement = (ctx: Context, input: RoleRequirementInput): Promise<CampaignAnswer> =>
  ofCampaign(ctx, "addRoleRequirement", input, async (tx, requirement) => {
    if (await tx.db.existsBy(RoleRequirement, requirement)) return false;
    await tx.db.insert(RoleRequirement, requirement);
    return true;
  });

/** New shifts no longer do; those that are there stay as they are. Again is harmless. */
export const removeRoleRequirement = (ctx: Context, input: RoleRequirementInput): Promise<CampaignAnswer> =>
  ofCampaign(ctx, "removeRoleRequirement", input, async (tx, requirement) =>
    Boolean((await tx.db.delete(RoleRequirement, requirement)).affected),
  );

function ofCampaign(
  ctx: Context,
  operation: string,
  input: RoleRequirementInput,
  make: (tx: Transaction, requirement: RoleRequirement) => Promise<boolean>,
): Promise<CampaignAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const { id } = await lockAsStaff(tx, input);
    if (await make(tx, { campaignId: id, role: input.role, kind: input.kind })) {
      await audit(tx, { type: "Campaign", id, scopes: [id], fields: ["roleRequirements"] });
      campaignChanged(tx, id);
    }
    return { campaignId: id };
  });
}

type Kinds = QualificationKind[];

/** From now on it takes those alone who are cleared for it too; who has a place keeps it. Again is harmless. */
export const addShiftRequirement = (ctx: Context, input: ShiftRequirementInput): Promise<ShiftAnswer> =>
  ofShift(ctx, "addShiftRequirement", input, (kinds) => [...new Set([...kinds, input.kind])].toSorted());

/** It takes others too, those who wait first. Again is harmless. */
export const removeShiftRequirement = (ctx: Context, input: ShiftRequirementInput): Promise<ShiftAnswer> =>
  ofShift(ctx, "removeShiftRequirement", input, (kinds) => kinds.filter((kind) => kind !== input.kind));

const ofShift = (
  ctx: Context,
  operation: string,
  input: ShiftRequirementInput,
  next: (kinds: Kinds) => Kinds,
): Promise<ShiftAnswer> =>
  withShift(ctx, operation, input, "say what this shift requires", async (tx, at) => {
    refusePast(tx, at.shift);
    await writeShift(tx, at, { requires: next(at.shift.requires) });
    await settle(tx, at);
  });
