import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { Campaign } from "../campaigns/index.js";
import { ReportingPolicy, TurnoutPublishing } from "./policy.values.js";

/** Who may report in a campaign, and when everybody may read the numbers; without a row the first of each. */
@Entity("turnout_policies")
@OneOf("turnout_policies", "reporting", ReportingPolicy)
@OneOf("turnout_policies", "publishing", TurnoutPublishing)
@ObjectType({ description: "Who may report turnout in a campaign, and when everybody may read the numbers." })
export class TurnoutPolicy {
  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  campaignId!: string;

  @Field(() => ReportingPolicy, { description: "Who may report." })
  @Column("text", { default: ReportingPolicy.NAMED })
  reporting!: ReportingPolicy;

  @Field(() => TurnoutPublishing, { description: "When everybody may read the numbers." })
  @Column("text", { default: TurnoutPublishing.NOW })
  publishing!: TurnoutPublishing;
}
