import { Field, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { Person } from "../people/index.js";

/** What sort of organization it is. */
export enum OrganizationKind {
  UNION = "UNION",
  FEDERATION = "FEDERATION",
  CONGREGATION = "CONGREGATION",
  COMMUNITY_GROUP = "COMMUNITY_GROUP",
  STUDENT_GROUP = "STUDENT_GROUP",
  WORKER_CENTER = "WORKER_CENTER",
  BUSINESS = "BUSINESS",
  COALITION = "COALITION",
  POLITICAL_GROUP = "POLITICAL_GROUP",
  OTHER = "OTHER",
}
registerEnumType(OrganizationKind, { name: "OrganizationKind", description: "What sort of organization it is." });

/** What a person may do for an organization: an owner says who belongs to it, an admin acts in its name. */
export enum MembershipRole {
  OWNER = "OWNER",
  ADMIN = "ADMIN",
  MEMBER = "MEMBER",
}

@Entity("organizations")
@Index(["name", "id"])
@OneOf("organizations", "kind", OrganizationKind)
@ObjectType({
  description: "A union, federation, congregation, community group … that calls, hosts or endorses.",
  implements: Node,
})
export class Organization {
  @PrimaryColumn("uuid") id!: string;

  @Field({ description: "Name for URLs, unique." })
  @Column("text", { unique: true })
  slug!: string;

  @Field({ description: "Its name as it writes it." })
  @Column("text")
  name!: string;

  @Field(() => OrganizationKind, { description: "What sort of organization it is." })
  @Column("text")
  kind!: OrganizationKind;

  @Field({ description: "Whether staff have checked that it is who it says." })
  @Column("boolean", { default: false })
  verified!: boolean;

  @Column("timestamptz") createdAt!: Date;
}

/** Person × organization. No list of members is public. */
@Entity("memberships")
@OneOf("memberships", "role", MembershipRole)
export class Membership {
  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  organizationId!: string;

  @Index()
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;

  @Column("text") role!: MembershipRole;
}

export const OrganizationConnection = connectionOf("Organization", () => Organization);
