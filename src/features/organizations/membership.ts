import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Person } from "../people/index.js";
import { Organization } from "./organization.js";
import { MembershipRole } from "./organization.values.js";

/** Person × organization. No list of members is public. */
@Entity("memberships")
@Index(["organizationId", "since", "personId"])
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
  @Column("timestamptz") since!: Date;
}

/** A member as the organization's admins see one. */
@ObjectType({ description: "A member of an organization, as its admins see one." })
export class OrganizationMember {
  @Field(() => ID, { description: "The person, for `changeMemberRole` and `removeMember`; leads to nothing else." })
  personId!: string;

  @Field({ description: "The address that the person signs in with; each showing is kept in the audit trail." })
  email!: string;

  @Field(() => MembershipRole, { description: "What the person may do for the organization." })
  role!: MembershipRole;

  @Field(() => DateTime, { description: "When the person became a member." })
  since!: Date;
}

export const OrganizationMemberConnection = connectionOf("OrganizationMember", () => OrganizationMember);
