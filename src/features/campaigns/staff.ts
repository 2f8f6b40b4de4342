import { Field, ID, ObjectType } from "type-graphql";
import { Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Person } from "../people/index.js";
import { Campaign } from "./campaign.js";

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

@ObjectType({ description: "A person on the staff of a campaign, as the others of its staff see it." })
export class CampaignStaffMember {
  @Field(() => ID, { description: "The person's id, for removeCampaignStaff." })
  personId!: string;

  @Field({ description: "The address that the person signs in with." })
  email!: string;
}
