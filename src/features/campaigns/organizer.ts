import { Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Organization } from "../organizations/index.js";
import { Campaign } from "./campaign.js";

/** Organization × campaign: who calls it. */
@Entity("campaign_organizers")
export class CampaignOrganizer {
  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  campaignId!: string;

  @Index()
  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  organizationId!: string;
}
