import { Field, InputType } from "type-graphql";
import { CampaignInput } from "../campaigns/index.js";
import { QualificationKind } from "../qualifications/index.js";
import { OfShiftInput } from "./plan.inputs.js";
import { PeacekeeperRole } from "./shift.values.js";

@InputType()
export class RoleRequirementInput extends CampaignInput {
  @Field(() => PeacekeeperRole, { description: "The role." })
  role!: PeacekeeperRole;

  @Field(() => QualificationKind, { description: "What those in that role have to be cleared for." })
  kind!: QualificationKind;
}

@InputType()
export class ShiftRequirementInput extends OfShiftInput {
  @Field(() => QualificationKind, { description: "What those on the shift have to be cleared for." })
  kind!: QualificationKind;
}
