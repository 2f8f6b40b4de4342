import { Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Organization } from "../organizations/index.js";
import { Campaign } from "./campaign.js";

/** Organization × campaign: its events need no review where the campaign's policy is TRUST_SOME. */
@Entity("campaign_trusts")
export class CampaignTrust {
  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  campaignId!: string;

  @Index()
  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  organizationId!: string;
}
