import { Field, ObjectType } from "type-graphql";
import { Entity, ForeignKey, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { Campaign } from "../campaigns/index.js";
import { QualificationKind } from "../qualifications/index.js";
import { PeacekeeperRole } from "./shift.values.js";

/** Campaign × role × what peacekeepers in that role have to be cleared for. */
@Entity("role_requirements")
@OneOf("role_requirements", "role", PeacekeeperRole)
@OneOf("role_requirements", "kind", QualificationKind)
export class RoleRequirement {
  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  campaignId!: string;

  @PrimaryColumn("text") role!: PeacekeeperRole;
  @PrimaryColumn("text") kind!: QualificationKind;
}

@ObjectType({ description: "What the new shifts of a campaign require of peacekeepers in one role." })
export class RoleRequirements {
  @Field(() => PeacekeeperRole, { description: "What they do." })
  role!: PeacekeeperRole;

  @Field(() => [QualificationKind], { description: "What they have to be cleared for, each once; at least one." })
  kinds!: QualificationKind[];
}
