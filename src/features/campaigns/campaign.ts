import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { LocalDate } from "../../platform/graphql/scalars.js";
import { Organization } from "../organizations/index.js";
import { Person } from "../people/index.js";

@Entity("campaigns")
@Index(["startsOn", "id"])
@Check("campaigns_days_check", "ends_on >= starts_on")
@ObjectType({ description: "A day, or days, of action across cities.", implements: Node })
export class Campaign {
  @PrimaryColumn("uuid") id!: string;

  @Field({ description: "Name for URLs, unique." })
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

  @Field(() => LocalDate, { description: "The first day of action." })
  @Column("date")
  startsOn!: string;

  @Field(() => LocalDate, { description: "The last day of action." })
  @Column("date")
  endsOn!: string;

  @Column("timestamptz") createdAt!: Date;

  @Field(() => [Demand], { description: "What is demanded, in order." })
  demands!: Demand[];
}

@Entity("demands")
@Unique(["campaignId", "rank"])
@ObjectType({ description: "One demand of a campaign." })
export class Demand {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @Column("uuid")
  campaignId!: string;

  @Field(() => Int, { description: "Its place in the order, from 1." })
  @Column("int")
  rank!: number;

  @Field({ description: "Its words." })
  @Column("text")
  text!: string;
}

/** Person × campaign: who decides on its events. */
@Entity("campaign_staff")
export class CampaignStaff {
  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  campaignId!: string;

  @Index()
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;
}

/** Where the consent to an endorsement stands. */
export enum EndorsementStatus {
  INVITED = "INVITED",
  ENDORSED = "ENDORSED",
  DECLINED = "DECLINED",
  WITHDRAWN = "WITHDRAWN",
}
registerEnumType(EndorsementStatus, {
  name: "EndorsementStatus",
  description: "Where the consent to an endorsement stands.",
});

@Entity("endorsements")
@Unique(["campaignId", "organizationId"])
@OneOf("endorsements", "status", EndorsementStatus)
@ObjectType({
  description: "An organization's yes to a campaign; others than ENDORSED are not public.",
  implements: Node,
})
export class Endorsement {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @Column("uuid")
  campaignId!: string;

  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @Column("uuid")
  organizationId!: string;

  @Field(() => EndorsementStatus, { description: "Where the consent stands." })
  @Column("text")
  status!: EndorsementStatus;

  @Field(() => LocalDate, { nullable: true, description: "The day of the yes; null when it is not known." })
  @Column("date", { nullable: true })
  endorsedOn!: string | null;

  @Field(() => Organization, { description: "Who endorses." })
  organization!: Organization;
}

export const CampaignConnection = connectionOf("Campaign", () => Campaign);
export const EndorsementConnection = connectionOf("Endorsement", () => Endorsement, { counted: true });
