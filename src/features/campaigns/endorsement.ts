import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime, LocalDate } from "../../platform/graphql/scalars.js";
import { Organization } from "../organizations/index.js";
import { Campaign } from "./campaign.js";
import { EndorsementParty, EndorsementStatus } from "./endorsement.values.js";

/** A step is never changed or deleted: together they are the history. */
@Entity("endorsement_steps")
@OneOf("endorsement_steps", "status", EndorsementStatus)
@OneOf("endorsement_steps", "party", EndorsementParty)
@ObjectType({ description: "A step in the history of an endorsement." })
export class EndorsementStep {
  @ForeignKey(() => Endorsement, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  endorsementId!: string;

  /** Its place in the history, from 1. */
  @PrimaryColumn("int") number!: number;

  @Field(() => EndorsementStatus, { description: "Where the consent stood from then on." })
  @Column("text")
  status!: EndorsementStatus;

  @Field(() => EndorsementParty, {
    description: "Who took it: the campaign's staff, or the organization; the staff may also withdraw an endorsement.",
  })
  @Column("text")
  party!: EndorsementParty;

  @Field(() => DateTime, { nullable: true, description: "When; null when it was taken over from elsewhere." })
  @Column("timestamptz", { nullable: true })
  at!: Date | null;
}

@Entity("endorsements")
@Unique(["campaignId", "organizationId"])
@OneOf("endorsements", "status", EndorsementStatus)
@ObjectType({
  description:
    "An organization's yes to a campaign. It is public once there was a yes; an invitation, or a no, is known to the campaign's staff and the organization's admins only.",
  implements: Node,
})
export class Endorsement {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @Column("uuid")
  campaignId!: string;

  @Index()
  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @Column("uuid")
  organizationId!: string;

  @Field(() => EndorsementStatus, {
    description:
      "Where the consent stands. Staff of the campaign and admins of the organization see each status; others see ENDORSED, or WITHDRAWN when there was a yes that holds no longer.",
  })
  @Column("text")
  status!: EndorsementStatus;

  @Field(() => LocalDate, {
    nullable: true,
    description: "The day (UTC) of the latest yes; null when it is not known, or there was none.",
  })
  @Column("date", { nullable: true })
  endorsedOn!: string | null;

  @Field(() => Organization, { description: "Who endorses." })
  organization!: Organization;

  @Field(() => Campaign, { description: "What is endorsed." })
  campaign!: Campaign;

  @Field(() => [EndorsementStep], {
    description:
      "How the consent came to stand there, oldest first, 100 steps at most. Staff of the campaign and admins of the organization see each step; others see ENDORSED and WITHDRAWN.",
  })
  history!: EndorsementStep[];
}

export const EndorsementConnection = connectionOf("Endorsement", () => Endorsement, { counted: true });
