import { Field, Int, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from "typeorm";
import { Node } from "../../platform/graphql/node.js";
import { Campaign } from "./campaign.js";

@Entity("demands")
// Judged at the end of a statement: one that moves several demands up or down has none twice in the end.
@Unique(["campaignId", "rank"], { deferrable: "INITIALLY IMMEDIATE" })
@ObjectType({ description: "One demand of a campaign.", implements: Node })
export class Demand {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @Column("uuid")
  campaignId!: string;

  @Field(() => Int, { description: "Its place in the order, from 1 without gaps." })
  @Column("int")
  rank!: number;

  @Field({ description: "Its words." })
  @Column("text")
  text!: string;
}
