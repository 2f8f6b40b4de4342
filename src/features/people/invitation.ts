import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { InvitationKinds, InvitationStatus } from "./invitation.values.js";
import { Person } from "./person.js";

/** Person × thing × role; the thing is of a higher feature, so nothing refers to its table. */
@Entity("invitations")
@Index("invitations_open_key", ["kind", "subjectId", "personId"], { unique: true, where: "(status = 'OPEN'::text)" })
@Index(["personId", "expiresAt", "id"])
@OneOf("invitations", "status", InvitationStatus)
@ObjectType({ description: "A role that is yours if you accept it; only you and whoever invited you see it." })
export class Invitation {
  @Field(() => ID, { description: "Opaque; for `acceptInvitation`, `declineInvitation` and `withdrawInvitation`." })
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => InvitationKinds, { description: "What you are invited to." })
  @Column("text")
  kind!: string;

  @Column("uuid") subjectId!: string;

  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;

  @Field({ description: "What you would be there; `kind` says which roles there are." })
  @Column("text")
  role!: string;

  @Index()
  @ForeignKey(() => Person, { onDelete: "SET NULL" })
  @Column("uuid", { nullable: true })
  invitedBy!: string | null;

  @Field(() => DateTime, { description: "When you were invited, the latest time." })
  @Column("timestamptz")
  createdAt!: Date;

  @Field(() => DateTime, { description: "Until when you can accept: 14 days after `createdAt`." })
  @Column("timestamptz")
  expiresAt!: Date;

  @Column("text") status!: InvitationStatus;
  @Column("timestamptz", { nullable: true }) answeredAt!: Date | null;

  @Field(() => Node, {
    nullable: true,
    description: "What you are invited to; null while it is not public: you see it when you have accepted.",
  })
  subject!: Node | null;
}
