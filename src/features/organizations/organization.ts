import { Field, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { Person } from "../people/index.js";
import { MembershipRole, OrganizationKind, OrganizationStatus, ParentStatus } from "./organization.values.js";

@Entity("organizations")
@Index(["name", "id"])
@Index(["nameKeys"], { type: "gin" })
@Index(["parentId", "name", "id"])
@Index(["createdBy", "createdAt"])
@Index("organizations_in_review_idx", ["createdAt", "id"], { where: "(status = 'IN_REVIEW'::text)" })
@OneOf("organizations", "kind", OrganizationKind)
@OneOf("organizations", "status", OrganizationStatus)
@OneOf("organizations", "parent_status", ParentStatus)
@Check("organizations_parent_check", "(parent_id IS NULL) = (parent_status IS NULL) AND parent_id <> id")
@ObjectType({
  description: "A union, federation, congregation, community group … that calls, hosts or endorses.",
  implements: Node,
})
export class Organization {
  @PrimaryColumn("uuid") id!: string;

  @Field({ description: "Name for URLs, unique; stays when the name changes." })
  @Column("text", { unique: true })
  slug!: string;

  @Field({ description: "Its name as it writes it." })
  @Column("text")
  name!: string;

  /** What the name looks like: names that share a key are taken for each other. */
  @Column("text", { array: true }) nameKeys!: string[];

  @Field(() => OrganizationKind, { description: "What sort of organization it is." })
  @Column("text")
  kind!: OrganizationKind;

  @Field(() => String, { nullable: true, description: "Its website, an https address." })
  @Column("text", { nullable: true })
  website!: string | null;

  @Field(() => String, { nullable: true, description: "What it is and does; plain text." })
  @Column("text", { nullable: true })
  description!: string | null;

  @Field({ description: "Whether the site's staff have checked that it is who it says." })
  @Column("boolean", { default: false })
  verified!: boolean;

  @Field(() => OrganizationStatus, { description: "Who sees it." })
  @Column("text", { default: OrganizationStatus.LISTED })
  status!: OrganizationStatus;

  @Field(() => String, { nullable: true, description: "Why staff rejected it; null unless it is REJECTED." })
  @Column("text", { nullable: true })
  reviewReason!: string | null;

  @Field(() => Int, { description: "Rises with each edit; `editOrganization` takes the one that you have seen." })
  @Column("int", { default: 1 })
  version!: number;

  @ForeignKey(() => Organization, { onDelete: "RESTRICT" })
  @Column("uuid", { nullable: true })
  parentId!: string | null;

  @Column("text", { nullable: true }) parentStatus!: ParentStatus | null;

  @ForeignKey(() => Person, { onDelete: "SET NULL" })
  @Column("uuid", { nullable: true })
  createdBy!: string | null;

  @Column("timestamptz") createdAt!: Date;

  @Field(() => Organization, {
    nullable: true,
    description: "What it is a local of, such as a federation, by consent.",
  })
  parent!: Organization | null;

  @Field(() => Organization, {
    nullable: true,
    description: "What it asks to be a local of; only admins of either see it.",
  })
  pendingParent!: Organization | null;

  @Field(() => MembershipRole, { nullable: true, description: "Your own role in it; null when you have none." })
  viewerRole!: MembershipRole | null;
}

export const OrganizationConnection = connectionOf("Organization", () => Organization);
