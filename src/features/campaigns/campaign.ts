import { Field, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { LocalDate } from "../../platform/graphql/scalars.js";
import { CampaignStatus, ReviewPolicy } from "./campaign.values.js";

@Entity("campaigns")
@Index(["startsOn", "id"])
@Check("campaigns_days_check", "ends_on >= starts_on AND ends_on - starts_on <= 400")
@OneOf("campaigns", "status", CampaignStatus)
@OneOf("campaigns", "review_policy", ReviewPolicy)
@ObjectType({ description: "A day, or days, of action across cities.", implements: Node })
export class Campaign {
  @PrimaryColumn("uuid") id!: string;

  @Field({ description: "Name for URLs, unique; it never changes." })
  @Column("text", { unique: true })
  slug!: string;

  @Field({ description: "What it is called." })
  @Column("text")
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: "What people are called to do, such as “no work, no school, no shopping”.",
  })
  @Column("text", { nullable: true })
  callToAction!: string | null;

  @Field(() => String, { nullable: true, description: "What it is about; plain text." })
  @Column("text", { nullable: true })
  description!: string | null;

  @Field(() => LocalDate, { description: "The first day of action." })
  @Column("date")
  startsOn!: string;

  @Field(() => LocalDate, { description: "The last day of action." })
  @Column("date")
  endsOn!: string;

  @Field(() => CampaignStatus, { description: "Where it stands." })
  @Column("text")
  status!: CampaignStatus;

  @Field(() => ReviewPolicy, { description: "Which of its events its staff look at before they are published." })
  @Column("text", { default: ReviewPolicy.REVIEW_ALL })
  reviewPolicy!: ReviewPolicy;

  @Field(() => Int, {
    description: "From 1, one more with each editCampaign that changed something; send it with your edit.",
  })
  @Column("int", { default: 1 })
  version!: number;

  @Column("timestamptz") createdAt!: Date;
}

/** Which fields an edit changed: tells a later editor, whose version is stale, what is different now. */
@Entity("campaign_edits")
export class CampaignEdit {
  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  campaignId!: string;

  /** The version that the edit made. */
  @PrimaryColumn("int") version!: number;

  @Column("text", { array: true }) fields!: string[];
}

export const CampaignConnection = connectionOf("Campaign", () => Campaign);
